import { Resvg } from '@resvg/resvg-js';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { fontOptions } from './page/fonts';
import { plotlyPage, resetRandom } from './page/window';

/** A figure as a vector and as a pixel image. */
export interface Rendered {
  svg: string;
  png: Buffer;
  /** Size in CSS pixels; the PNG has `scale` times as many. */
  width: number;
  height: number;
}

let queue: Promise<unknown> = Promise.resolve();

/**
 * Draws a figure without a browser. The same figure always gives the same bytes.
 * @param options.scale pixels of the PNG per pixel of the layout.
 * @throws UsageError if the layout has no size.
 */
export async function renderFigure(figure: Figure, options: { scale?: number } = {}): Promise<Rendered> {
  const { width = 0, height = 0 } = figure.layout;
  check(width > 0 && height > 0, 'renderFigure: the layout needs a width and a height');
  const rendered = queue.then(async () => {
    const svg = finish(await drawSvg(figure, width, height), figure.alt);
    return { svg, png: rasterise(svg, options.scale ?? 2), width, height };
  });
  queue = rendered.catch(() => undefined); // one at a time: they share the page's random numbers
  return rendered;
}

async function drawSvg(figure: Figure, width: number, height: number): Promise<string> {
  const page = plotlyPage();
  resetRandom(page);
  // A copy made inside the page: plotly tells arrays and objects by their constructors, and writes into them.
  const copy = page.JSON.parse(JSON.stringify({ data: figure.data, layout: figure.layout }, plainArrays));
  const options = { format: 'svg' as const, imageDataOnly: true, width, height };
  return page.Plotly.toImage(copy, options);
}

function plainArrays(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
}

/** Rounds coordinates to a hundredth of a pixel and adds the description. */
function finish(svg: string, alt: string): string {
  const label = alt.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return svg
    .replace(/ (?:d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform)="[^"]*"/g, rounded)
    .replace(/^<svg /, `<svg role="img" aria-label="${label}" `)
    .concat('\n');
}

function rounded(attribute: string): string {
  return attribute.replace(/-?\d+\.\d{3,}(?!\d*e)/g, (number) => String(Number(Number(number).toFixed(2))));
}

function rasterise(svg: string, scale: number): Buffer {
  // resvg knows "optimizeSpeed" for sharp cells, not the "pixelated" that browsers want.
  const sharp = svg.replaceAll('image-rendering: pixelated', 'image-rendering: optimizeSpeed');
  return new Resvg(sharp, { font: fontOptions, fitTo: { mode: 'zoom', value: scale }, background: 'white' })
    .render()
    .asPng();
}
