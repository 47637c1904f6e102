import type { Figure } from '../../figures/parts/figure';
import { renderFigure } from '../../figures/render/render';
import { shortNumbers } from '../../figures/render/short_numbers';
import { publisher } from './publisher';

export interface ShowOptions {
  /** Whether to add the interactive figure to the picture (yes, while it takes less than 200 kB). */
  interactive?: boolean;
  /** Pixels of the picture per pixel of the layout (2). */
  scale?: number;
}

const LARGEST_INTERACTIVE = 200_000; // characters

/**
 * Shows a figure below the running cell: interactive where the viewer draws plotly figures (Jupyter started by
 * `npm run lab`, VS Code), else as a picture, else its description. Does nothing outside a notebook.
 */
export async function show(figure: Figure, options: ShowOptions = {}): Promise<void> {
  const publish = publisher();
  if (!publish) return;
  const { png, width, height } = await renderFigure(figure, { scale: options.scale });
  const plotly = JSON.stringify({ data: figure.data, layout: figure.layout }, shortNumbers);
  const interactive = options.interactive ?? plotly.length <= LARGEST_INTERACTIVE;
  publish('display_data', {
    data: {
      'image/png': png.toString('base64'),
      'text/plain': figure.alt,
      ...(interactive ? { 'application/vnd.plotly.v1+json': JSON.parse(plotly) } : {}),
    },
    metadata: { 'image/png': { width, height } },
    transient: {},
  });
}
