import type { ImageSet } from '../datasets/digits';
import type { Faults } from '../datasets/faults';
import { segmentationMask } from '../datasets/mask';
import { projectToSphere } from '../datasets/project';
import { quadratureWeights } from '../math/grid';
import { inverse, randomRotation } from '../math/rotation';
import { rotateS2 } from '../math/spectral_rotation';
import { Random } from '../util/random';

/** What faults of a generator do to its pictures. */
export interface FaultCost {
  /** Of the masks with the faults and those without: intersection over union, 0 to 1. */
  overlap: number;
  /**
   * How far the picture of a turned digit is from the turned picture: ||projected turned - turned spectrally||, relative.
   * Not 0 without faults either: strokes have more degrees than the grid holds.
   */
  turning: number;
}

/** Means over the first `count` digits, each in a random rotation. */
export function faultCost(
  digits: ImageSet,
  faults: Partial<Faults>,
  options: { bandwidth: number; count: number; seed: number },
): FaultCost {
  const { bandwidth, count, seed } = options;
  const area = digits.size ** 2;
  const cost = { overlap: 0, turning: 0 };
  for (let i = 0; i < count; i++) {
    const image = digits.pixels.subarray(i * area, (i + 1) * area);
    const rotation = randomRotation(Random.of(seed, 'fault', i));
    const right = projectToSphere(image, { bandwidth, rotation });
    const wrong = projectToSphere(image, { bandwidth, rotation, faults });
    const upright = projectToSphere(image, { bandwidth, faults });
    cost.overlap += overlapOf(right, wrong, bandwidth) / count;
    cost.turning += distance(rotateS2(upright, bandwidth, inverse(rotation)), wrong, bandwidth) / count;
  }
  return cost;
}

function overlapOf(a: Uint8Array, b: Uint8Array, bandwidth: number): number {
  const [first, second] = [a, b].map((sphere) => segmentationMask(sphere, Uint8Array.of(0), bandwidth));
  let [both, either] = [0, 0];
  for (let k = 0; k < first.length; k++) {
    both += first[k] & second[k];
    either += first[k] | second[k];
  }
  return either === 0 ? 1 : both / either;
}

/** ||x - y|| / ||y||, points weighted by their area. */
function distance(x: ArrayLike<number>, y: ArrayLike<number>, bandwidth: number): number {
  const weights = quadratureWeights(bandwidth);
  let [difference, norm] = [0, 0];
  for (let k = 0; k < y.length; k++) {
    const weight = weights[Math.floor(k / (2 * bandwidth))];
    difference += weight * (x[k] - y[k]) ** 2;
    norm += weight * y[k] ** 2;
  }
  return Math.sqrt(difference / norm);
}
