import type { ImageSet } from '../datasets/digits';
import { segmentationMask } from '../datasets/mask';
import { projectToSphere } from '../datasets/project';
import { type SphericalDataset, type SphericalRecipe, sphericalDataset } from '../datasets/spherical';
import type { Rotation } from '../math/rotation';
import { checkInteger } from '../util/check';
import { digitShares } from './surfaces';

/** Number `index` of many spheres [n, size, size]. */
export function sphereAt<T extends Uint8Array | Float32Array>(spheres: T, index: number, size: number): T {
  return spheres.subarray(index * size * size, (index + 1) * size * size) as T;
}

/**
 * The first digits of a set on spheres, all in the same place.
 * @throws UsageError for more digits than there are
 */
export function placedDigits(
  digits: ImageSet,
  { bandwidth, count, rotation }: { bandwidth: number; count: number; rotation: Rotation },
): SphericalDataset {
  checkInteger('placedDigits: count', count, 1, digits.count);
  const labels = digits.labels.slice(0, count);
  const spheres = projectToSphere(digits.pixels.subarray(0, count * digits.size ** 2), {
    bandwidth,
    rotation,
  });
  const masks = segmentationMask(spheres, labels, bandwidth);
  return { count, bandwidth, inputs: Float32Array.from(spheres, (value) => value / 255), labels, masks };
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
