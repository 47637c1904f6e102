import type { ImageSet } from '../datasets/digits';
import { segmentationMask } from '../datasets/mask';
import { projectToSphere } from '../datasets/project';
import type { SphericalDataset } from '../datasets/spherical';
import { inverse, type Rotation } from '../math/rotation';
import { checkInteger } from '../util/check';

/**
 * The first digits of a set, all turned alike: what `es.evaluate` takes.
 * @throws UsageError for more images than the set has
 */
export function turnedSpheres(
  digits: ImageSet,
  { bandwidth, images, turn }: { bandwidth: number; images: number; turn: Rotation },
): SphericalDataset {
  checkInteger('turnedSpheres: images', images, 1, digits.count);
  const labels = digits.labels.slice(0, images);
  const pixels = digits.pixels.subarray(0, images * digits.size ** 2);
  const spheres = projectToSphere(pixels, { bandwidth, rotation: inverse(turn) });
  const inputs = Float32Array.from(spheres, (value) => value / 255);
  return { count: images, bandwidth, inputs, labels, masks: segmentationMask(spheres, labels, bandwidth) };
}
