import { check } from '../util/check';

/** A score, in percent, reached with n training images. */
export interface Point {
  n: number;
  score: number;
}

/** The curve s(n) = limit - amplitude n^-exponent. */
export interface SaturationFit {
  /** What the score tends to with ever more images; 100 at most. */
  limit: number;
  amplitude: number;
  exponent: number;
  /** Root of the mean squared residual, in points of the score. */
  rmse: number;
}

/** Exponents that the search admits: a curve slower or faster than these cannot be told from a line or a step. */
const exponents = { low: 0.02, high: 4 };

/**
 * Least squares fit of a power law that saturates (Hestness et al. 2017, "Deep learning scaling is predictable,
 * empirically"), with amplitude >= 0 and limit <= 100.
 *
 * Limit and amplitude are linear once the exponent is given; so one number is searched, on a grid and then between
 * the best point's neighbours (golden section).
 * @throws UsageError for fewer than three different n
 */
export function fitSaturation(points: readonly Point[]): SaturationFit {
  const distinct = new Set(points.map((point) => point.n)).size;
  check(distinct >= 3, `fitSaturation: needs three different numbers of images, got ${distinct}`);
  const unit = Math.exp(points.reduce((sum, { n }) => sum + Math.log(n), 0) / points.length);
  const scaled = points.map(({ n, score }) => ({ n: n / unit, score }));
  const exponent = Math.exp(
    minimise((x) => linearFit(scaled, Math.exp(x)).rmse, Math.log(exponents.low), Math.log(exponents.high)),
  );
  const { limit, amplitude, rmse } = linearFit(scaled, exponent);
  return { limit, amplitude: amplitude * unit ** exponent, exponent, rmse };
}

/** The fitted score at n images. */
export function scoreAt({ limit, amplitude, exponent }: SaturationFit, n: number): number {
  return limit - amplitude * n ** -exponent;
}

/**
 * How many images the fitted network needs for a score: what an equivariant network's score is worth in augmentation.
 * @returns Infinity if the curve never reaches it
 */
export function equivalentImages(fit: SaturationFit, score: number): number {
  if (score >= fit.limit) return Number.POSITIVE_INFINITY;
  return (fit.amplitude / (fit.limit - score)) ** (1 / fit.exponent);
}

/** The best limit and amplitude for an exponent, within their bounds. */
function linearFit(points: readonly Point[], exponent: number): Omit<SaturationFit, 'exponent'> {
  const decay = points.map(({ n }) => n ** -exponent);
  const meanDecay = mean(decay);
  const meanScore = mean(points.map((point) => point.score));
  const covariance = mean(points.map(({ score }, i) => (decay[i] - meanDecay) * (score - meanScore)));
  const variance = mean(decay.map((value) => (value - meanDecay) ** 2));
  let amplitude = Math.max(0, -covariance / variance);
  let limit = meanScore + amplitude * meanDecay;
  if (limit > 100) {
    limit = 100;
    amplitude = mean(points.map(({ score }, i) => (100 - score) * decay[i])) / mean(decay.map((d) => d * d));
  }
  const squares = points.map(({ score }, i) => (score - limit + amplitude * decay[i]) ** 2);
  return { limit, amplitude, rmse: Math.sqrt(mean(squares)) };
}

/** Where a function with one deep valley between `low` and `high` is smallest, to 1e-9 of the interval. */
function minimise(f: (x: number) => number, low: number, high: number): number {
  const steps = 60;
  const grid = Array.from({ length: steps + 1 }, (_, i) => low + ((high - low) * i) / steps);
  const values = grid.map(f);
  const best = values.indexOf(Math.min(...values));
  let [a, b] = [grid[Math.max(0, best - 1)], grid[Math.min(steps, best + 1)]];
  const golden = (Math.sqrt(5) - 1) / 2;
  while (b - a > 1e-9 * (high - low)) {
    const [x1, x2] = [b - golden * (b - a), a + golden * (b - a)];
    if (f(x1) < f(x2)) b = x2;
    else a = x1;
  }
  return (a + b) / 2;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
