import { betas } from '../math/grid';
import { wignerByDegree } from '../math/wigner';

/**
 * How many digits of the mean of the Legendre polynomial P_l(cos beta) over the sphere some weights get right. The mean is
 * 0 for l > 0, so it is -log10 of what the weighted sum gives; 16 at most, for that is all a number has.
 * @param weights of a point of each row, [2b]
 * @param degrees some l > 0
 */
export function correctDigits(weights: Float64Array, degrees: readonly number[]): Float64Array {
  const rows = weights.length;
  const polynomials = wignerByDegree(0, 0, Math.max(...degrees) + 1, betas(rows / 2));
  return Float64Array.from(degrees, (l) => {
    const mean = polynomials[l].reduce((sum, value, j) => sum + rows * weights[j] * value, 0);
    return Math.min(16, -Math.log10(Math.abs(mean)));
  });
}
