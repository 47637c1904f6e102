/**
 * What is drawn for each sample of a data set: independent streams for digits, rotations and cells, so that
 * data sets that differ in one axis share the others, and a longer one begins with the shorter one.
 */
import { type Rotation, randomRotation } from '../math/rotation';
import { Random } from '../util/random';

/** Which digits are used, [draws]: passes over all of them, each in an order of its own, the last one broken off. */
export function drawDigits(count: number, draws: number, seed: number): Uint32Array {
  const chosen = new Uint32Array(draws);
  for (let start = 0, pass = 0; start < draws; start += count, pass++)
    chosen.set(
      Random.of(seed, 'digits', pass)
        .permutation(count)
        .subarray(0, draws - start),
      start,
    );
  return chosen;
}

/** Which of `rotations` distinct rotations an image has: each serves one block of consecutive images. */
export function rotationIndex(image: number, images: number, rotations: number): number {
  return Math.floor((image * rotations) / images);
}

/** Which rotation an image of the released generator has: 500 consecutive ones share it. */
export function releasedRotationIndex(image: number): number {
  return Math.floor(image / 500);
}

/** The distinct rotation of that index, Haar-uniform. */
export function drawRotation(index: number, seed: number): Rotation {
  return randomRotation(Random.of(seed, 'rotation', index));
}

/** Which of the four cells of a canvas hold digits, [digits], all different. */
export function drawCells(digits: number, image: number, seed: number): Uint32Array {
  return Random.of(seed, 'cells', image).permutation(4).subarray(0, digits);
}
