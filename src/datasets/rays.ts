/**
 * Central projection of a square image on the unit sphere that touches the image's plane with its south pole.
 *
 * With the sphere around (0, 0, 1), the ray from (0, 0, 2.001) through a point p of the sphere cuts the plane
 * z = 0 in q; the image covers |q_x|, |q_y| < 1.5, rows along x: its centre is the south pole. Only the southern half
 * of the sphere shows the image: near the north pole the rays come back to it.
 */
import { identity, type Rotation } from '../math/rotation';
import type { Faults } from './faults';

const origin = 2.001;
const halfWidth = 1.5;

/** A position that no pixel is near to. */
const nowhere = -9;

/** Zeros around the image, so that positions near its border need no case of their own. */
const margin = 2;

/** Where rays through some points of the sphere meet images of one size; all memory is taken once. */
export class Rays {
  /** where the points, rotated, lie in the image: [n, 2], row and column in pixels */
  readonly positions: Float64Array;
  private readonly values: Float64Array;
  private readonly padded: Float64Array;
  private aimedAt: Rotation | undefined;

  /** @param points unit vectors, [n, 3] */
  constructor(
    private readonly points: Float64Array,
    private readonly size: number,
    private readonly faults: Pick<Faults, 'pole' | 'centre' | 'sampling'>,
  ) {
    const count = points.length / 3;
    this.positions = new Float64Array(2 * count);
    this.values = new Float64Array(count);
    this.padded = new Float64Array((size + 2 * margin) ** 2);
  }

  /** Rotates the points: from here on sphere(p) = image(rotation p). A rotation is never changed in place. */
  aim(rotation: Rotation = identity): void {
    if (rotation === this.aimedAt) return;
    this.aimedAt = rotation;
    const { points, positions, size } = this;
    const north = this.faults.pole;
    // Pixel centres lie at integers: the image reaches from -0.5 to size - 0.5.
    const edge = this.faults.centre ? 0 : 0.5;
    const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = rotation;
    for (let i = 0, k = 0; i < points.length; i += 3, k += 2) {
      const [x, y, z] = [points[i], points[i + 1], points[i + 2]];
      const pz = m6 * x + m7 * y + m8 * z;
      if (pz > 0 && !north) {
        positions[k] = nowhere;
        positions[k + 1] = nowhere;
        continue;
      }
      const px = m0 * x + m1 * y + m2 * z;
      const py = m3 * x + m4 * y + m5 * z;
      const s = -(pz + 1) / (pz + 1 - origin);
      positions[k] = ((s * px + px + halfWidth) / (2 * halfWidth)) * size - edge;
      positions[k + 1] = ((s * py + py + halfWidth) / (2 * halfWidth)) * size - edge;
    }
  }

  /**
   * The image at the points, as it is: 0..255. The array is overwritten by the next call.
   * @param images [m, size, size], of which image number `index` is taken
   */
  sample(images: Uint8Array, index = 0): Float64Array {
    this.pad(images, index);
    this.interpolate();
    return this.values;
  }

  private pad(images: Uint8Array, index: number): void {
    const { size, padded } = this;
    const width = size + 2 * margin;
    for (let row = 0, from = index * size * size; row < size; row++)
      for (let column = 0; column < size; column++, from++)
        padded[(row + margin) * width + column + margin] = images[from];
  }

  /** Bilinear interpolation between the pixels at `low` and `low + step` of each axis. */
  private interpolate(): void {
    const { positions, values, padded, size } = this;
    const blur = this.faults.sampling;
    const step = blur ? 2 : 1;
    const width = size + 2 * margin;
    for (let k = 0; k < values.length; k++) {
      const u = positions[2 * k];
      const v = positions[2 * k + 1];
      if (!(u > -2 && u < size + 1 && v > -2 && v < size + 1)) {
        values[k] = 0;
        continue;
      }
      const lowU = blur ? Math.trunc(u) - 1 : Math.floor(u);
      const lowV = blur ? Math.trunc(v) - 1 : Math.floor(v);
      const highU = lowU + step;
      const highV = lowV + step;
      const at = (lowU + margin) * width + lowV + margin;
      const below = at + step * width;
      const left = (highU - u) * padded[at] + (u - lowU) * padded[below];
      const right = (highU - u) * padded[at + step] + (u - lowU) * padded[below + step];
      values[k] = (highV - v) * left + (v - lowV) * right;
    }
  }
}
