import type { Random } from '../util/random';
import { fitSaturation, type Point, type SaturationFit, scoreAt } from './saturation';

/** The range that holds a number with the probability `level`, and what it was estimated as. */
export interface Interval {
  estimate: number;
  low: number;
  high: number;
}

export interface BootstrapOptions {
  random: Random;
  /** Default 500. */
  resamples?: number;
  /** Default 0.9. */
  level?: number;
}

/**
 * Percentile bootstrap of a number taken from a saturation fit, such as its limit or equivalentImages (Efron 1979).
 *
 * Where every n has several points (seeds), these are drawn again within each n; else the fit's residuals are.
 * With two or three seeds the intervals are rather too narrow.
 */
export function bootstrapSaturation(
  points: readonly Point[],
  statistic: (fit: SaturationFit) => number,
  { random, resamples = 500, level = 0.9 }: BootstrapOptions,
): Interval {
  const draw = hasSeeds(points) ? () => redrawSeeds(points, random) : residualRedraw(points, random);
  const values = Array.from({ length: resamples }, () => statistic(fitSaturation(draw()))).sort(ascending);
  const tail = (1 - level) / 2;
  return {
    estimate: statistic(fitSaturation(points)),
    low: quantile(values, tail),
    high: quantile(values, 1 - tail),
  };
}

function hasSeeds(points: readonly Point[]): boolean {
  return points.every((point, i) => points.some((other, j) => j !== i && other.n === point.n));
}

function redrawSeeds(points: readonly Point[], random: Random): Point[] {
  return points.map(({ n }) => {
    const seeds = points.filter((point) => point.n === n);
    return seeds[random.integer(seeds.length)];
  });
}

/** Residuals are stretched by sqrt(N/(N-3)), for the three fitted numbers make them too small. */
function residualRedraw(points: readonly Point[], random: Random): () => Point[] {
  const fit = fitSaturation(points);
  const stretch = points.length > 3 ? Math.sqrt(points.length / (points.length - 3)) : 1;
  const residuals = points.map(({ n, score }) => (score - scoreAt(fit, n)) * stretch);
  return () =>
    points.map(({ n }) => ({ n, score: scoreAt(fit, n) + residuals[random.integer(residuals.length)] }));
}

/** By order statistics, without interpolation: values may be infinite. */
function quantile(sorted: number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(q * (sorted.length - 1))))];
}

function ascending(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
