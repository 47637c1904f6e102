import type { Spread } from '../../analysis/summary';
import { markerSize, type SeriesStyle } from './theme';

/** A point whose network may not have reached its plateau; not known of the paper's. */
export interface Trained {
  converged?: boolean;
}

/** Markers of a series, filled; hollow where the network had not converged. */
export function seriesMarker({ color, symbol }: SeriesStyle, points: readonly Trained[], size?: number) {
  const hollow = points.map(({ converged }) => converged === false);
  return {
    symbol,
    size: markerSize(symbol, size),
    opacity: 1,
    color: hollow.map((isHollow) => (isHollow ? 'white' : color)),
    line: {
      color: hollow.map((isHollow) => (isHollow ? color : 'white')),
      width: hollow.map((isHollow) => (isHollow ? 2 : 1)),
    },
  };
}

/** What a hovering hand is told of points that are hollow. */
export function hoverNotes(points: readonly Trained[]): string[] {
  return points.map(({ converged }) => (converged === false ? ', not converged' : ''));
}

/** Bars from the least to the largest; none are drawn where no point has a range. */
export function errorBars(spreads: readonly Spread[], color: string) {
  return {
    type: 'data' as const,
    symmetric: false,
    array: spreads.map(({ mean, high }) => high - mean),
    arrayminus: spreads.map(({ mean, low }) => mean - low),
    visible: spreads.some(({ low, high }) => high > low),
    color,
    thickness: 1.5,
    width: 4,
  };
}
