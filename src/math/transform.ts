import { fourierAnalysis, fourierSynthesis } from './fourier';
import { azimuths, betas, quadratureWeights } from './grid';
import { realRotationMatrix, wignerByDegree } from './wigner';

/**
 * Spherical transforms in float64 and plain arrays: for spectrally exact rotations, for teaching, and as a
 * check on the fast ones. Spectra are in the basis of real harmonics (see wigner.ts).
 *
 *   sphere: X^l_m  at l^2 + l + m                       analysis  X^l = sum v_j R^l_{m0}(point) x
 *   group:  X^l_mn at l(4l^2-1)/3 + (l+m)(2l+1) + l+n   analysis  X^l = sum w_j R^l_{mn}(rotation) x
 *
 * and synthesis x = sum_l (2l+1) sum X^l R^l. X^0 is the mean.
 */

/** Number of coefficients of a signal on the sphere: degrees^2. */
export function s2SpectrumSize(degrees: number): number {
  return degrees * degrees;
}

/** Number of coefficients of a signal on the group, and the place where degree `degrees` would start. */
export function so3SpectrumSize(degrees: number): number {
  return (degrees * (4 * degrees * degrees - 1)) / 3;
}

/** [2b, 2b] (beta, alpha) to [degrees^2]. Exact if the signal has bandwidth b and degrees <= b. */
export function s2Analysis(x: ArrayLike<number>, b: number, degrees = b): Float64Array {
  const size = 2 * b;
  const weights = quadratureWeights(b).map((w) => size * w);
  const spectrum = new Float64Array(s2SpectrumSize(degrees));
  const orders = Math.min(degrees, b);
  const rows = Array.from({ length: size }, (_, j) => fourierAnalysis(slice(x, j * size, size), orders));
  for (let m = 0; m < orders; m++) {
    const norm = m === 0 ? 1 : Math.SQRT2;
    wignerByDegree(m, 0, degrees, betas(b)).forEach((d, step) => {
      const centre = (m + step) * (m + step + 1);
      for (let j = 0; j < size; j++) {
        const factor = norm * d[j] * weights[j];
        spectrum[centre + m] += factor * rows[j].cosine[m];
        if (m > 0) spectrum[centre - m] += factor * rows[j].sine[m];
      }
    });
  }
  return spectrum;
}

/** [degrees^2] to [2b, 2b] (beta, alpha). */
export function s2Synthesis(spectrum: ArrayLike<number>, b: number): Float64Array {
  const size = 2 * b;
  const degrees = Math.round(Math.sqrt(spectrum.length));
  const rows = Array.from({ length: size }, () => ({
    cosine: new Float64Array(degrees),
    sine: new Float64Array(degrees),
  }));
  for (let m = 0; m < degrees; m++) {
    const norm = m === 0 ? 1 : Math.SQRT2;
    wignerByDegree(m, 0, degrees, betas(b)).forEach((d, step) => {
      const l = m + step;
      for (let j = 0; j < size; j++) {
        const factor = norm * (2 * l + 1) * d[j];
        rows[j].cosine[m] += factor * spectrum[l * (l + 1) + m];
        if (m > 0) rows[j].sine[m] += factor * spectrum[l * (l + 1) - m];
      }
    });
  }
  const x = new Float64Array(size * size);
  rows.forEach((row, j) => x.set(fourierSynthesis(row.cosine, row.sine, size), j * size));
  return x;
}

/** [2b, 2b, 2b] (beta, alpha, gamma) to [degrees (4 degrees^2 - 1) / 3]; direct sums, O(b^6). */
export function so3Analysis(x: ArrayLike<number>, b: number, degrees = b): Float64Array {
  const weights = quadratureWeights(b);
  const spectrum = new Float64Array(so3SpectrumSize(degrees));
  forEachRotation(b, degrees, (l, point, j, matrix) => {
    const start = so3SpectrumSize(l);
    for (let i = 0; i < matrix.length; i++) spectrum[start + i] += weights[j] * x[point] * matrix[i];
  });
  return spectrum;
}

/** The inverse: [degrees (4 degrees^2 - 1) / 3] to [2b, 2b, 2b] (beta, alpha, gamma); direct sums, O(b^6). */
export function so3Synthesis(spectrum: ArrayLike<number>, degrees: number, b: number): Float64Array {
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
    for (let l = 0; l < degrees; l++)
      for (let k = 0; k < size * size; k++)
        visit(
          l,
          j * size * size + k,
          j,
          realRotationMatrix(l, angles[Math.floor(k / size)], beta, angles[k % size]),
        );
  });
}

function slice(x: ArrayLike<number>, start: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => x[start + i]);
}
