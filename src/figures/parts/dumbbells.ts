import type { Annotation, Data, Layout, LayoutAxis } from 'plotly.js-dist';
import type { Spread } from '../../analysis/summary';
import { errorBars } from './marks';
import { score } from './numbers';
import { axis, baseLayout, fontSizes, headOf, isNarrow, leaderColor, mutedInk, wideWidth } from './theme';

/** Two scores of one thing, tied by a line. */
export interface Dumbbell {
  /** HTML, two lines. */
  label: string;
  ends: readonly [DumbbellEnd, DumbbellEnd];
}

export interface DumbbellEnd {
  score: Spread;
  color: string;
  isHollow?: boolean;
}

/** The first ends are rings, which stay visible around the second, smaller ones. */
const marks = [
  { symbol: 'circle', size: 18 },
  { symbol: 'diamond', size: 8 },
] as const;

const rowHeight = 62;

export interface DumbbellChart {
  title: string;
  subtitle: readonly string[];
  width?: number;
  xTitle: string;
  /** What the two ends are. */
  ends: readonly [string, string];
  rows: readonly Dumbbell[];
}

/** A row for each dumbbell over an axis of scores; the first ends are rings, the second diamonds. */
export function dumbbells({ title, subtitle, width = wideWidth, xTitle, ends, rows }: DumbbellChart): {
  data: Data[];
  layout: Partial<Layout>;
} {
  const margin = { l: isNarrow(width) ? 118 : 158, r: isNarrow(width) ? 22 : 44, b: 60 };
  const legend = `Ring: ${ends[0]} · diamond: ${ends[1]}`;
  const lines = [legend, ...subtitle];
  const height = headOf(title, lines, width).height + margin.b + 14 + rowHeight * rows.length;
  return {
    data: [connections(rows), endTrace(rows, 1, ends[1]), endTrace(rows, 0, ends[0])],
    layout: {
      ...baseLayout({ title, subtitle: lines, width, height, margin }),
      xaxis: scores(xTitle),
      yaxis: {
        range: [rows.length - 0.5, -0.6],
        tickvals: rows.map((_, i) => i),
        ticktext: rows.map(({ label }) => (isNarrow(width) ? label.replace(', ', ',<br>') : label)),
        tickfont: { size: isNarrow(width) ? fontSizes.tick : fontSizes.label },
        showgrid: false,
        zeroline: false,
      },
      annotations: rows.flatMap(valueLabels),
    },
  };
}

/** 0 to 100 with room for numbers beside the marks. */
function scores(title: string): Partial<LayoutAxis> {
  return axis(title, { range: [-13, 113], tickvals: [0, 20, 40, 60, 80, 100] });
}

function connections(rows: readonly Dumbbell[]): Data {
  return {
    type: 'scatter',
    mode: 'lines',
    name: 'difference',
    x: rows.flatMap(({ ends: [a, b] }) => [a.score.mean, b.score.mean, null]),
    y: rows.flatMap((_, i) => [i, i, null]),
    line: { color: leaderColor, width: 3 },
    hoverinfo: 'skip',
  };
}

function endTrace(rows: readonly Dumbbell[], which: 0 | 1, name: string): Data {
  const ends = rows.map((row) => row.ends[which]);
  const isFilled = (end: DumbbellEnd) => which === 1 && !end.isHollow;
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    x: ends.map((end) => end.score.mean),
    y: rows.map((_, i) => i),
    error_x: errorBars(
      ends.map((end) => end.score),
      mutedInk,
    ),
    marker: {
      ...marks[which],
      opacity: 1,
      color: ends.map((end) => (isFilled(end) ? end.color : which === 1 ? 'white' : 'rgba(255,255,255,0)')),
      line: { color: ends.map((end) => end.color), width: 2.5 },
    },
    hovertemplate: '%{x:.1f} %<extra>%{fullData.name}</extra>',
  };
}

/** The two scores, each on the outer side of its mark. */
function valueLabels({ ends: [a, b] }: Dumbbell, row: number): Partial<Annotation>[] {
  const bOnLeft = b.score.mean < a.score.mean;
  return [valueLabel(a.score, row, bOnLeft ? 1 : -1), valueLabel(b.score, row, bOnLeft ? -1 : 1)];
}

function valueLabel({ mean, low, high }: Spread, row: number, outward: 1 | -1): Partial<Annotation> {
  return {
    text: score(mean),
    x: outward > 0 ? high : low,
    y: row,
    xanchor: outward > 0 ? 'left' : 'right',
    xshift: 13 * outward,
    showarrow: false,
    font: { size: fontSizes.label },
  };
}
