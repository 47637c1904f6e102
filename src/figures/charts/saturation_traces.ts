import type { Data } from 'plotly.js-dist';
import type { Point } from '../../analysis/points';
import type { ImagesWorth } from '../../analysis/worth';
import { markerSize, type SeriesStyle } from '../parts/theme';
import type { NamedWorth } from '../parts/worth_wording';

/** A plain network with what is drawn of it. */
export interface DrawnNetwork extends NamedWorth {
  style: SeriesStyle;
  points: Point[];
  /** The curve, from the smallest n to as far as it is believed. */
  amounts: number[];
  scores: number[];
  /** Lowest and highest score at each of them with what they mean, or why there is no band. */
  band: { ranges: [number, number][]; meaning: string } | { reason: string };
}

/** A line across the plot, on its interval. */
export function levelTraces(
  { score, interval }: ImagesWorth['level'],
  name: string,
  { color, dash }: SeriesStyle,
  [left, right]: [number, number],
): Data[] {
  const line: Data = {
    type: 'scatter',
    mode: 'lines',
    name,
    x: [left, right],
    y: [score, score],
    line: { color, dash, width: 2.5 },
    hovertemplate: `${name}: %{y:.1f} %<extra></extra>`,
  };
  if (!interval.given) return [line];
  const { low, high } = interval;
  return [area(`${name}, interval`, [left, right, right, left], [low, low, high, high], `${color}22`), line];
}

/** The band that a curve lies in. */
export function bandTrace({ network, amounts, band, style }: DrawnNetwork): Data[] {
  if ('reason' in band) return [];
  const there = [...amounts, ...[...amounts].reverse()];
  const lows = band.ranges.map(([low]) => low);
  const highs = band.ranges.map(([, high]) => high);
  return [area(`${network}, band`, there, [...lows, ...highs.reverse()].map(inPercent), `${style.color}20`)];
}

export function curveTrace({ network, amounts, scores, style }: DrawnNetwork): Data {
  return {
    type: 'scatter',
    mode: 'lines',
    name: `${network}, curve`,
    x: amounts,
    y: scores.map(inPercent),
    line: { color: style.color, dash: style.dash, width: 2 },
    hovertemplate: 'curve, %{x:,.0f} images: %{y:.1f} %<extra>%{fullData.name}</extra>',
  };
}

/** One marker a training, hollow where it had not converged. */
export function pointTrace({ network, points, style: { color, symbol } }: DrawnNetwork): Data {
  const hollow = points.map(({ converged }) => converged === false);
  return {
    type: 'scatter',
    mode: 'markers',
    name: network,
    x: points.map(({ images }) => images),
    y: points.map(({ score }) => score),
    marker: {
      symbol,
      size: markerSize(symbol),
      color: hollow.map((open) => (open ? 'white' : color)),
      line: {
        color: hollow.map((open) => (open ? color : 'white')),
        width: hollow.map((open) => (open ? 2 : 1)),
      },
    },
    hovertemplate: '%{x:,} images: %{y:.1f} %<extra>%{fullData.name}</extra>',
  };
}

/** A ring where a curve meets the level, with its interval; ends that are not known lie at the edge of the plot. */
export function crossingTrace(
  { network, answer, interval, level, style }: DrawnNetwork,
  [left, right]: [number, number],
): Data[] {
  if (!answer.answerable) return [];
  const { images } = answer;
  const [low, high] = interval.given
    ? [Math.max(left, interval.low), Math.min(right, interval.high)]
    : [images, images];
  return [
    {
      type: 'scatter',
      mode: 'markers',
      name: `${network} draws level`,
      x: [images],
      y: [level.score],
      error_x: {
        type: 'data',
        symmetric: false,
        array: [high - images],
        arrayminus: [images - low],
        visible: high > low,
        color: style.color,
        thickness: 2,
        width: 6,
      },
      marker: { symbol: 'circle-open', size: 14, color: style.color, line: { width: 3, color: style.color } },
      hovertemplate: '%{x:,.0f} images<extra>%{fullData.name}</extra>',
    },
  ];
}

function area(name: string, x: number[], y: number[], fillcolor: string): Data {
  return {
    type: 'scatter',
    mode: 'lines',
    name,
    x,
    y,
    fill: 'toself',
    fillcolor,
    line: { width: 0 },
    hoverinfo: 'skip',
  };
}

function inPercent(score: number): number {
  return Math.min(100, Math.max(0, score));
}
