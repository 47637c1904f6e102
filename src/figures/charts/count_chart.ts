import type { Data, Layout } from 'plotly.js-dist';
import type { Spread } from '../../analysis/summary';
import { countAxis } from '../parts/count_axis';
import { labelledFrame } from '../parts/frame';
import type { Amount } from '../parts/headline';
import { type EndLabel, labelColumn } from '../parts/label_column';
import { errorBars, hoverNotes, seriesMarker } from '../parts/marks';
import { compactCount, score } from '../parts/numbers';
import { scoreAxis } from '../parts/score_axis';
import { type ChartOptions, isNarrow, type SeriesStyle } from '../parts/theme';

/** A network's score at growing counts, as of its training images. */
export interface Curve {
  label: string;
  style: SeriesStyle;
  /** In the order of their counts. */
  points: Amount[];
  /** Drawn thinner, to stand behind the others. */
  isFaint?: boolean;
  /** Whether it is a single training, drawn beside a study. */
  isRun?: boolean;
  /** Whether a level says what its label would. */
  isNamed?: boolean;
}

/** A score that the curves have to reach, drawn across the whole plot. */
export interface Level {
  label: string[];
  style: SeriesStyle;
  score: Spread;
}

export interface CountChart extends ChartOptions {
  title: string;
  subtitle: string[];
  xTitle: string;
  /** What is counted, if not images. */
  unit?: string;
  yTitle: string;
  curves: Curve[];
  levels: Level[];
}

/** Curves of score over counts, with levels to reach, each labelled at its right end. */
export function countChart(chart: CountChart): { data: Data[]; layout: Partial<Layout> } {
  const { title, subtitle, width, curves, levels, unit = 'images' } = chart;
  const { layout, inside } = labelledFrame({ title, subtitle, width });
  const points = curves.flatMap((curve) => curve.points);
  const x = countAxis(
    isNarrow(layout.width!) ? chart.xTitle.replace(' (', '<br>(') : chart.xTitle,
    points.map(({ count }) => count),
    inside.width,
  );
  const y = scoreAxis(
    chart.yTitle,
    [...points, ...levels].flatMap(({ score: { low, high } }) => [low, high]),
  );
  const atHeight = (value: number) => (inside.height * (y.range[1] - value)) / (y.range[1] - y.range[0]);
  const labels: EndLabel[] = [
    ...levels.map(({ label, style, score: { mean } }) => {
      return { lines: label, color: style.textColor, x: inside.width, y: atHeight(mean) };
    }),
    ...curves
      .filter(({ isNamed }) => !isNamed)
      .map(({ label, style, points: own }) => {
        const end = own[own.length - 1];
        return {
          lines: [
            ...label.split(/ (?=\()/), // what sets it apart on a line of its own
            `${score(end.score.mean)} at ${compactCount(end.count)}`,
            ...(chart.unit ? [chart.unit] : []),
          ],
          color: style.textColor,
          x: inside.width * x.position(end.count),
          y: atHeight(end.score.mean),
        };
      }),
  ];
  const data = [
    ...levels.flatMap((level) => levelTraces(level, x.range)),
    ...curves.map((curve) => curveTrace(curve, unit)),
  ];
  return {
    data,
    layout: {
      ...layout,
      xaxis: x.layout,
      yaxis: y.layout,
      annotations: labelColumn(labels, inside, { x: x.layout, y: y.layout }, data),
    },
  };
}

function curveTrace({ label, style, points, isFaint }: Curve, unit: string): Data {
  const { color, dash } = style;
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: label,
    x: points.map((point) => point.count),
    y: points.map((point) => point.score.mean),
    error_y: errorBars(
      points.map((point) => point.score),
      color,
    ),
    line: { color, dash, width: isFaint ? 1.25 : 2 },
    marker: seriesMarker(style, points, isFaint ? 5 : undefined),
    text: hoverNotes(points),
    hovertemplate: `%{x:,} ${unit}: %{y:.1f} %%{text}<extra>%{fullData.name}</extra>`,
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
    fillcolor: `${style.color}40`,
    line: { color: `${style.color}80`, width: 1 },
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
