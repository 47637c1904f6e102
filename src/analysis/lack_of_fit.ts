import { mean } from '../util/mean';
import { parameterCount } from './curve_choice';
import { type Curve, squaredDistance } from './curve_fit';
import type { Point } from './points';

/** A root mean square, in points of the score, that rounding and the search for a shape leave. */
const rounding = 1e-4;

/**
 * How far the means at each n lie from a curve, against the scatter about these means: an F value as a standard normal
 * deviate (Paulson 1942, which keeps to the careful side below 3 degrees of freedom). Beyond 2.33 a true curve comes once
 * in a hundred times.
 * @returns -Infinity where no n has several points, or the curve passes through all means by its making; where the points
 * at each n agree, -Infinity for a curve through them and Infinity for one that misses them
 */
export function lackOfFit(points: readonly Point[], curve: Curve): number {
  const amounts = points.map(({ images }) => images);
  const scores = points.map(({ score }) => score);
  const distinct = [...new Set(amounts)];
  const [above, below] = [distinct.length - parameterCount(curve.family), points.length - distinct.length];
  if (above <= 0 || below <= 0) return Number.NEGATIVE_INFINITY;
  const scatter = distinct.reduce(
    (sum, n) => sum + squaresAboutMean(scores.filter((_, i) => amounts[i] === n)),
    0,
  );
  const squares = squaredDistance(curve, amounts, scores);
  if (scatter < 1e-18 * points.length)
    return squares > rounding ** 2 * points.length ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const f = (squares - scatter) / above / (scatter / below);
  const [a, b] = [2 / (9 * above), 2 / (9 * below)];
  return ((1 - b) * Math.cbrt(f) - (1 - a)) / Math.sqrt(b * Math.cbrt(f) ** 2 + a);
}

function squaresAboutMean(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}
