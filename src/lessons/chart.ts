import type { Data } from 'plotly.js-dist';
import type { Figure } from '../figures/parts/figure';
import { type EndLabel, labelColumn } from '../figures/parts/label_column';
import { axis, baseLayout, seriesStyle } from '../figures/parts/theme';
import { show } from '../notebook/inside/show';
import { extent } from '../util/extent';

/** Numbers over numbers. */
export interface Series {
  label: string;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Default 'line'. */
  mark?: 'line' | 'points';
}

export interface ChartText {
  title: string;
  note?: string;
  xTitle: string;
  yTitle: string;
  /** Range of y; default: from 0 or the least value to the largest. */
  yRange?: [number, number];
}

const [width, height] = [700, 400];
const margin = { l: 70, r: 150, b: 56 };

/** Shows `chart` below the running cell. */
export function showChart(series: readonly Series[], text: ChartText): Promise<void> {
  return show(chart(series, text), { scale: 1.3 });
}

/** Lines or points in one plot, each labelled at its right end. */
export function chart(series: readonly Series[], { title, note, xTitle, yTitle, yRange }: ChartText): Figure {
  const layout = baseLayout({ title, subtitle: note ? [note] : [], width, height, margin });
  const inside = { width: width - margin.l - margin.r, height: height - margin.b - layout.margin!.t! };
  const x = roomy(series.flatMap((s) => Array.from(s.x)));
  const y = yRange ?? roomy([0, ...series.flatMap((s) => Array.from(s.y))]);
  const labels = series.map((s, i): EndLabel => {
    const end = Array.from(s.x).reduce((best, value, k) => (value > s.x[best] ? k : best), 0);
    return {
      lines: s.label.split('\n'),
      color: styleOf(i).textColor,
      x: (inside.width * (s.x[end] - x[0])) / (x[1] - x[0]),
      y: (inside.height * (y[1] - s.y[end])) / (y[1] - y[0]),
    };
  });
  const [xaxis, yaxis] = [axis(xTitle, { range: x }), axis(yTitle, { range: y })];
  const data = series.map(trace);
  return {
    data,
    layout: {
      ...layout,
      xaxis,
      yaxis,
      annotations: labelColumn(labels, inside, { x: xaxis, y: yaxis }, data),
    },
    alt: `${title}: ${yTitle} over ${xTitle}. ${series.map(rangeText).join('. ')}.`,
    rows: series.flatMap(({ label, x: xs, y: ys }) =>
      Array.from(xs, (value, k) => ({ series: inOneLine(label), x: value, y: ys[k] })),
    ),
  };
}

function trace({ label, x, y, mark = 'line' }: Series, i: number): Data {
  const { color, dash, symbol } = styleOf(i);
  const marker = symbol === 'star' ? 'circle' : symbol; // stars in numbers are hard to look at
  return {
    type: 'scatter',
    mode: mark === 'line' ? 'lines' : 'markers',
    name: label,
    x: Array.from(x),
    y: Array.from(y),
    line: { color, dash, width: 2 },
    marker: { color, symbol: marker, size: 6, opacity: 0.75 },
  };
}

/** The first series stands out; the others are drawn as plain networks are. */
function styleOf(i: number) {
  return i === 0 ? seriesStyle('s2cnn', 0) : seriesStyle('cnn', i);
}

/** The range of some numbers with 4 % of room at both ends. */
function roomy(values: number[]): [number, number] {
  const [low, high] = extent(values);
  const room = 0.04 * (high - low || 1);
  return [low - room, high + room];
}

/** A label without its line breaks. */
function inOneLine(label: string): string {
  return label.replaceAll(/,?\n/g, ', ');
}

function rangeText({ label, y }: Series): string {
  const [low, high] = extent(Array.from(y));
  return `${inOneLine(label)} lies between ${low.toPrecision(3)} and ${high.toPrecision(3)}`;
}
