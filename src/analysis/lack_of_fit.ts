import { mean } from '../util/mean';
import { parameterCount } from './curve_choice';
import { type Curve, squaredDistance } from './curve_fit';
import type { Point } from './points';

/**
 * How far the means at each n lie from a curve, against the scatter about these means: an F value as a standard normal
 * deviate (Paulson 1942, which keeps to the careful side below 3 degrees of freedom). Beyond 2.33 a true curve comes once
 * in a hundred times.
 * @returns -Infinity where no n has several points, or the curve passes through all means by its making
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
  const f = (squaredDistance(curve, amounts, scores) - scatter) / above / (scatter / below);
  const [a, b] = [2 / (9 * above), 2 / (9 * below)];
  return ((1 - b) * Math.cbrt(f) - (1 - a)) / Math.sqrt(b * Math.cbrt(f) ** 2 + a);
}

function squaresAboutMean(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}
