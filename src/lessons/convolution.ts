import { anglesZYZ, type Rotation } from '../math/rotation';
import { s2SpectrumSize, so3SpectrumSize } from '../math/transform';
import { realRotationMatrix, realWignerMatrices } from '../math/wigner';

/** A point of a filter: Rz(alpha) Ry(beta) Rz(gamma), in radians; on the sphere gamma is 0. */
export type FilterPoint = readonly [beta: number, alpha: number, gamma: number];

/**
 * The spectrum of a filter on the group that lives on a few points: the plain sum of R^l(point) times the value.
 * @param values [points]
 * @param points [points], as groupPoints gives them
 * @returns [degrees (4 degrees^2 - 1) / 3], real harmonics
 */
export function kernelSpectrum(
  values: ArrayLike<number>,
  points: readonly FilterPoint[],
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

/**
 * The spectrum of a filter on the sphere: the middle column (n = 0) of the one on the group.
 * @param points [points], as spherePoints gives them
 * @returns [degrees^2], real harmonics
 */
export function sphereKernelSpectrum(
  values: ArrayLike<number>,
  points: readonly (readonly [beta: number, alpha: number])[],
  degrees: number,
): Float64Array {
  const onGroup = kernelSpectrum(
    values,
    points.map(([beta, alpha]) => [beta, alpha, 0] as const),
    degrees,
  );
  const spectrum = new Float64Array(s2SpectrumSize(degrees));
  for (let l = 0; l < degrees; l++)
    for (let m = 0; m <= 2 * l; m++)
      spectrum[s2SpectrumSize(l) + m] = onGroup[so3SpectrumSize(l) + m * (2 * l + 1) + l];
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

/** The same from the sphere to the group: Z^l = x^l (y^l)^T, a column times a row. */
export function convolveOnSphere(x: Float64Array, y: Float64Array, degrees: number): Float64Array {
  const z = new Float64Array(so3SpectrumSize(degrees));
  for (let l = 0; l < degrees; l++) {
    const [start, from, size] = [so3SpectrumSize(l), s2SpectrumSize(l), 2 * l + 1];
    for (let m = 0; m < size; m++)
      for (let n = 0; n < size; n++) z[start + m * size + n] = x[from + m] * y[from + n];
  }
  return z;
}

/**
 * From the group to the sphere: in each degree the matrix times one fixed vector.
 * @param vector its entry at order n of degree l; the sum over gamma is 1 at n = 0 and 0 elsewhere
 * @returns [degrees^2]
 */
export function combineColumns(
  spectrum: Float64Array,
  degrees: number,
  vector: (n: number, l: number) => number,
): Float64Array {
  const combined = new Float64Array(s2SpectrumSize(degrees));
  for (let l = 0; l < degrees; l++)
    for (let m = -l; m <= l; m++)
      for (let n = -l; n <= l; n++)
        combined[l * l + l + m] +=
          spectrum[so3SpectrumSize(l) + (l + m) * (2 * l + 1) + l + n] * vector(n, l);
  return combined;
}

/** The value of a signal on the group at any rotation, on the grid or not: sum over l of (2l+1) X^l . R^l. */
export function valueAt(spectrum: Float64Array, degrees: number, rotation: Rotation): number {
  const [alpha, beta, gamma] = anglesZYZ(rotation);
  let value = 0;
  realWignerMatrices(degrees, beta).forEach((wigner, l) => {
    const start = so3SpectrumSize(l);
    realRotationMatrix(wigner, l, alpha, gamma).forEach((entry, k) => {
      value += (2 * l + 1) * spectrum[start + k] * entry;
    });
  });
  return value;
}
