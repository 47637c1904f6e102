import type { Data } from 'plotly.js-dist';
import type { Figure } from '../figures/parts/figure';
import { drawPanels, type Panel, type Place, type SphereView, textAt } from '../figures/parts/panels';
import { baseLayout, titleHeight } from '../figures/parts/theme';
import { show } from '../notebook/inside/show';
import { check } from '../util/check';

/** A square picture: an image, a sphere on its grid, or a matrix. */
export interface Picture {
  caption: string;
  /** [size, size], row by row; greys 0..255, classes 0..10, or numbers of both signs. */
  values: ArrayLike<number>;
  /** Default 'grey'. */
  kind?: 'grey' | 'classes' | 'signed';
  /** What half a sphere is turned to, [size, size], if not what the text says. */
  facing?: Uint8Array;
}

export interface PicturesText {
  title: string;
  note?: string;
  /** Default 5. */
  columns?: number;
  /** Default 'grid'. */
  view?: SphereView;
  /** What half a sphere is turned to, [size, size]; default: each picture to itself. */
  facing?: Uint8Array;
}

const width = 700;
const [edge, gap, captionHeight, widest] = [16, 12, 24, 150];

/** Negative, zero and positive numbers, told apart without red and green (Okabe and Ito's blue and vermilion). */
const diverging: [number, string][] = [
  [0, '#0072B2'],
  [0.5, '#FFFFFF'],
  [1, '#D55E00'],
];

/** Shows `pictures` below the running cell; as a picture only, for its numbers would fill the notebook. */
export function showPictures(shown: readonly Picture[], text: PicturesText): Promise<void> {
  return show(pictures(shown, text), { interactive: false });
}

/**
 * Pictures in rows, a caption above each. Numbers of both signs are scaled by the largest of their picture: blue is
 * negative, white 0, orange positive.
 */
export function pictures(shown: readonly Picture[], text: PicturesText): Figure {
  const { title, note, view = 'grid', facing } = text;
  const columns = Math.min(text.columns ?? 5, shown.length);
  const side = Math.min(widest, (width - 2 * edge - gap * (columns - 1)) / columns);
  const top = titleHeight(note ? [note] : []);
  const rowHeight = side + captionHeight;
  const height = top + Math.ceil(shown.length / columns) * rowHeight + edge;
  const placeOf = (i: number): Place => ({
    left: edge + (i % columns) * (side + gap),
    top: top + Math.floor(i / columns) * rowHeight + captionHeight,
    width: side,
    height: side,
  });
  const panels = shown.map((picture, i) => panelOf({ facing, ...picture }, placeOf(i)));
  const { data, axes, shapes } = drawPanels(panels, view, width, height);
  const annotations = shown.map(({ caption }, i) => {
    const { left, top: panelTop } = placeOf(i);
    return textAt(caption, left + side / 2, panelTop - captionHeight + 2, width, height);
  });
  const subtitle = note ? [note] : [];
  const margin = { l: 0, r: 0, t: 0, b: 0 };
  return {
    data: data.map((trace, i) => (shown[i].kind === 'signed' ? signed(trace) : trace)),
    layout: { ...baseLayout({ title, subtitle, width, height, margin }), ...axes, shapes, annotations },
    alt: `${title}. ${shown.map((picture) => picture.caption).join(', ')}.`,
  };
}

function panelOf({ caption, values, kind = 'grey', facing }: Picture, place: Place): Panel {
  const size = Math.sqrt(values.length);
  check(Number.isInteger(size), `pictures: "${caption}" is no square: it has ${values.length} values`);
  const bytes = kind === 'signed' ? signedBytes(values) : Uint8Array.from(values);
  return { place, values: bytes, size, kind: kind === 'classes' ? kind : 'grey', facing: facing ?? bytes };
}

/** -max..max to 1..255, 0 to 128. */
function signedBytes(values: ArrayLike<number>): Uint8Array {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return Uint8Array.from(values, (value) => Math.round(128 + (127 * value) / (largest || 1)));
}

function signed(trace: Data): Data {
  return { ...trace, zmin: 1, zmax: 255, colorscale: diverging, hoverinfo: 'skip' } as Data;
}
