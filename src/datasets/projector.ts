import { betas } from '../math/grid';
import type { Rotation } from '../math/rotation';
import type { Faults } from './faults';
import { Rays } from './rays';

/** Projects images of one size on one grid; all memory is taken once. */
export class Projector {
  /** points of the grid, 4b^2 */
  readonly points: number;
  private readonly rays: Rays;

  constructor(
    readonly bandwidth: number,
    readonly size: number,
    faults: Faults,
  ) {
    this.points = 4 * bandwidth * bandwidth;
    this.rays = new Rays(gridPoints(bandwidth, faults.grid), size, faults);
  }

  /** where the points of the grid, rotated, lie in the image: [4b^2, 2], row and column in pixels */
  get positions(): Float64Array {
    return this.rays.positions;
  }

  /** Rotates the grid: from here on sphere(p) = image(rotation p). A rotation is never changed in place. */
  aim(rotation?: Rotation): void {
    this.rays.aim(rotation);
  }

  /**
   * The image on the sphere, rescaled by its own least and greatest value to 0..255, rounded down.
   * @param images [n, size, size], of which image number `index` is taken
   * @param sphere [m, 2b, 2b], beta then alpha, of which sphere number `at` is written
   */
  project(images: Uint8Array, index: number, sphere: Uint8Array, at: number): void {
    const values = this.rays.sample(images, index);
    let [low, high] = [Infinity, -Infinity];
    for (let k = 0; k < values.length; k++) {
      if (values[k] < low) low = values[k];
      if (values[k] > high) high = values[k];
    }
    const range = high > low ? high - low : 1;
    for (let k = 0, to = at * values.length; k < values.length; k++, to++)
      sphere[to] = ((values[k] - low) / range) * 255;
  }
}

/** Unit vectors of the grid, [4b^2, 3]; polar: the first row lies on the pole. */
function gridPoints(bandwidth: number, polar: boolean): Float64Array {
  const side = 2 * bandwidth;
  const points = new Float64Array(3 * side * side);
  const polarAngles = polar
    ? Float64Array.from({ length: side }, (_, i) => (i * Math.PI) / side)
    : betas(bandwidth);
  for (let i = 0, k = 0; i < side; i++)
    for (let j = 0; j < side; j++, k += 3) {
      const alpha = (j * Math.PI) / bandwidth;
      points[k] = Math.sin(polarAngles[i]) * Math.cos(alpha);
      points[k + 1] = Math.sin(polarAngles[i]) * Math.sin(alpha);
      points[k + 2] = Math.cos(polarAngles[i]);
    }
  return points;
}
