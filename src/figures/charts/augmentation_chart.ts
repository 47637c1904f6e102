import type { Data, Layout } from 'plotly.js-dist';
import type { Spread } from '../../analysis/summary';
import { countAxis } from '../parts/count_axis';
import { type EndLabel, labelColumn } from '../parts/label_column';
import { compactCount, score } from '../parts/numbers';
import { scoreAxis } from '../parts/score_axis';
import { baseLayout, markerSize, type SeriesStyle } from '../parts/theme';

/** A network's score at growing amounts of training data. */
export interface Curve {
  label: string;
  style: SeriesStyle;
  /** In the order of `images`. */
  points: { images: number; score: Spread }[];
}

/** A score that the curves have to reach, drawn across the whole plot. */
export interface Level {
  label: string[];
  style: SeriesStyle;
  score: Spread;
}

export interface AugmentationChart {
  title: string;
  subtitle: string[];
  xTitle: string;
  yTitle: string;
  curves: Curve[];
  levels: Level[];
}

const [width, height] = [700, 460];
const margin = { l: 64, r: 158, b: 58 };

/** Curves of score over training images, with levels to reach, each labelled at its right end. */
export function augmentationChart(chart: AugmentationChart): { data: Data[]; layout: Partial<Layout> } {
  const { title, subtitle, curves, levels } = chart;
  const scores = [
    ...curves.flatMap(({ points }) => points.map((point) => point.score)),
    ...levels.map((l) => l.score),
  ];
  const x = countAxis(
    chart.xTitle,
    curves.flatMap(({ points }) => points.map((point) => point.images)),
  );
  const y = scoreAxis(
    chart.yTitle,
    scores.flatMap(({ low, high }) => [low, high]),
  );
  const layout = baseLayout({ title, subtitle, width, height, margin });
  const inside = { width: width - margin.l - margin.r, height: height - margin.b - layout.margin!.t! };
  const atHeight = (value: number) => (inside.height * (y.range[1] - value)) / (y.range[1] - y.range[0]);
  const labels: EndLabel[] = [
    ...levels.map(({ label, style, score }) => {
      return { lines: label, color: style.textColor, x: inside.width, y: atHeight(score.mean) };
    }),
    ...curves.map(({ label, style, points }) => {
      const end = points[points.length - 1];
      return {
        lines: [label, `${score(end.score.mean)} at ${compactCount(end.images)}`],
        color: style.textColor,
        x: inside.width * x.position(end.images),
        y: atHeight(end.score.mean),
      };
    }),
  ];
  return {
    data: [...levels.flatMap((level) => levelTraces(level, x.range)), ...curves.map(curveTrace)],
    layout: { ...layout, xaxis: x.layout, yaxis: y.layout, annotations: labelColumn(labels, inside) },
  };
}

function curveTrace({ label, style, points }: Curve): Data {
  const { color, dash, symbol } = style;
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: label,
    x: points.map((point) => point.images),
    y: points.map((point) => point.score.mean),
    error_y: {
      type: 'data',
      symmetric: false,
      array: points.map(({ score }) => score.high - score.mean),
      arrayminus: points.map(({ score }) => score.mean - score.low),
      visible: points.some(({ score }) => score.high > score.low),
      color,
      thickness: 1.5,
      width: 4,
    },
    line: { color, dash, width: 2 },
    marker: { color, symbol, size: markerSize(symbol), line: { color: 'white', width: 1 } },
    hovertemplate: '%{x:,} images: %{y:.1f} %<extra>%{fullData.name}</extra>',
  };
}

/** A line across the plot, and a band behind it from the lowest to the highest seed. */
function levelTraces(
  { label, style, score: { mean, low, high } }: Level,
  [left, right]: [number, number],
): Data[] {
  const band: Data = {
    type: 'scatter',
    mode: 'lines',
    name: `${label[0]}, range`,
    x: [left, right, right, left],
    y: [low, low, high, high],
    fill: 'toself',
    fillcolor: `${style.color}2E`,
    line: { width: 0 },
    hoverinfo: 'skip',
  };
  const line: Data = {
    type: 'scatter',
    mode: 'lines',
    name: label[0],
    x: [left, right],
    y: [mean, mean],
    line: { color: style.color, dash: style.dash, width: 2.5 },
    hovertemplate: `${label.join(', ')}<extra></extra>`,
  };
  return high > low ? [band, line] : [line];
}
