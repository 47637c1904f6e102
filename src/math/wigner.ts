import { check, checkInteger, checkNumber } from '../util/check';

/**
 * Wigner functions, in float64.
 *
 *   d^l_mn(beta) = <l m| exp(-i beta J_y) |l n>,   D^l_mn(alpha, beta, gamma) = e^{i m alpha} d^l_mn(beta) e^{i n gamma}
 *
 * d is real and orthogonal, d(0) = 1, and
 *
 *   d_{-m,-n} = (-1)^(m-n) d_mn = d_nm,   d_mn(pi - beta) = (-1)^(l-n) d_{-m,n}(beta).
 *
 * Real signals are described in the basis of real harmonics, where D becomes a real rotation matrix
 *
 *   R(R_z(alpha) R_y(beta) R_z(gamma)) = Z(alpha) d~(beta) Z(gamma).
 *
 * Order m > 0 stands for the cosine and -m for the sine of m times the azimuth; Z turns the pair (m, -m)
 * by m alpha; and d~ does not mix cosines with sines:
 *
 *   d~_{ m, n} = d_mn + (-1)^n d_{m,-n},   d~_{-m,-n} = d_mn - (-1)^n d_{m,-n}   (m, n > 0)
 *   d~_{m,0} = sqrt(2) d_m0,   d~_{0,n} = sqrt(2) d_0n,   d~_00 = d_00.
 */

/** (-1)^k. */
export function sign(k: number): number {
  return k % 2 === 0 ? 1 : -1;
}

/**
 * d^l_mn(beta) for all degrees l = max(|m|, |n|) .. degrees-1 at all angles.
 *
 * The three-term recurrence in l (Kostelec and Rockmore 2008, eq. 2.8) starts from the closed form at
 * l = max(|m|, |n|); logarithms instead of factorials, so nothing overflows.
 * @returns [l - max(|m|, |n|)][angle]
 * @throws UsageError for orders or a number of degrees that are no integers, or angles that are no list
 */
export function wignerByDegree(
  m: number,
  n: number,
  degrees: number,
  angles: ArrayLike<number>,
): Float64Array[] {
  for (const order of [m, n])
    checkNumber('wignerByDegree: order', order, 'that is an integer', Number.isInteger);
  checkInteger('wignerByDegree: degrees', degrees, 0);
  check(
    typeof angles === 'object' && angles?.length >= 0,
    () => `wignerByDegree: expected a list of angles in radians, got ${angles}`,
  );
  return rowsByDegree(m, n, degrees, angles);
}

/** wignerByDegree, by its symmetries from m >= |n|. */
function rowsByDegree(m: number, n: number, degrees: number, angles: ArrayLike<number>): Float64Array[] {
  if (Math.abs(n) > Math.abs(m))
    return rowsByDegree(n, m, degrees, angles).map((row) => scaled(row, sign(m - n)));
  if (m < 0) return rowsByDegree(-m, -n, degrees, angles).map((row) => scaled(row, sign(m - n)));
  const rows: Float64Array[] = [];
  const cosines = Float64Array.from(angles, Math.cos);
  for (let l = m; l < degrees; l++) {
    if (l === m) rows.push(Float64Array.from(angles, (beta) => topWigner(m, n, beta)));
    else rows.push(nextDegree(l - 1, m, n, cosines, rows[l - 1 - m], rows[l - 2 - m]));
  }
  return rows;
}

/** d^m_mn(beta) = (-1)^(m-n) sqrt((2m)! / ((m+n)! (m-n)!)) cos(beta/2)^(m+n) sin(beta/2)^(m-n), m >= |n|. */
function topWigner(m: number, n: number, beta: number): number {
  let logBinomial = 0;
  for (let k = 1; k <= m - n; k++) logBinomial += Math.log((m + n + k) / k);
  const cosine = power(Math.cos(beta / 2), m + n);
  const sine = power(Math.sin(beta / 2), m - n);
  return sign(m - n) * cosine.sign * sine.sign * Math.exp(logBinomial / 2 + cosine.log + sine.log);
}

/** base^exponent as a sign and a logarithm: large exponents of small numbers would underflow. */
function power(base: number, exponent: number): { sign: number; log: number } {
  if (exponent === 0) return { sign: 1, log: 0 };
  return { sign: base < 0 ? sign(exponent) : 1, log: exponent * Math.log(Math.abs(base)) };
}

/** d^(l+1) from d^l and d^(l-1). */
function nextDegree(
  l: number,
  m: number,
  n: number,
  cosines: Float64Array,
  current: Float64Array,
  previous: Float64Array | undefined,
): Float64Array {
  const up = ((l + 1) * (2 * l + 1)) / Math.sqrt(((l + 1) ** 2 - m * m) * ((l + 1) ** 2 - n * n));
  const shift = l === 0 ? 0 : (m * n) / (l * (l + 1));
  const down = l === 0 ? 0 : Math.sqrt((l * l - m * m) * (l * l - n * n)) / (l * (2 * l + 1));
  return current.map((d, j) => up * ((cosines[j] - shift) * d - (previous ? down * previous[j] : 0)));
}

function scaled(row: Float64Array, factor: number): Float64Array {
  return row.map((value) => factor * value);
}

/** The matrix d^l(beta), [(2l+1), (2l+1)], row-major, orders -l..l. @throws UsageError unless l is a degree */
export function wignerMatrix(l: number, beta: number): Float64Array {
  checkInteger('wignerMatrix: degree', l, 0);
  checkNumber('wignerMatrix: beta', beta, 'of radians');
  const size = 2 * l + 1;
  const d = new Float64Array(size * size);
  for (let m = -l; m <= l; m++)
    for (let n = -l; n <= l; n++)
      d[(m + l) * size + n + l] = wignerByDegree(m, n, l + 1, [beta])[
        l - Math.max(Math.abs(m), Math.abs(n))
      ][0];
  return d;
}

/** Of real harmonics of orders m and n: sqrt(1/2) for each that is 0. */
export function realFactor(m: number, n: number): number {
  return (m === 0 ? Math.SQRT1_2 : 1) * (n === 0 ? Math.SQRT1_2 : 1);
}

/** d~^l(beta) on real harmonics for all degrees l < degrees: [l][(2l+1), (2l+1)], row-major, orders -l..l. @throws UsageError unless they are so many */
export function realWignerMatrices(degrees: number, beta: number): Float64Array[] {
  checkInteger('realWignerMatrices: degrees', degrees, 0);
  checkNumber('realWignerMatrices: beta', beta, 'of radians');
  const matrices = Array.from({ length: degrees }, (_, l) => new Float64Array((2 * l + 1) ** 2));
  for (let m = 0; m < degrees; m++)
    for (let n = 0; n < degrees; n++) {
      const norm = realFactor(m, n);
      const mirrored = wignerByDegree(m, -n, degrees, [beta]);
      wignerByDegree(m, n, degrees, [beta]).forEach(([direct], step) => {
        const l = Math.max(m, n) + step;
        const size = 2 * l + 1;
        const other = sign(n) * mirrored[step][0];
        matrices[l][(l + m) * size + l + n] = norm * (direct + other);
        if (m > 0 && n > 0) matrices[l][(l - m) * size + l - n] = norm * (direct - other);
      });
    }
  return matrices;
}

/**
 * The rotation matrix Z(alpha) d~(beta) Z(gamma) of degree l on real harmonics, [(2l+1), (2l+1)], row-major:
 * it takes the spectrum of f to that of f(R^-1 x), R = Rz(alpha) Ry(beta) Rz(gamma).
 * @param wigner d~^l(beta), from realWignerMatrices
 * @throws UsageError unless it is of that degree, and the angles are numbers
 */
export function realRotationMatrix(
  wigner: Float64Array,
  l: number,
  alpha: number,
  gamma: number,
): Float64Array {
  checkInteger('realRotationMatrix: degree', l, 0);
  for (const angle of [alpha, gamma]) checkNumber('realRotationMatrix: angle', angle, 'of radians');
  const size = 2 * l + 1;
  check(
    wigner?.length === size ** 2,
    () =>
      `realRotationMatrix: expected ${size} x ${size} numbers for degree ${l}, got ${wigner?.length ?? wigner}`,
  );
  const matrix = wigner.slice();
  for (let m = 1; m <= l; m++) {
    const [c, s] = [Math.cos(m * alpha), Math.sin(m * alpha)];
    for (let n = 0; n < size; n++) turn(matrix, (l + m) * size + n, (l - m) * size + n, c, -s);
  }
  for (let n = 1; n <= l; n++) {
    const [c, s] = [Math.cos(n * gamma), Math.sin(n * gamma)];
    for (let m = 0; m < size; m++) turn(matrix, m * size + l + n, m * size + l - n, c, s);
  }
  return matrix;
}

/** Replaces the pair (x, y) by (c x + s y, -s x + c y). */
function turn(values: Float64Array, x: number, y: number, c: number, s: number): void {
  const a = values[x];
  const b = values[y];
  values[x] = c * a + s * b;
  values[y] = -s * a + c * b;
}
