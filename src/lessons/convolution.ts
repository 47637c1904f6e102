import { so3SpectrumSize } from '../math/transform';
import { realRotationMatrix, realWignerMatrices } from '../math/wigner';

/**
 * The spectrum of a kernel on the group that lives on a few points: the plain sum of R^l(point) times the value.
 * @param values [points]
 * @param points [points], angles in radians, as groupPoints gives them
 * @returns [degrees (4 degrees^2 - 1) / 3], real harmonics
 */
export function kernelSpectrum(
  values: ArrayLike<number>,
  points: readonly (readonly [beta: number, alpha: number, gamma: number])[],
  degrees: number,
): Float64Array {
  const spectrum = new Float64Array(so3SpectrumSize(degrees));
  points.forEach(([beta, alpha, gamma], i) => {
    realWignerMatrices(degrees, beta).forEach((wigner, l) => {
      const start = so3SpectrumSize(l);
      realRotationMatrix(wigner, l, alpha, gamma).forEach((entry, k) => {
        spectrum[start + k] += values[i] * entry;
      });
    });
  });
  return spectrum;
}

/** The convolution theorem on the group: Z^l = X^l (Y^l)^T, one product of matrices per degree. */
export function convolveByDegree(x: Float64Array, y: Float64Array, degrees: number): Float64Array {
  const z = new Float64Array(so3SpectrumSize(degrees));
  for (let l = 0; l < degrees; l++) {
    const [start, size] = [so3SpectrumSize(l), 2 * l + 1];
    for (let m = 0; m < size; m++)
      for (let n = 0; n < size; n++)
        for (let p = 0; p < size; p++)
          z[start + m * size + n] += x[start + m * size + p] * y[start + n * size + p];
  }
  return z;
}
