import { Resvg } from '@resvg/resvg-js';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { fontOptions } from './page/fonts';
import { canDraw, missingLetters, withSystemFonts } from './page/missing_letters';
import { encodePng } from './page/png';
import { plotlyPage, resetRandom } from './page/window';

/** A figure as a vector and as a pixel image. */
export interface Rendered {
  svg: string;
  png: Buffer;
  /** Size in CSS pixels; the PNG has `scale` times as many. */
  width: number;
  height: number;
}

/** Kinds of traces that plotly draws with WebGL; without it, it waits for ever. */
const webgl: readonly string[] = [
  ...['cone', 'isosurface', 'mesh3d', 'scatter3d', 'streamtube', 'surface', 'volume'],
  ...['parcoords', 'scattergl', 'scatterpolargl', 'splom', 'choroplethmap', 'densitymap', 'scattermap'],
];

let queue: Promise<unknown> = Promise.resolve();

export interface RenderOptions {
  /** Pixels of the PNG per pixel of the layout; default 2. */
  scale?: number;
  /** Takes a line about letters that the bundled font lacks. */
  log?: (line: string) => void;
}

/**
 * Draws a figure without a browser. The same figure always gives the same bytes, unless the bundled font lacks letters:
 * they are taken from the machine's fonts.
 * @throws UsageError if the layout has no size, or a trace needs WebGL.
 */
export async function renderFigure(figure: Figure, options: RenderOptions = {}): Promise<Rendered> {
  const { scale = 2, log = console.warn } = options;
  const { width = 0, height = 0 } = figure.layout;
  check(width > 0 && height > 0, 'renderFigure: the layout needs a width and a height');
  const solid = figure.data.find(({ type = 'scatter' }) => webgl.includes(type));
  check(!solid, `renderFigure: traces of type "${solid?.type}" need WebGL, which is not here`);
  const rendered = queue.then(async () => {
    const svg = finish(await drawSvg(figure, width, height), figure.alt);
    return { svg, png: rasterise(svg, scale, fontFor(svg, log)), width, height };
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

/** The bundled font, with those of the machine where it lacks letters: said aloud, for a picture may then lack them. */
function fontFor(svg: string, log: (line: string) => void) {
  const texts = Array.from(svg.matchAll(/>([^<]+)</g), ([, text]) => text);
  const missing = missingLetters(texts.join(''));
  if (missing.length === 0) return fontOptions;
  const lost = missing.filter((letter) => !canDraw(letter, withSystemFonts));
  if (lost.length < missing.length)
    log(`renderFigure: Open Sans lacks "${missing.join('')}": the PNG takes fonts of this machine`);
  if (lost.length > 0)
    log(`renderFigure: no font here has "${lost.join('')}": the PNG is without these letters`);
  return withSystemFonts;
}

function rasterise(svg: string, scale: number, font: typeof fontOptions): Buffer {
  // resvg knows "optimizeSpeed" for sharp cells, not the "pixelated" that browsers want.
  const sharp = svg.replaceAll('image-rendering: pixelated', 'image-rendering: optimizeSpeed');
  const options = { font, fitTo: { mode: 'zoom', value: scale }, background: 'white' } as const;
  const { width, height, pixels } = new Resvg(sharp, options).render();
  return encodePng(width, height, pixels); // a third smaller than resvg's own
}
