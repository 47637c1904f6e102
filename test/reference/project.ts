/**
 * The projection of the released generator, corrected, as its formulas are written: one point at a time, with
 * bounds checked at each pixel. Slow twin of src/datasets/projector.ts.
 */
import type { Rotation } from '../../src/math/rotation';

/** @param image [28, 28] @returns [2b, 2b], rescaled to 0..255 and rounded down */
export function projectSlowly(image: Uint8Array, bandwidth: number, rotation: Rotation): number[] {
  const values: number[] = [];
  for (let i = 0; i < 2 * bandwidth; i++)
    for (let j = 0; j < 2 * bandwidth; j++) {
      const beta = (Math.PI * (2 * i + 1)) / (4 * bandwidth);
      const alpha = (2 * Math.PI * j) / (2 * bandwidth);
      const point = [Math.sin(beta) * Math.cos(alpha), Math.sin(beta) * Math.sin(alpha), Math.cos(beta)];
      values.push(inkAt(image, apply(rotation, point)));
    }
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (high === low ? 0 : Math.floor((255 * (value - low)) / (high - low))));
}

function apply(matrix: Rotation, point: number[]): number[] {
  return [0, 1, 2].map((row) => [0, 1, 2].reduce((sum, k) => sum + matrix[3 * row + k] * point[k], 0));
}

function inkAt(image: Uint8Array, [x, y, z]: number[]): number {
  if (z > 0) return 0;
  const height = z + 1;
  const s = -height / (height - 2.001);
  const [u, v] = [x, y].map((coordinate) => 13.5 + (28 / 3) * (s + 1) * coordinate);
  let sum = 0;
  for (let row = 0; row < 28; row++)
    for (let column = 0; column < 28; column++)
      sum += tent(u - row) * tent(v - column) * image[28 * row + column];
  return sum;
}

/** Bilinear interpolation: each pixel spreads over one pixel's width to both sides. */
function tent(distance: number): number {
  return Math.max(0, 1 - Math.abs(distance));
}
