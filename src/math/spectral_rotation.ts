import { anglesZYZ, type Rotation } from './rotation';
import {
  s2Analysis,
  s2SpectrumSize,
  s2Synthesis,
  so3Analysis,
  so3SpectrumSize,
  so3Synthesis,
} from './transform';
import { realRotationMatrix, realWignerMatrices } from './wigner';

/**
 * Rotations without interpolation: (L_R f)(x) = f(R^-1 x) multiplies the spectrum of each degree from the
 * left by its rotation matrix. Exact for band-limited signals.
 */

/** Rotates a spectrum on the sphere, [degrees^2]. */
export function rotateS2Spectrum(spectrum: Float64Array, rotation: Rotation): Float64Array {
  const degrees = Math.round(Math.sqrt(spectrum.length));
  const rotated = new Float64Array(spectrum.length);
  rotationMatrices(degrees, rotation).forEach((matrix, l) => {
    rotateDegree(spectrum, rotated, s2SpectrumSize(l), matrix, 1);
  });
  return rotated;
}

/** Rotates a spectrum on the group from the left, [degrees (4 degrees^2 - 1) / 3]. */
export function rotateSO3Spectrum(spectrum: Float64Array, degrees: number, rotation: Rotation): Float64Array {
  const rotated = new Float64Array(spectrum.length);
  rotationMatrices(degrees, rotation).forEach((matrix, l) => {
    rotateDegree(spectrum, rotated, so3SpectrumSize(l), matrix, 2 * l + 1);
  });
  return rotated;
}

/** Rotates a band-limited signal on the sphere, [2b, 2b] (beta, alpha). */
export function rotateS2(x: ArrayLike<number>, b: number, rotation: Rotation): Float64Array {
  return s2Synthesis(rotateS2Spectrum(s2Analysis(x, b), rotation), b);
}

/** Rotates a band-limited signal on the group, [2b, 2b, 2b] (beta, alpha, gamma). */
export function rotateSO3(x: ArrayLike<number>, b: number, rotation: Rotation): Float64Array {
  return so3Synthesis(rotateSO3Spectrum(so3Analysis(x, b), b, rotation), b, b);
}

function rotationMatrices(degrees: number, rotation: Rotation): Float64Array[] {
  const [alpha, beta, gamma] = anglesZYZ(rotation);
  return realWignerMatrices(degrees, beta).map((wigner, l) => realRotationMatrix(wigner, l, alpha, gamma));
}

/** to = matrix x from, for the block [orders, columns] that begins at `start`. */
function rotateDegree(
  from: Float64Array,
  to: Float64Array,
  start: number,
  matrix: Float64Array,
  columns: number,
): void {
  const size = Math.sqrt(matrix.length);
  for (let m = 0; m < size; m++)
    for (let k = 0; k < size; k++)
      for (let n = 0; n < columns; n++)
        to[start + m * columns + n] += matrix[m * size + k] * from[start + k * columns + n];
}
