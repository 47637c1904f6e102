import type { ImageSet } from '../datasets/digits';
import { type SphericalDataset, type SphericalRecipe, sphericalDataset } from '../datasets/spherical';
import { digitShares } from './surfaces';

/** Number `index` of many spheres [n, size, size]. */
export function sphereAt<T extends Uint8Array | Float32Array>(spheres: T, index: number, size: number): T {
  return spheres.subarray(index * size * size, (index + 1) * size * size) as T;
}

/** The mean share of the sphere's area that masks cover. */
export function meanArea(digits: ImageSet, recipe: Omit<SphericalRecipe, 'digits'>): number {
  const { masks, count, bandwidth } = sphericalDataset({ digits, ...recipe });
  return digitShares(masks, 2 * bandwidth).reduce((sum, { area }) => sum + area / count, 0);
}

/** How many different spheres a data set holds. */
export function countDifferent({ inputs, count }: SphericalDataset): number {
  const bytes = inputs.byteLength / count;
  const text = Buffer.from(inputs.buffer, inputs.byteOffset, inputs.byteLength).toString('latin1');
  return new Set(Array.from({ length: count }, (_, i) => text.slice(bytes * i, bytes * (i + 1)))).size;
}
