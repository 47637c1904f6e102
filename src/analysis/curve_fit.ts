import { boundedLine, meansOf } from './bounded_line';
import { type FamilyName, families, type ShapeParameter, type Span } from './curve_families';
import { minimise } from './minimise';

/** A curve of one family, see curve_families.ts. */
export interface Curve {
  family: FamilyName;
  base: number;
  gain: number;
  shape: readonly number[];
  span: Span;
  /** What the score tends to with ever more images; Infinity for a straight line that rises. */
  limit: number;
}

/** Gains below this, in points of the score, are rounding: the curve does not rise. */
const leastGain = 1e-9;

/**
 * Least squares of one family at given n, for any scores there: what depends on the n alone is computed once, so that
 * many sets of scores, as a bootstrap draws them, are fitted quickly.
 *
 * Base and gain are linear, with linear bounds; the shape is searched, on a grid and then downhill.
 * @param amounts the n of each score
 * @param precision of the shape, in steps of its grid
 */
export function curveFitter(
  family: FamilyName,
  amounts: readonly number[],
  precision = 1e-6,
): (scores: ArrayLike<number>) => Curve {
  const { rise, shape: shapeOf, saturates } = families[family];
  const distinct = [...new Set(amounts)].sort((a, b) => a - b);
  const span = { first: distinct[0], last: distinct[distinct.length - 1] };
  const place = amounts.map((n) => distinct.indexOf(n));
  const axes = shapeOf(span).map(logarithmic);
  const risesAt = (logs: readonly number[]) => {
    const shape = logs.map(Math.exp);
    return distinct.map((n) => rise(n, shape, span));
  };
  const grid = gridOf(axes).map((logs) => ({ logs, rises: risesAt(logs) }));
  return (scores) => {
    const means = meansOf(scores, place, distinct.length);
    const errors = grid.map(({ rises }) => boundedLine(rises, means).error);
    const start = grid[errors.indexOf(Math.min(...errors))].logs;
    const logs = minimise((at) => boundedLine(risesAt(at), means).error, start, axes, precision);
    const line = boundedLine(risesAt(logs), means);
    const [base, gain] = [line.base, line.gain < leastGain ? 0 : line.gain];
    const limit = saturates || gain === 0 ? base + gain : Number.POSITIVE_INFINITY;
    return { family, base, gain, shape: logs.map(Math.exp), span, limit };
  };
}

/** The curve's score at n images. */
export function curveAt({ family, base, gain, shape, span }: Curve, n: number): number {
  return base + gain * families[family].rise(n, shape, span);
}

/** Sum of the squared distances of scores from a curve. */
export function squaredDistance(curve: Curve, amounts: readonly number[], scores: ArrayLike<number>): number {
  return amounts.reduce((sum, n, i) => sum + (scores[i] - curveAt(curve, n)) ** 2, 0);
}

/** The n at which the curve reaches a score: Infinity where it never does, 0 where every n does. */
export function curveInverse({ family, base, gain, shape, span }: Curve, score: number): number {
  if (gain === 0) return score > base ? Number.POSITIVE_INFINITY : 0;
  return families[family].inverse((score - base) / gain, shape, span);
}

function logarithmic({ low, high, steps }: ShapeParameter) {
  const [from, to] = [Math.log(low), Math.log(high)];
  return { low: from, high: to, step: (to - from) / steps };
}

/** All points of the grid that the axes span; one empty point without axes. */
function gridOf(axes: readonly { low: number; high: number; step: number }[]): number[][] {
  return axes.reduce<number[][]>(
    (points, { low, high, step }) => {
      const count = Math.round((high - low) / step) + 1;
      return points.flatMap((point) => Array.from({ length: count }, (_, i) => [...point, low + i * step]));
    },
    [[]],
  );
}
