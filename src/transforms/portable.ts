import * as tf from '@tensorflow/tfjs';
import { quadratureWeights } from '../math/grid';
import { sign } from '../math/wigner';
import { fourierValues, groupWignerRows } from './tables';
import type { Truncation } from './truncation';

/**
 * The same transforms in TensorFlow.js's own operations, for engines without our kernels: the steps of so3.ts,
 * with degrees padded to the same number of orders. Gradients come from TensorFlow.js.
 *
 * Spectra are [degrees, batch, 2 left - 1, 2 right - 1, channels]; coefficients with |m| > l or |n| > l are 0.
 * On the sphere right is 1 and there is no gamma.
 */

const constants = new Map<string, tf.Tensor>();

/** A constant tensor, made once on each engine and kept: WebGPU cannot hand its tensors to another. */
export function constant(name: string, make: () => tf.Tensor): tf.Tensor {
  const key = `${tf.getBackend()} ${name}`;
  const known = constants.get(key);
  if (known && !known.isDisposed) return known;
  const made = tf.keep(tf.tidy(make));
  constants.set(key, made);
  return made;
}

/** [batch, 2b, 2b, (2b,) channels] to the spectrum, quadrature weights included. */
export function portableAnalysis(x: tf.Tensor, b: number, t: Truncation): tf.Tensor {
  return tf.tidy(() => {
    const [batch, channels] = [x.shape[0], x.shape[x.rank - 1]];
    const size = 2 * b;
    const v = fourierAnalysis(x, size, t); // [2 left, (1 or 2) right, beta, batch channels]
    const [A, B, C, D] = quarters(v, t);
    const w = tf.concat([A.sub(D), B.add(C), tf.reverse(A.add(D), 2), tf.reverse(C.sub(B), 2)], 3);
    const pairs = t.left * t.right;
    const width = batch * channels;
    const s = tf.matMul(wignerTensor(b, t, x.rank === 4, 'analysis'), w.reshape([pairs, size, 4 * width]));
    const [a, c, p, q] = tf.split(s.reshape([t.left, t.right, t.degrees, 4 * width]), 4, 3);
    const e = alternation(t);
    const [eb, ed] = [p.mul(e), q.mul(e)];
    const full = withSines(a.add(eb), ed.sub(c), c.add(ed), a.sub(eb)); // [2 left - 1, 2 right - 1, l, batch channels]
    const orders = [2 * t.left - 1, 2 * t.right - 1];
    return full.reshape([...orders, t.degrees, batch, channels]).transpose([2, 3, 0, 1, 4]);
  });
}

/** The spectrum to [batch, 2b, 2b, (2b,) channels], factors 2l+1 included. */
export function portableSynthesis(
  spectrum: tf.Tensor,
  b: number,
  t: Truncation,
  onSphere: boolean,
): tf.Tensor {
  return tf.tidy(() => {
    const [, batch, , , channels] = spectrum.shape as number[];
    const size = 2 * b;
    const width = batch * channels;
    const orders = [2 * t.left - 1, 2 * t.right - 1];
    const full = spectrum.transpose([2, 3, 0, 1, 4]).reshape([...orders, t.degrees, width]);
    const [cc, cs, sc, ss] = withoutSines(full, t);
    const e = alternation(t);
    const sums = [cc.add(ss), sc.sub(cs), cc.sub(ss).mul(e), sc.add(cs).mul(e)];
    const s = tf.concat(sums, 3).reshape([t.left * t.right, t.degrees, 4 * width]);
    const w = tf.matMul(wignerTensor(b, t, onSphere, 'synthesis'), s, true, false);
    const [p1, p2, q1, q2] = tf.split(w.reshape([t.left, t.right, size, 4 * width]), 4, 3);
    const [r1, r2] = [tf.reverse(q1, 2), tf.reverse(q2, 2)];
    const cosines = onSphere ? p1.add(r1) : tf.concat([p1.add(r1), p2.sub(r2)], 1);
    const sines = onSphere ? p2.add(r2) : tf.concat([p2.add(r2), r1.sub(p1)], 1);
    const v = tf.concat([cosines, sines], 0).reshape([2 * t.left, -1, size, batch, channels]);
    return fourierSynthesis(v.transpose([3, 2, 0, 1, 4]), size, t, onSphere);
  });
}

/** [batch, beta, alpha, (gamma,) C] to [2 left, 2 right (sphere: 1), beta, batch C]. */
function fourierAnalysis(x: tf.Tensor, size: number, { left, right }: Truncation): tf.Tensor {
  const [batch, channels] = [x.shape[0], x.shape[x.rank - 1]];
  const rows = batch * size;
  const alpha = tf.matMul(fourierTensor(size, left), x.reshape([rows, size, -1])); // [rows, 2 left, (gamma) C]
  const both =
    x.rank === 4
      ? alpha
      : tf.matMul(fourierTensor(size, right), alpha.reshape([rows * 2 * left, size, channels]));
  const v = both.reshape([batch, size, 2 * left, -1, channels]);
  return v.transpose([2, 3, 1, 0, 4]).reshape([2 * left, -1, size, batch * channels]);
}

/** The transpose: [batch, beta, 2 left, 2 right (sphere: 1), C] to the grid. */
function fourierSynthesis(
  v: tf.Tensor,
  size: number,
  { left, right }: Truncation,
  onSphere: boolean,
): tf.Tensor {
  const [batch, , , , channels] = v.shape as number[];
  const rows = batch * size;
  const gamma = onSphere
    ? v
    : tf.matMul(fourierTensor(size, right), v.reshape([rows * 2 * left, 2 * right, channels]), true, false);
  const grid = tf.matMul(fourierTensor(size, left), gamma.reshape([rows, 2 * left, -1]), true, false);
  return grid.reshape(onSphere ? [batch, size, size, channels] : [batch, size, size, size, channels]);
}

/** Products cos cos, cos sin, sin cos, sin sin of the orders m, n >= 0, each [left, right, beta, width]. */
function quarters(v: tf.Tensor, { left, right }: Truncation): tf.Tensor[] {
  const [cosines, sines] = tf.split(v, 2, 0);
  if (v.shape[1] === right) return [cosines, tf.zerosLike(cosines), sines, tf.zerosLike(sines)];
  const part = (rows: tf.Tensor, start: number) => rows.slice([0, start, 0, 0], [left, right, -1, -1]);
  return [part(cosines, 0), part(cosines, right), part(sines, 0), part(sines, right)];
}

/** Orders m, n >= 0 of four kinds to orders -left+1..left-1 and -right+1..right-1; sines are negative. */
function withSines(cc: tf.Tensor, cs: tf.Tensor, sc: tf.Tensor, ss: tf.Tensor): tf.Tensor {
  const positive = (x: tf.Tensor, m: number, n: number) => x.slice([m, n, 0, 0], [-1, -1, -1, -1]);
  const upper = joined(flipped(positive(ss, 1, 1), [0, 1]), flipped(positive(sc, 1, 0), [0]), 1);
  return joined(upper, joined(flipped(positive(cs, 0, 1), [1]), cc, 1), 0);
}

/** The transpose of withSines; rows and columns of sines of order 0 are 0. */
function withoutSines(full: tf.Tensor, { left, right }: Truncation): tf.Tensor[] {
  const part = (m: number, n: number, rows: number, columns: number) =>
    full.slice([m, n, 0, 0], [rows, columns, -1, -1]);
  const padded = (x: tf.Tensor, m: number, n: number) =>
    tf.pad(x, [
      [m, 0],
      [n, 0],
      [0, 0],
      [0, 0],
    ]);
  const [, , degrees, width] = full.shape as number[];
  const zeros = () => tf.zeros([left, right, degrees, width]);
  const cc = part(left - 1, right - 1, left, right);
  const cs = right > 1 ? padded(flipped(part(left - 1, 0, left, right - 1), [1]), 0, 1) : zeros();
  const sc = left > 1 ? padded(flipped(part(0, right - 1, left - 1, right), [0]), 1, 0) : zeros();
  const ss = left > 1 && right > 1 ? padded(flipped(part(0, 0, left - 1, right - 1), [0, 1]), 1, 1) : zeros();
  return [cc, cs, sc, ss];
}

/** Engines differ in what they do with empty tensors: leave them out. */
function joined(x: tf.Tensor, y: tf.Tensor, axis: number): tf.Tensor {
  if (x.size === 0) return y;
  return y.size === 0 ? x : tf.concat([x, y], axis);
}

function flipped(x: tf.Tensor, axes: number[]): tf.Tensor {
  return x.size === 0 ? x : tf.reverse(x, axes);
}

/** [1, 2 orders, size]: cosines, then sines. */
function fourierTensor(size: number, orders: number): tf.Tensor {
  return constant(`fourier ${size} ${orders}`, () =>
    tf.tensor3d(fourierValues(size, orders), [1, 2 * orders, size]),
  );
}

/** [left right, degrees, 2b]: d^l_mn(beta_j), 0 for l < max(m, n); factors as in tables.ts. */
function wignerTensor(
  b: number,
  t: Truncation,
  onSphere: boolean,
  kind: 'analysis' | 'synthesis',
): tf.Tensor {
  return constant(`wigner ${b} ${t.degrees} ${t.left} ${t.right} ${onSphere} ${kind}`, () => {
    const size = 2 * b;
    const weights = quadratureWeights(b).map((w) => (onSphere ? size * w : w));
    const values = new Float32Array(t.left * t.right * t.degrees * size);
    for (const { m, n, l, row } of groupWignerRows(b, t, kind, weights))
      values.set(row, ((m * t.right + n) * t.degrees + l) * size);
    return tf.tensor3d(values, [t.left * t.right, t.degrees, size]);
  });
}

/** [left, right, degrees, 1]: (-1)^(l+m+n). */
function alternation({ degrees, left, right }: Truncation): tf.Tensor {
  return constant(`alternation ${degrees} ${left} ${right}`, () => {
    const values = Float32Array.from({ length: left * right * degrees }, (_, i) => {
      const [m, n, l] = [Math.floor(i / (right * degrees)), Math.floor(i / degrees) % right, i % degrees];
      return sign(l + m + n);
    });
    return tf.tensor4d(values, [left, right, degrees, 1]);
  });
}
