import { check } from '../util/check';

/** Ink above this value is digit, the rest background. */
export const inkThreshold = 150;

/**
 * The class of each point of a sphere with one digit on it.
 * @param sphere [n, 2b, 2b], 0..255
 * @param labels [n], 0..9
 * @returns [n, 2b, 2b]: label + 1 where the sphere is above 150, else 0
 */
export function segmentationMask(sphere: Uint8Array, labels: Uint8Array, bandwidth: number): Uint8Array {
  const points = 4 * bandwidth * bandwidth;
  check(
    sphere.length === labels.length * points,
    () =>
      `segmentationMask: expected [${labels.length}, ${2 * bandwidth}, ${2 * bandwidth}], got ${sphere.length} values`,
  );
  const mask = new Uint8Array(sphere.length);
  for (let n = 0, k = 0; n < labels.length; n++)
    for (const end = k + points; k < end; k++) if (sphere[k] > inkThreshold) mask[k] = labels[n] + 1;
  return mask;
}
