import { bandwidthOf, quadratureWeights } from '../math/grid';
import { check } from '../util/check';

/** How much of a sphere a digit takes. */
export interface Shares {
  /** Of the grid's points, 0 to 1. */
  points: number;
  /** Of the sphere's area, 0 to 1. */
  area: number;
  /** |cos beta| of the digit's centre: 0 on the equator, 1 at a pole. */
  height: number;
}

/**
 * What the digits of some masks take of their spheres.
 * @param masks [n, size, size]
 * @throws UsageError if the size is that of no grid, or a mask is cut short
 */
export function digitShares(masks: Uint8Array, size: number): Shares[] {
  const weights = quadratureWeights(bandwidthOf(size)).map((w) => size * w);
  const count = masks.length / (size * size);
  check(
    Number.isInteger(count),
    () => `digitShares: expected whole masks of ${size * size} points, got ${masks.length}`,
  );
  return Array.from({ length: count }, (_, i) => {
    const mask = masks.subarray(i * size * size, (i + 1) * size * size);
    return shares(mask, size, weights);
  });
}

/** The centre is the mean of the digit's points, weighted by their area. */
function shares(mask: Uint8Array, size: number, weights: Float64Array): Shares {
  const centre = [0, 0, 0];
  let [points, area] = [0, 0];
  for (let k = 0; k < mask.length; k++) {
    if (mask[k] === 0) continue;
    const j = Math.floor(k / size);
    const beta = (Math.PI * (2 * j + 1)) / (2 * size);
    const alpha = (2 * Math.PI * (k % size)) / size;
    points += 1 / mask.length;
    area += weights[j];
    centre[0] += weights[j] * Math.sin(beta) * Math.cos(alpha);
    centre[1] += weights[j] * Math.sin(beta) * Math.sin(alpha);
    centre[2] += weights[j] * Math.cos(beta);
  }
  return { points, area, height: Math.abs(centre[2]) / Math.hypot(...centre) };
}

/** The share of some numbers in each of `bins` equal parts of low..high, and the middles of the parts. */
export function histogram(
  values: ArrayLike<number>,
  [low, high]: [number, number],
  bins: number,
): { x: Float64Array; y: Float64Array } {
  const width = (high - low) / bins;
  const y = new Float64Array(bins);
  for (let i = 0; i < values.length; i++)
    y[Math.min(bins - 1, Math.max(0, Math.floor((values[i] - low) / width)))] += 1 / values.length;
  return { x: Float64Array.from({ length: bins }, (_, i) => low + (i + 0.5) * width), y };
}
