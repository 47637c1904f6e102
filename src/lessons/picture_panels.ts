import type { Annotation, Data, LayoutAxis, Shape } from 'plotly.js-dist';
import { classScale, divergingScale, greyScale } from '../figures/parts/color_scales';
import { outline, type Place, textAt } from '../figures/parts/panels';
import { classColors, fontSizes, hiddenAxis, ink, mutedInk } from '../figures/parts/theme';
import { type Camera, globe, globePixels, graticule } from './globe';

/** How the numbers of a picture are coloured. */
export type Kind = 'grey' | 'classes' | 'signed';

/** What a figure is made of besides its layout. */
export interface Parts {
  data: Data[];
  axes: Record<string, Partial<LayoutAxis>>;
  shapes: Partial<Shape>[];
  annotations: Partial<Annotation>[];
}

/** Numbers in a square. */
export interface Panel {
  place: Place;
  /** [size, size] */
  values: ArrayLike<number>;
  size: number;
  kind: Kind;
  /** As the numbers are stored, rows downwards; or as half a sphere. */
  view: 'flat' | Camera;
  /** The number that gets the full colour, of signed pictures. */
  largest: number;
  /** What stands at the rows and at the columns of a flat picture. */
  ticks?: { rows: string[]; columns: string[] };
}

/** Draws the panels of a figure of `width` x `height` pixels without margins. */
export function drawPanels(panels: readonly Panel[], width: number, height: number): Parts {
  const parts: Parts = { data: [], axes: {}, shapes: [], annotations: [] };
  panels.forEach((panel, i) => {
    const { place, values, size, view, ticks } = panel;
    const id = i === 0 ? '' : String(i + 1);
    const z = view === 'flat' ? rowsOf(values, size) : globe(values, size, view);
    const [xaxis, yaxis] = [`x${id}` as 'x', `y${id}` as 'y'];
    const range: [number, number] = [-0.5, z.length - 0.5];
    parts.axes[`xaxis${id}`] = {
      ...(ticks ? tickAxis(ticks.columns) : hiddenAxis),
      range,
      domain: [place.left / width, (place.left + place.width) / width],
      anchor: yaxis,
    };
    parts.axes[`yaxis${id}`] = {
      ...(ticks ? tickAxis(ticks.rows) : hiddenAxis),
      range: [range[1], range[0]],
      domain: [1 - (place.top + place.height) / height, 1 - place.top / height],
      anchor: xaxis,
    };
    parts.data.push({ type: 'heatmap', z, xaxis, yaxis, showscale: false, ...colours(panel) } as Data);
    if (view !== 'flat') parts.data.push(lines(view, xaxis, yaxis));
    parts.shapes.push(outline(place, view === 'flat' ? 'rect' : 'circle', width, height));
  });
  return parts;
}

/** A strip of the colours of signed numbers, 200 pixels wide, with what its ends mean. */
export function signedLegend(
  ends: [string, string],
  left: number,
  top: number,
  width: number,
  height: number,
) {
  const steps = 50;
  const shapes = Array.from({ length: steps }, (_, i): Partial<Shape> => {
    const place = { left: left + (200 * i) / steps, top, width: 200 / steps, height: 12 };
    return {
      ...outline(place, 'rect', width, height),
      fillcolor: mixed(i / (steps - 1)),
      line: { width: 0 },
    };
  });
  const texts = [ends[0], '0', ends[1]];
  const annotations = texts.map((text, i) => textAt(text, left + 100 * i, top + 14, width, height));
  return { shapes, annotations };
}

/** Pixels of a class in a legend. */
export const classWidth = 76;

/** The colours of some classes; `word` says what they are, as in "digit 2". */
export function classLegend(
  classes: readonly number[],
  word: string,
  left: number,
  top: number,
  width: number,
  height: number,
) {
  const shapes = classes.map((label, i): Partial<Shape> => {
    const place = { left: left + classWidth * i, top, width: 16, height: 16 };
    return { ...outline(place, 'rect', width, height), fillcolor: classColors[label] };
  });
  const annotations = classes.map((label, i) =>
    textAt(label === 0 ? 'none' : `${word} ${label - 1}`, left + classWidth * i + 21, top, width, height, {
      xanchor: 'left',
    }),
  );
  return { shapes, annotations };
}

/** Lines of text about (x, y), centred; the first one is dark. */
export function captionAt(text: string, x: number, y: number, width: number, height: number) {
  const [first, ...rest] = text.replace(/(^|[\s(])-(?=\d)/g, '$1−').split('\n');
  const more = rest.map((line) => `<span style="color:${mutedInk}">${line}</span>`);
  return textAt([first, ...more].join('<br>'), x, y, width, height, {
    font: { size: fontSizes.label, color: ink },
  });
}

function rowsOf(values: ArrayLike<number>, size: number): number[][] {
  return Array.from({ length: size }, (_, j) => Array.from({ length: size }, (_, k) => values[j * size + k]));
}

function tickAxis(labels: string[]): Partial<LayoutAxis> {
  return {
    tickvals: labels.map((_, i) => i),
    ticktext: labels,
    tickfont: { size: fontSizes.tick, color: mutedInk },
    ticks: '',
    showgrid: false,
    zeroline: false,
    fixedrange: true,
  };
}

/** The graticule in the pixels of the picture. */
function lines(camera: Camera, xaxis: 'x', yaxis: 'y'): Data {
  const { u, v } = graticule(camera);
  const pixel = (value: number | null, sign: number) =>
    value === null ? null : ((1 + sign * value) * globePixels) / 2 - 0.5;
  return {
    type: 'scatter',
    mode: 'lines',
    x: u.map((value) => pixel(value, 1)),
    y: v.map((value) => pixel(value, -1)),
    xaxis,
    yaxis,
    line: { color: 'rgba(110, 110, 110, 0.45)', width: 0.8 },
    hoverinfo: 'skip',
  };
}

function colours({ kind, largest }: Panel): object {
  const hoverinfo = 'skip';
  if (kind === 'signed') return { zmin: -largest, zmax: largest, colorscale: divergingScale, hoverinfo };
  if (kind === 'grey') return { zmin: 0, zmax: 255, colorscale: greyScale, hoverinfo };
  return { zmin: -0.5, zmax: classColors.length - 0.5, colorscale: classScale, hoverinfo };
}

/** The colour at 0..1 of the diverging scale. */
function mixed(share: number): string {
  const [from, to, t] = share < 0.5 ? [0, 1, 2 * share] : [1, 2, 2 * share - 1];
  const channel = (i: number, at: number) =>
    Number.parseInt(divergingScale[at][1].slice(1 + 2 * i, 3 + 2 * i), 16);
  const values = [0, 1, 2].map((i) => Math.round((1 - t) * channel(i, from) + t * channel(i, to)));
  return `rgb(${values.join(',')})`;
}
