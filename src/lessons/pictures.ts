import type { Shape } from 'plotly.js-dist';
import type { Figure } from '../figures/parts/figure';
import { type Place, textAt } from '../figures/parts/panels';
import { baseLayout, fontSizes, ink, titleHeight } from '../figures/parts/theme';
import { show } from '../notebook/inside/show';
import { check } from '../util/check';
import type { Camera } from './globe';
import {
  captionAt,
  classLegend,
  classWidth,
  drawPanels,
  type Kind,
  type Panel,
  signedLegend,
} from './picture_panels';

/** A square picture: an image, a sphere, or a matrix. */
export interface Picture {
  /** Lines parted by \n. */
  caption: string;
  /** [size, size], row by row; greys 0..255, classes 0..10, or numbers of both signs. */
  values: ArrayLike<number>;
  /** Default 'grey'. */
  kind?: Kind;
  /** As the numbers are stored, or as half a sphere; default that of the figure. */
  view?: 'flat' | Camera;
  /** A short line in the corner: degrees clockwise from upright. */
  stroke?: number;
}

/** A picture of numbers of both signs. */
export function signed(caption: string, values: ArrayLike<number>): Picture {
  return { caption, values, kind: 'signed' };
}

/** A picture of classes. */
export function mask(caption: string, values: ArrayLike<number>): Picture {
  return { caption, values, kind: 'classes' };
}

export interface PicturesText {
  title: string;
  note?: string;
  /** Of pictures that are not given row by row; default 5. */
  columns?: number;
  /** Default 'flat'. */
  view?: 'flat' | Camera;
  /** What stands left of each row. */
  rows?: string[];
  /** The number of full colour in signed pictures; default: the largest of each picture. */
  scale?: number;
  /** What the classes of masks are; default 'digit'. */
  classes?: string;
  /** Pixels; default 600. */
  width?: number;
}

const [edge, gap, lineHeight, widest, legendHeight] = [14, 12, 17, 138, 44];

/** Shows `pictures` below the running cell; as a picture only, for its numbers would fill the notebook. */
export function showPictures(
  shown: readonly Picture[] | readonly Picture[][],
  text: PicturesText,
): Promise<void> {
  return show(pictures(shown, text), { interactive: false, scale: 1.25 });
}

/** Shows a drawing below the running cell, as a picture only. */
export function showDrawing(drawing: Figure): Promise<void> {
  return show(drawing, { interactive: false, scale: 1.3 });
}

/**
 * Pictures in rows, each with its caption above; shorter rows stand in the middle. Masks get a legend of the classes
 * that occur; blue is negative, white 0, orange positive.
 */
export function pictures(shown: readonly Picture[] | readonly Picture[][], text: PicturesText): Figure {
  const { title, note, width = 600 } = text;
  const subtitle = note ? [note] : [];
  const rows = inRows(shown, text.columns ?? 5);
  const frame = frameOf(rows, text, titleHeight(subtitle), width);
  const all = rows.flat();
  const panels = rows.flatMap((row, r) => row.map((picture, c) => panelOf(picture, frame.place(r, c), text)));
  const parts = drawPanels(panels, width, frame.height);
  const legend = legendOf(all, text, width, frame.height);
  const captions = all.map(({ caption }, i) => {
    const { left, top, width: side } = panels[i].place;
    return captionAt(caption, left + side / 2, top - frame.caption + 1, width, frame.height);
  });
  const rowTitles = (text.rows ?? []).map((line, r) => {
    const { top, height: side } = frame.place(r, 0);
    const font = { size: fontSizes.label, color: ink };
    const about = { xanchor: 'left', yanchor: 'middle', align: 'left', font } as const;
    return textAt(line.replaceAll('\n', '<br>'), edge, top + side / 2, width, frame.height, about);
  });
  return {
    data: parts.data,
    layout: {
      ...baseLayout({ title, subtitle, width, height: frame.height, margin: { l: 0, r: 0, t: 0, b: 0 } }),
      ...parts.axes,
      shapes: [...parts.shapes, ...strokes(all, panels, width, frame.height), ...legend.shapes],
      annotations: [...captions, ...rowTitles, ...legend.annotations],
    },
    alt: altText(title, rows, text.rows),
  };
}

/** The captions, after the title of their row if it has one. */
function altText(title: string, rows: readonly Picture[][], titles: readonly string[] = []): string {
  const inOneLine = (line: string) => line.replaceAll('\n', ', ');
  const lines = rows.map((row, r) => {
    const captions = row.map(({ caption }) => inOneLine(caption)).filter(Boolean);
    return [titles[r] && inOneLine(titles[r]), captions.join('; ')].filter(Boolean).join(': ');
  });
  return [title, ...lines.filter(Boolean)].map((line) => `${line}.`).join(' ');
}

function inRows(shown: readonly Picture[] | readonly Picture[][], columns: number): Picture[][] {
  if (Array.isArray(shown[0])) return shown as Picture[][];
  const list = shown as readonly Picture[];
  return Array.from({ length: Math.ceil(list.length / columns) }, (_, r) =>
    list.slice(r * columns, (r + 1) * columns),
  );
}

/** Where everything stands. */
function frameOf(rows: Picture[][], text: PicturesText, top: number, width: number) {
  const columns = Math.max(...rows.map((row) => row.length));
  const longest = Math.max(
    0,
    ...(text.rows ?? []).flatMap((line) => line.split('\n')).map((line) => line.length),
  );
  const aside = text.rows ? 12 + 7.2 * longest : 0;
  const room = width - 2 * edge - aside;
  const side = Math.min(widest, (room - gap * (columns - 1)) / columns);
  const lines = Math.max(...rows.flat().map(({ caption }) => (caption ? caption.split('\n').length : 0)));
  const caption = lineHeight * lines + (lines > 0 ? 5 : 0);
  const pitch = side + caption + (lines > 0 ? 8 : gap);
  const legend = legendHeight * legendRows(rows.flat(), width).length;
  const place = (r: number, c: number): Place => {
    const taken = rows[r].length * side + (rows[r].length - 1) * gap;
    const left = edge + aside + (room - taken) / 2 + c * (side + gap);
    return { left, top: top + r * pitch + caption, width: side, height: side };
  };
  return { place, caption, height: top + rows.length * pitch + legend + 6 };
}

function panelOf(picture: Picture, place: Place, text: PicturesText): Panel {
  const { caption, values, kind = 'grey', view = text.view ?? 'flat' } = picture;
  const size = Math.sqrt(values.length);
  check(Number.isInteger(size), `pictures: "${caption}" is no square: it has ${values.length} values`);
  return { place, values, size, kind, view, largest: text.scale ?? largestOf(values) };
}

function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest || 1;
}

function legendOf(
  all: Picture[],
  { scale, classes: word = 'digit' }: PicturesText,
  width: number,
  height: number,
) {
  const rows = legendRows(all, width);
  const top = height - legendHeight * rows.length + 4;
  if (all.some(({ kind }) => kind === 'signed')) {
    const ends: [string, string] = scale ? [`−${scale}`, String(scale)] : ['negative', 'positive'];
    return signedLegend(ends, (width - 200) / 2, top, width, height);
  }
  const legends = rows.map((classes, r) =>
    classLegend(
      classes,
      word,
      (width - classWidth * classes.length) / 2,
      top + legendHeight * r,
      width,
      height,
    ),
  );
  return {
    shapes: legends.flatMap(({ shapes }) => shapes),
    annotations: legends.flatMap(({ annotations }) => annotations),
  };
}

/** The classes that occur in masks, as many to a row as there is room for; one row without any for signed pictures. */
function legendRows(all: readonly Picture[], width: number): number[][] {
  if (all.some(({ kind }) => kind === 'signed')) return [[]];
  const masks = all.filter(({ kind }) => kind === 'classes');
  const classes = [...new Set(masks.flatMap(({ values }) => Array.from(values)))].sort((a, b) => a - b);
  const most = Math.floor((width - 2 * edge) / classWidth);
  const count = Math.ceil(classes.length / most);
  const each = Math.ceil(classes.length / count);
  return Array.from({ length: count }, (_, r) => classes.slice(r * each, (r + 1) * each));
}

function strokes(all: Picture[], panels: Panel[], width: number, height: number): Partial<Shape>[] {
  return all.flatMap(({ stroke }, i): Partial<Shape>[] => {
    if (stroke === undefined) return [];
    const { left, top } = panels[i].place;
    const [x, y] = [left + 12, top + 12];
    const [dx, dy] = [11 * Math.sin((Math.PI * stroke) / 180), 11 * Math.cos((Math.PI * stroke) / 180)];
    const [x0, x1, y0, y1] = [
      (x - dx) / width,
      (x + dx) / width,
      1 - (y + dy) / height,
      1 - (y - dy) / height,
    ];
    return [{ type: 'line', xref: 'paper', yref: 'paper', x0, x1, y0, y1, line: { color: ink, width: 4 } }];
  });
}
