import { check, checkKeys, checkOneOf, checkPositive } from '../util/check';
import { curveChooser, heldOutError, levelUnlessRise, parameterCount, shapeBounds } from './curve_choice';
import { type FamilyName, families, familyNames } from './curve_families';
import { type Curve, curveAt, curveFitter, curveInverse, squaredDistance } from './curve_fit';
import { type Convergence, convergenceOf, convergenceText, type Point } from './points';

/** A curve fitted to scores over numbers of training images. */
export interface SaturationFit extends Curve {
  /** Root of the mean squared residual, in points of the score. */
  rmse: number;
  /** The same at the largest n, of the curve fitted without it; null where too few n are left for that. */
  heldOut: number | null;
  /** Whether a parameter lies at the end of its range, so that the range speaks and not the data. */
  atBound: boolean;
  /** Which ones, and where: "limit 100 %". */
  bounds: string[];
  convergence: Convergence;
}

export interface SaturationOptions {
  /** Fits this family alone; default: the one that foretells the largest n best. */
  family?: FamilyName;
}

/**
 * Least squares fit of a curve that may saturate, of the family in curve_families.ts that foretells the scores at the
 * largest n best from the others (curveChooser). Unless a family is given, a rise within the scatter is none: the curve
 * is then the level of the mean score (levelUnlessRise), and its bound says "no rise".
 * @throws UsageError for fewer different n than parameters, or than three, and for a score that is no percentage
 */
export function fitSaturation(points: readonly Point[], options: SaturationOptions = {}): SaturationFit {
  checkKeys('fitSaturation', options, { family: true });
  const family = options.family && checkOneOf('family', options.family, familyNames);
  checkPoints(points, family ? Math.max(3, parameterCount(family)) : 3);
  const amounts = points.map(({ images }) => images);
  const scores = points.map(({ score }) => score);
  const curve = family
    ? curveFitter(family, amounts)(scores)
    : levelUnlessRise(curveChooser(amounts)(scores), amounts, scores);
  const bounds = [...valueBounds(curve), ...shapeBounds(curve)];
  return {
    ...curve,
    rmse: Math.sqrt(squaredDistance(curve, amounts, scores) / points.length),
    heldOut: heldOutError(curve.family, amounts)?.(scores) ?? null,
    atBound: bounds.length > 0,
    bounds,
    convergence: convergenceOf(points),
  };
}

/** The fitted score at n images. @throws UsageError unless n is above 0 */
export function scoreAt(fit: Curve, n: number): number {
  checkPositive('scoreAt: number of images', n);
  return curveAt(fit, n);
}

/** How many images a score takes, or why that cannot be told. */
export type EquivalentImages = { answerable: true; images: number } | Unanswerable;

export interface Unanswerable {
  answerable: false;
  /** `limit`: the curve tends to less; `beyond`, `below`: too far from what was measured. */
  why: 'unconverged' | 'bound' | 'limit' | 'beyond' | 'below';
  /** The same in a sentence with its numbers. */
  reason: string;
}

export interface EquivalentImagesOptions {
  /** Whether all trainings had come to their end; default: as the fit's points say. */
  converged?: boolean;
}

/** How many times beyond the largest n, or below the smallest, a curve is believed. */
export const reach = 4;

/**
 * How many images the fitted network needs for a score: what an equivariant network's score is worth in augmentation.
 * There is no answer where the runs had not converged, where the fit lies at a bound, and where the curve would have
 * to be believed too far from what was measured.
 * @throws UsageError for a score that is no percentage
 */
export function equivalentImages(
  fit: SaturationFit,
  score: number,
  options: EquivalentImagesOptions = {},
): EquivalentImages {
  checkKeys('equivalentImages', options, { converged: true });
  check(isPercentage(score), `equivalentImages: expected a score in percent, got ${score}`);
  const { converged = fit.convergence.unconverged === 0 } = options;
  check(
    typeof converged === 'boolean',
    () => `equivalentImages: converged: expected true or false, got ${converged}`,
  );
  const { first, last } = fit.span;
  const images = curveInverse(fit, score);
  const no = (why: Unanswerable['why'], reason: string): Unanswerable => ({ answerable: false, why, reason });
  if (!converged)
    return no(
      'unconverged',
      options.converged === false ? 'the runs had not converged' : convergenceText(fit.convergence),
    );
  if (fit.atBound) return no('bound', `the fitted curve lies at a bound: ${fit.bounds.join(', ')}`);
  if (score >= fit.limit) return no('limit', `its curve tends to ${fit.limit.toFixed(1)} %`);
  if (images > reach * last)
    return no('beyond', `more than ${reach} times as many as the most that were tried`);
  if (images < first / reach) return no('below', `less than 1/${reach} of the fewest that were tried`);
  return { answerable: true, images };
}

function valueBounds({ base, gain, family }: Curve): string[] {
  if (gain === 0) return ['no rise'];
  const end = families[family].saturates ? 'limit' : 'score at the largest n';
  return base + gain > 100 - 1e-9 ? [`${end} 100 %`] : [];
}

function isPercentage(score: number): boolean {
  return score >= 0 && score <= 100;
}

function checkPoints(points: readonly Point[], amounts: number): void {
  for (const { images, score } of points)
    check(
      images > 0 && Number.isFinite(images) && Number.isFinite(score),
      `fitSaturation: expected a number of images and a score, got ${images} and ${score}`,
    );
  for (const { score } of points)
    check(isPercentage(score), `fitSaturation: expected scores in percent, got ${score}`);
  const distinct = new Set(points.map(({ images }) => images)).size;
  check(
    distinct >= amounts,
    `fitSaturation: expected at least ${amounts} different numbers of images, got ${distinct}`,
  );
}
