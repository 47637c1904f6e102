import { azimuths, betas, quadratureWeights } from '../../src/math/grid';
import { so3SpectrumSize } from '../../src/math/transform';
import { realRotationMatrix, realWignerMatrices } from '../../src/math/wigner';

/** The slow twins of the SO(3) transforms: direct sums over all points and coefficients, as the formulas stand. */

/** [2b, 2b, 2b] (beta, alpha, gamma) to [degrees (4 degrees^2 - 1) / 3]; direct sums, O(b^6). */
export function directSO3Analysis(x: ArrayLike<number>, b: number, degrees = b): Float64Array {
  const weights = quadratureWeights(b);
  const spectrum = new Float64Array(so3SpectrumSize(degrees));
  forEachRotation(b, degrees, (l, point, j, matrix) => {
    const start = so3SpectrumSize(l);
    for (let i = 0; i < matrix.length; i++) spectrum[start + i] += weights[j] * x[point] * matrix[i];
  });
  return spectrum;
}

/** The inverse: [degrees (4 degrees^2 - 1) / 3] to [2b, 2b, 2b] (beta, alpha, gamma); direct sums, O(b^6). */
export function directSO3Synthesis(spectrum: ArrayLike<number>, degrees: number, b: number): Float64Array {
  const x = new Float64Array((2 * b) ** 3);
  forEachRotation(b, degrees, (l, point, _j, matrix) => {
    const start = so3SpectrumSize(l);
    let sum = 0;
    for (let i = 0; i < matrix.length; i++) sum += spectrum[start + i] * matrix[i];
    x[point] += (2 * l + 1) * sum;
  });
  return x;
}

function forEachRotation(
  b: number,
  degrees: number,
  visit: (l: number, point: number, j: number, matrix: Float64Array) => void,
): void {
  const size = 2 * b;
  const angles = azimuths(b);
  betas(b).forEach((beta, j) => {
    realWignerMatrices(degrees, beta).forEach((wigner, l) => {
      for (let k = 0; k < size * size; k++) {
        const matrix = realRotationMatrix(wigner, l, angles[Math.floor(k / size)], angles[k % size]);
        visit(l, j * size * size + k, j, matrix);
      }
    });
  });
}
