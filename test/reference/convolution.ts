import { azimuths, betas } from '../../src/math/grid';
import { anglesZYZ, multiply, type Rotation, rotationZYZ } from '../../src/math/rotation';
import { so3SpectrumSize } from '../../src/math/transform';
import { realRotationMatrix, realWignerMatrices } from '../../src/math/wigner';

/**
 * The slow twin of the convolutions, from their definition: the output at a rotation R is a weighted sum of
 * the input at the points of the filter carried along by R,
 *
 *   z[j](R) = scale sum_i sum_points kernel[i, j, point] f_i(R point).
 *
 * Kernels are [inputs, outputs, points]; spectra are real harmonics in float64, one for each input channel.
 */
export function directConvolution(
  spectra: Float64Array[],
  degrees: number,
  kernel: ArrayLike<number>,
  points: readonly (readonly [beta: number, alpha: number, gamma: number])[],
  scale: number,
  bandOut: number,
  valueAt: (spectrum: Float64Array, degrees: number, rotation: Rotation) => number,
): Float64Array {
  const inputs = spectra.length;
  const outputs = kernel.length / inputs / points.length;
  const z: number[] = [];
  for (const beta of betas(bandOut))
    for (const alpha of azimuths(bandOut))
      for (const gamma of azimuths(bandOut)) {
        const sums = new Array<number>(outputs).fill(0);
        points.forEach(([b, a, g], p) => {
          const place = multiply(rotationZYZ(alpha, beta, gamma), rotationZYZ(a, b, g));
          for (let i = 0; i < inputs; i++) {
            const value = scale * valueAt(spectra[i], degrees, place);
            for (let j = 0; j < outputs; j++)
              sums[j] += value * kernel[(i * outputs + j) * points.length + p];
          }
        });
        z.push(...sums);
      }
  return Float64Array.from(z);
}

/** The value of a signal on the group at a rotation. */
export function groupValue(spectrum: Float64Array, degrees: number, rotation: Rotation): number {
  const [alpha, beta, gamma] = anglesZYZ(rotation);
  let value = 0;
  realWignerMatrices(degrees, beta).forEach((wigner, l) => {
    const matrix = realRotationMatrix(wigner, l, alpha, gamma);
    const start = so3SpectrumSize(l);
    for (let i = 0; i < matrix.length; i++) value += (2 * l + 1) * spectrum[start + i] * matrix[i];
  });
  return value;
}

/** The value of a signal on the sphere at R applied to the north pole. */
export function sphereValue(spectrum: Float64Array, degrees: number, rotation: Rotation): number {
  const [alpha, beta] = anglesZYZ(rotation);
  let value = 0;
  realWignerMatrices(degrees, beta).forEach((wigner, l) => {
    const matrix = realRotationMatrix(wigner, l, alpha, 0);
    for (let m = 0; m <= 2 * l; m++) value += (2 * l + 1) * spectrum[l * l + m] * matrix[m * (2 * l + 1) + l];
  });
  return value;
}
