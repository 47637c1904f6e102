import type { FamilyName } from '../../analysis/curve_families';
import type { Interval } from '../../analysis/interval';
import { convergenceText } from '../../analysis/points';
import type { SaturationFit } from '../../analysis/saturation';
import type { ImagesWorth } from '../../analysis/worth';
import { compactCount, score } from './numbers';

/** A plain network, and what the equivariant one's score is worth to it. */
export interface NamedWorth extends ImagesWorth {
  /** "CNN 218k". */
  network: string;
}

/** The worth in a sentence: a number with its interval, or why there is none. */
export function worthText({ network, fit, level, answer, interval }: NamedWorth): string {
  const target = `${score(level.score)} %`;
  if (!answer.answerable) return `${network}: not answerable for ${target}, ${answer.reason}`;
  const { last } = fit.span;
  const beyond = answer.images > last ? [`extrapolated from at most ${compactCount(last)}`] : [];
  const details = [intervalText(interval), ...beyond, curveText(fit), convergenceText(fit.convergence)];
  return `${network}: ${imagesText(answer.images)} rotated images for ${target} (${details.join('; ')})`;
}

/** The families of curves in words. */
export const familyTitles: Record<FamilyName, string> = {
  straight: 'straight in log n',
  power: 'power law',
  logistic: 'logistic in log n',
};

/** Where a fitted curve goes: "logistic in log n, tends to 49.7 %". */
function curveText({ family, limit, atBound, bounds }: SaturationFit): string {
  const name = familyTitles[family];
  if (atBound) return `${name}, at its bound: ${bounds.join(', ')}`;
  return limit === Number.POSITIVE_INFINITY
    ? `${name}, no limit seen`
    : `${name}, tends to ${score(limit)} %`;
}

/** A number of images to two figures, as precise as a fit can tell. */
export function imagesText(images: number): string {
  return compactCount(Number(images.toPrecision(2)));
}

/** "1.2k to 2k", "1.2k or more": the ends of an interval of numbers of images. */
export function imagesRange({ low, high }: { low: number; high: number }): string {
  if (low === 0 && high === Number.POSITIVE_INFINITY) return 'any number';
  if (high === Number.POSITIVE_INFINITY) return `${imagesText(low)} or more`;
  return low === 0 ? `${imagesText(high)} or less` : `${imagesText(low)} to ${imagesText(high)}`;
}

function intervalText(interval: Interval): string {
  return interval.given
    ? `${Math.round(100 * interval.level)} % interval: ${imagesRange(interval)}`
    : `no interval: ${interval.reason}`;
}
