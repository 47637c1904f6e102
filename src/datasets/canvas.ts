/**
 * Several digits on one sphere: a canvas of 2 x 2 cells, each 28 x 28 pixels, is projected in place of a digit.
 *
 * The paper does not say how its digits share a canvas; the cells are our choice. Digits never overlap, and each
 * is half as wide on the sphere as a digit alone.
 */
import { type ImageSet, imageSize } from './digits';
import { inkThreshold } from './mask';

export const canvasSize = 2 * imageSize;

/** A canvas with its digits' classes. */
export interface Canvas {
  /** [56, 56] */
  pixels: Uint8Array;
  /** mask class of each cell, row by row: label + 1; 0 for an empty cell */
  classes: Uint8Array;
}

/** A canvas with no digit on it. */
export function emptyCanvas(): Canvas {
  return { pixels: new Uint8Array(canvasSize * canvasSize), classes: new Uint8Array(4) };
}

/** Clears the canvas and puts digit number `chosen[i]` into cell number `cells[i]`. */
export function patchDigits(
  canvas: Canvas,
  digits: ImageSet,
  chosen: ArrayLike<number>,
  cells: ArrayLike<number>,
): void {
  canvas.pixels.fill(0);
  canvas.classes.fill(0);
  for (let i = 0; i < chosen.length; i++) {
    const corner = (cells[i] >> 1) * imageSize * canvasSize + (cells[i] & 1) * imageSize;
    for (let row = 0; row < imageSize; row++) {
      const from = (chosen[i] * imageSize + row) * imageSize;
      canvas.pixels.set(digits.pixels.subarray(from, from + imageSize), corner + row * canvasSize);
    }
    canvas.classes[cells[i]] = digits.labels[chosen[i]] + 1;
  }
}

/**
 * The class of each point of a sphere with several digits: that of the cell where the point lies.
 * @param sphere [2b, 2b], 0..255
 * @param positions where the points lie on the canvas, [4b^2, 2], row and column in pixels
 * @param mask [2b, 2b], written
 */
export function canvasMask(
  sphere: Uint8Array,
  positions: Float64Array,
  classes: Uint8Array,
  mask: Uint8Array,
): void {
  const edge = imageSize - 0.5;
  for (let k = 0; k < sphere.length; k++) {
    const cell = (positions[2 * k] > edge ? 2 : 0) + (positions[2 * k + 1] > edge ? 1 : 0);
    mask[k] = sphere[k] > inkThreshold ? classes[cell] : 0;
  }
}
