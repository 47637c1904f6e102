import { azimuths, betas } from '../math/grid';
import type { Rotation } from '../math/rotation';

/**
 * Rotates a signal on the sphere, [2b, 2b] (beta, alpha), as images are rotated: f(R^-1 p) on every grid point p, bilinear
 * in (beta, alpha). Beyond a pole lies the row before it, half a turn on.
 */
export function rotateByInterpolation(x: Float64Array, b: number, rotation: Rotation): Float64Array {
  const size = 2 * b;
  const at = (row: number, column: number) => {
    const beyond = row < 0 || row >= size;
    const r = row < 0 ? 0 : Math.min(row, size - 1);
    return x[r * size + ((column + (beyond ? b : 0)) % size)];
  };
  const [polar, azimuth] = [betas(b), azimuths(b)];
  return Float64Array.from({ length: size * size }, (_, i) => {
    const [beta, alpha] = [polar[Math.floor(i / size)], azimuth[i % size]];
    const p = [Math.sin(beta) * Math.cos(alpha), Math.sin(beta) * Math.sin(alpha), Math.cos(beta)];
    const q = [0, 1, 2].map((k) => rotation[k] * p[0] + rotation[3 + k] * p[1] + rotation[6 + k] * p[2]);
    const row = (Math.acos(Math.max(-1, Math.min(1, q[2]))) * size) / Math.PI - 0.5;
    const column = ((Math.atan2(q[1], q[0]) / (2 * Math.PI) + 1) % 1) * size;
    const [j, k] = [Math.floor(row), Math.floor(column)];
    const [u, v] = [row - j, column - k];
    return (
      (1 - u) * ((1 - v) * at(j, k) + v * at(j, k + 1)) + u * ((1 - v) * at(j + 1, k) + v * at(j + 1, k + 1))
    );
  });
}
