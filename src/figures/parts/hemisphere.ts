/**
 * Views of a sphere: the hemisphere about a direction, seen from the sphere's centre, drawn flat (orthographic). Seen
 * from there digits are not mirrored: the data are projected from above the north pole on the southern half.
 */

type Vector = readonly [number, number, number];

/** The side of the square picture in pixels. */
const viewSize = 96;

/** A picture of half a sphere, rows from the top, null outside the disc. */
export type View = (number | null)[][];

/**
 * The direction in which a signal is largest: the mean of the grid's points, weighted by signal and area.
 * @param signal [2b, 2b], beta then alpha, of any non-negative numbers
 * @returns a unit vector; the south pole for a signal that has no direction
 */
export function centreOf(signal: ArrayLike<number>, size: number): Vector {
  const sum = [0, 0, 0];
  for (let j = 0; j < size; j++) {
    const beta = (Math.PI * (2 * j + 1)) / (2 * size);
    for (let k = 0; k < size; k++) {
      const weight = signal[j * size + k] * Math.sin(beta);
      const p = pointAt(beta, (2 * Math.PI * k) / size);
      for (let i = 0; i < 3; i++) sum[i] += weight * p[i];
    }
  }
  const norm = Math.hypot(...sum);
  return norm < 1e-9 ? [0, 0, -1] : [sum[0] / norm, sum[1] / norm, sum[2] / norm];
}

/**
 * Draws the hemisphere about a direction; each pixel has the value of the nearest grid point.
 * @param signal [2b, 2b], beta then alpha
 */
export function hemisphere(signal: ArrayLike<number>, size: number, centre: Vector): View {
  const { right, up } = frame(centre);
  return Array.from({ length: viewSize }, (_, row) => {
    const v = 1 - (2 * row + 1) / viewSize;
    return Array.from({ length: viewSize }, (_, column) => {
      const u = (2 * column + 1) / viewSize - 1;
      if (u * u + v * v > 1) return null;
      const depth = Math.sqrt(1 - u * u - v * v);
      const [x, y, z] = [0, 1, 2].map((i) => u * right[i] + v * up[i] + depth * centre[i]);
      return signal[nearestPoint(x, y, z, size)];
    });
  });
}

/** Index of the grid point next to a direction; the grid is that of src/math/grid. */
export function nearestPoint(x: number, y: number, z: number, size: number): number {
  const beta = Math.acos(Math.max(-1, Math.min(1, z)));
  const j = Math.min(size - 1, Math.floor((beta / Math.PI) * size));
  const turn = Math.round((Math.atan2(y, x) / (2 * Math.PI)) * size);
  return j * size + ((turn + size) % size);
}

/**
 * Right and up of the picture: the shortest turn that takes the south pole to `centre` takes y and -x, the right and
 * the up of an unrotated digit, to them.
 */
export function frame([x, y, z]: Vector): { right: Vector; up: Vector } {
  if (z > 1 - 1e-9) return { right: [0, 1, 0], up: [1, 0, 0] };
  const s = 1 / (1 - z);
  return { right: [-x * y * s, 1 - y * y * s, y], up: [x * x * s - 1, x * y * s, -x] };
}

function pointAt(beta: number, alpha: number): Vector {
  return [Math.sin(beta) * Math.cos(alpha), Math.sin(beta) * Math.sin(alpha), Math.cos(beta)];
}
