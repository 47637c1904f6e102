import { check, checkInteger } from '../util/check';
import { fourierAnalysis, fourierSynthesis } from './fourier';
import { betas, quadratureWeights } from './grid';
import { realFactor, sign, wignerByDegree } from './wigner';

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

/** [2b, 2b] (beta, alpha) to [degrees^2]. Exact if the signal has band limit b and degrees <= b. @throws UsageError for other sizes */
export function s2Analysis(x: ArrayLike<number>, b: number, degrees = b): Float64Array {
  checkSizes('s2Analysis', b, degrees);
  const size = 2 * b;
  checkLength('s2Analysis', x, size ** 2);
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

/** [degrees^2] to [2b, 2b] (beta, alpha). @throws UsageError for other sizes */
export function s2Synthesis(spectrum: ArrayLike<number>, b: number): Float64Array {
  const size = 2 * b;
  const degrees = Math.round(Math.sqrt(spectrum?.length ?? 0));
  checkSizes('s2Synthesis', b, degrees);
  checkLength('s2Synthesis', spectrum, s2SpectrumSize(degrees));
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
  rows.forEach((row, j) => {
    x.set(fourierSynthesis(row.cosine, row.sine, size), j * size);
  });
  return x;
}

/** [2b, 2b, 2b] (beta, alpha, gamma) to [degrees (4 degrees^2 - 1) / 3]; O(b^4). Exact as s2Analysis is. @throws UsageError for other sizes */
export function so3Analysis(x: ArrayLike<number>, b: number, degrees = b): Float64Array {
  checkSizes('so3Analysis', b, degrees);
  const size = 2 * b;
  checkLength('so3Analysis', x, size ** 3);
  const weights = quadratureWeights(b);
  const spectrum = new Float64Array(so3SpectrumSize(degrees));
  const orders = Math.min(degrees, b);
  const planes = Array.from({ length: size }, (_, j) =>
    planeAnalysis(slice(x, j * size * size, size * size), size, orders),
  );
  forEachPair(b, degrees, orders, (places, m, n, direct, mirrored) => {
    let [a, c, d, e] = [0, 0, 0, 0];
    for (let j = 0; j < size; j++) {
      const { cc, cs, sc, ss } = planes[j];
      const at = m * orders + n;
      a += weights[j] * direct[j] * (cc[at] - ss[at]);
      c += weights[j] * direct[j] * (cs[at] + sc[at]);
      d += weights[j] * mirrored[j] * (cc[at] + ss[at]);
      e += weights[j] * mirrored[j] * (sc[at] - cs[at]);
    }
    spectrum[places.cc] = a + d;
    if (n > 0) spectrum[places.cs] = e - c;
    if (m > 0) spectrum[places.sc] = c + e;
    if (m > 0 && n > 0) spectrum[places.ss] = a - d;
  });
  return spectrum;
}

/** [degrees (4 degrees^2 - 1) / 3] to [2b, 2b, 2b] (beta, alpha, gamma); O(b^4). @throws UsageError for other sizes */
export function so3Synthesis(spectrum: ArrayLike<number>, degrees: number, b: number): Float64Array {
  checkSizes('so3Synthesis', b, degrees);
  const size = 2 * b;
  checkLength('so3Synthesis', spectrum, so3SpectrumSize(degrees));
  const zeros = () => new Float64Array(degrees * degrees);
  const planes: Plane[] = Array.from({ length: size }, () => ({
    cc: zeros(),
    cs: zeros(),
    sc: zeros(),
    ss: zeros(),
  }));
  forEachPair(b, degrees, degrees, (places, m, n, direct, mirrored, l) => {
    const cc = spectrum[places.cc];
    const cs = n > 0 ? spectrum[places.cs] : 0;
    const sc = m > 0 ? spectrum[places.sc] : 0;
    const ss = m > 0 && n > 0 ? spectrum[places.ss] : 0;
    const at = m * degrees + n;
    for (let j = 0; j < size; j++) {
      const p = (2 * l + 1) * direct[j];
      const q = (2 * l + 1) * mirrored[j];
      planes[j].cc[at] += p * (cc + ss) + q * (cc - ss);
      planes[j].ss[at] += q * (cc - ss) - p * (cc + ss);
      planes[j].cs[at] += p * (sc - cs) - q * (sc + cs);
      planes[j].sc[at] += p * (sc - cs) + q * (sc + cs);
    }
  });
  const x = new Float64Array(size ** 3);
  planes.forEach((plane, j) => {
    x.set(planeSynthesis(plane, degrees, size), j * size * size);
  });
  return x;
}

/** Products of cosines and sines of m alpha and n gamma, each [orders, orders]. */
interface Plane {
  cc: Float64Array;
  cs: Float64Array;
  sc: Float64Array;
  ss: Float64Array;
}

function planeAnalysis(x: Float64Array, size: number, orders: number): Plane {
  const plane: Plane = { cc: square(orders), cs: square(orders), sc: square(orders), ss: square(orders) };
  const rows = Array.from({ length: size }, (_, k) => fourierAnalysis(slice(x, k * size, size), orders));
  for (let n = 0; n < orders; n++) {
    const cosines = fourierAnalysis(
      Float64Array.from(rows, (row) => row.cosine[n]),
      orders,
    );
    const sines = fourierAnalysis(
      Float64Array.from(rows, (row) => row.sine[n]),
      orders,
    );
    for (let m = 0; m < orders; m++) {
      plane.cc[m * orders + n] = cosines.cosine[m];
      plane.sc[m * orders + n] = cosines.sine[m];
      plane.cs[m * orders + n] = sines.cosine[m];
      plane.ss[m * orders + n] = sines.sine[m];
    }
  }
  return plane;
}

/** The transpose of planeAnalysis. */
function planeSynthesis({ cc, cs, sc, ss }: Plane, orders: number, size: number): Float64Array {
  const column = (from: Float64Array, n: number) =>
    Float64Array.from({ length: orders }, (_, m) => from[m * orders + n]);
  const cosines = Array.from({ length: orders }, (_, n) =>
    fourierSynthesis(column(cc, n), column(sc, n), size),
  );
  const sines = Array.from({ length: orders }, (_, n) =>
    fourierSynthesis(column(cs, n), column(ss, n), size),
  );
  const x = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const row = (waves: Float64Array[]) => Float64Array.from(waves, (wave) => wave[k]);
    x.set(fourierSynthesis(row(cosines), row(sines), size), k * size);
  }
  return x;
}

function square(orders: number): Float64Array {
  return new Float64Array(orders * orders);
}

/** Visits m, n >= 0 and l with the places of the four coefficients, d_mn and (-1)^n d_{m,-n} at all beta_j. */
function forEachPair(
  b: number,
  degrees: number,
  orders: number,
  visit: (
    places: { cc: number; cs: number; sc: number; ss: number },
    m: number,
    n: number,
    direct: Float64Array,
    mirrored: Float64Array,
    l: number,
  ) => void,
): void {
  const angles = betas(b);
  for (let m = 0; m < orders; m++)
    for (let n = 0; n < orders; n++) {
      const norm = realFactor(m, n);
      const mirrored = wignerByDegree(m, -n, degrees, angles);
      wignerByDegree(m, n, degrees, angles).forEach((row, step) => {
        const l = Math.max(m, n) + step;
        const at = (mm: number, nn: number) => so3SpectrumSize(l) + (l + mm) * (2 * l + 1) + l + nn;
        const places = { cc: at(m, n), cs: at(m, -n), sc: at(-m, n), ss: at(-m, -n) };
        const direct = row.map((d) => norm * d);
        const other = mirrored[step].map((d) => norm * sign(n) * d);
        visit(places, m, n, direct, other, l);
      });
    }
}

function checkSizes(who: string, b: number, degrees: number): void {
  checkInteger(`${who}: bandwidth`, b, 1);
  checkInteger(`${who}: degrees`, degrees, 0);
}

function checkLength(who: string, values: ArrayLike<number>, expected: number): void {
  check(
    values?.length === expected,
    () => `${who}: expected ${expected} numbers, got ${values?.length ?? values}`,
  );
}

function slice(x: ArrayLike<number>, start: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => x[start + i]);
}
