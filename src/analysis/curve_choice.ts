import { mean } from '../util/mean';
import { type FamilyName, families, familyNames } from './curve_families';
import { type Curve, curveAt, curveFitter, squaredDistance } from './curve_fit';

/** How many numbers of a family are fitted. */
export function parameterCount(family: FamilyName): number {
  return 2 + families[family].shape({ first: 1, last: 2 }).length;
}

/** The parameters of a curve's shape that lie at the end of their range: "exponent 4". */
export function shapeBounds({ family, shape, span }: Curve): string[] {
  return families[family].shape(span).flatMap(({ name, low, high }, k) => {
    const end = [low, high].find((bound) => Math.abs(Math.log(shape[k] / bound)) < 1e-6);
    return end === undefined ? [] : [`${name} ${Number(end.toPrecision(3))}`];
  });
}

/** How well a family foretells the scores at the largest n from the others; null where too few others are left. */
export function heldOutError(
  family: FamilyName,
  amounts: readonly number[],
  precision?: number,
): ((scores: ArrayLike<number>) => number) | null {
  const largest = Math.max(...amounts);
  const kept = amounts.flatMap((n, i) => (n < largest ? [i] : []));
  const held = amounts.flatMap((n, i) => (n < largest ? [] : [i]));
  const keptAmounts = kept.map((i) => amounts[i]);
  if (new Set(keptAmounts).size < parameterCount(family)) return null;
  const fitter = curveFitter(family, keptAmounts, precision);
  return (scores) => {
    const foretold = curveAt(fitter(kept.map((i) => scores[i])), largest);
    return Math.sqrt(held.reduce((sum, i) => sum + (scores[i] - foretold) ** 2, 0) / held.length);
  };
}

/**
 * Fits the family that foretells the largest n best from the others. Families that do so equally well, up to the scatter
 * of the points, are told apart by how well they fit all points for the numbers they take (Schwarz 1978). One whose shape
 * ends up at a bound does not describe the points, and is not chosen.
 */
export function curveChooser(
  amounts: readonly number[],
  precision?: number,
): (scores: ArrayLike<number>) => Curve {
  const fitters = familyNames.flatMap((family) => {
    const heldOut = heldOutError(family, amounts, precision);
    return heldOut ? [{ heldOut, fit: curveFitter(family, amounts, precision) }] : [];
  });
  return (scores) => {
    const candidates = fitters.map(({ heldOut, fit }) =>
      candidate(fit(scores), heldOut(scores), amounts, scores),
    );
    const described = candidates.filter(({ curve }) => shapeBounds(curve).length === 0);
    const scatter = Math.min(...described.map((one) => one.scatter));
    const best = Math.min(...described.map((one) => one.heldOut));
    const tied = described.filter(({ heldOut }) => heldOut <= best + scatter);
    return tied.reduce((least, one) => (one.criterion < least.criterion ? one : least)).curve;
  };
}

/**
 * The curve itself, or the level of the mean score where that describes the points as well for the numbers it takes, by the
 * same measure: the rise is then within the scatter.
 */
export function levelUnlessRise(curve: Curve, amounts: readonly number[], scores: readonly number[]): Curve {
  const base = mean(scores);
  const level: Curve = { family: 'straight', base, gain: 0, shape: [], span: curve.span, limit: base };
  const measure = (one: Curve, parameters: number) =>
    schwarz(squaredDistance(one, amounts, scores), amounts.length, parameters);
  return measure(level, 1) <= measure(curve, parameterCount(curve.family)) ? level : curve;
}

/** Schwarz's measure of a curve with some fitted numbers at a sum of squares: the less the better. */
function schwarz(squares: number, count: number, parameters: number): number {
  return count * Math.log(squares / count) + parameters * Math.log(count);
}

/** A curve with what it is chosen by. */
function candidate(curve: Curve, heldOut: number, amounts: readonly number[], scores: ArrayLike<number>) {
  const [count, parameters] = [amounts.length, parameterCount(curve.family)];
  const squares = squaredDistance(curve, amounts, scores);
  return {
    curve,
    heldOut,
    scatter: Math.sqrt(squares / (count - parameters)),
    criterion: schwarz(squares, count, parameters),
  };
}
