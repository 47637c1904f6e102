import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anglesZYZ, multiply, rotationZYZ } from '../../src/math/rotation';
import {
  realRotationMatrix,
  realWignerMatrices,
  sign,
  wignerByDegree,
  wignerMatrix,
} from '../../src/math/wigner';
import { assertClose } from '../close';
import { golden } from '../golden';

const file = golden('wigner');
const angles = file.meta.betas as number[];

test('d agrees with the golden values to degree 49', () => {
  for (let l = 0; l <= 4; l++)
    for (const [k, beta] of angles.entries())
      assertClose(wignerMatrix(l, beta), file.array(`d_l${l}_beta${k}`), 2e-6);
  const column = (l: number, beta: number) =>
    Array.from(
      { length: 2 * l + 1 },
      (_, i) => wignerByDegree(i - l, 0, l + 1, [beta])[l - Math.abs(i - l)][0],
    );
  const row = (l: number, m: number, beta: number) =>
    Array.from(
      { length: 2 * l + 1 },
      (_, i) => wignerByDegree(m, i - l, l + 1, [beta])[l - Math.max(Math.abs(m), Math.abs(i - l))][0],
    );
  assertClose(column(20, angles[1]), file.array('d_l20_beta1_column_n0'), 1e-10);
  assertClose(row(20, 3, angles[1]), file.array('d_l20_beta1_row_m3'), 1e-10);
  assertClose(column(49, angles[3]), file.array('d_l49_beta3_column_n0'), 1e-10);
  assertClose(row(49, -7, angles[3]), file.array('d_l49_beta3_row_m_minus7'), 1e-10);
});

test('degree 1, as written in the conventions', () => {
  const beta = 0.7;
  const [c, s] = [Math.cos(beta), Math.sin(beta) / Math.SQRT2];
  assertClose(
    wignerMatrix(1, beta),
    [(1 + c) / 2, s, (1 - c) / 2, -s, c, s, (1 - c) / 2, -s, (1 + c) / 2],
    1e-14,
  );
});

test('symmetries', () => {
  const beta = 1.1;
  for (const [l, m, n] of [
    [5, 3, -2],
    [7, 0, 4],
    [6, -6, 5],
  ]) {
    const d = (mm: number, nn: number, b = beta) =>
      wignerByDegree(mm, nn, l + 1, [b])[l - Math.max(Math.abs(mm), Math.abs(nn))][0];
    assertClose(
      [d(-m, -n), d(n, m), d(m, n, Math.PI - beta)],
      [sign(m - n) * d(m, n), sign(m - n) * d(m, n), sign(l - n) * d(-m, n)],
      1e-12,
    );
  }
});

test('d is orthogonal and d(beta1 + beta2) = d(beta1) d(beta2)', () => {
  for (const l of [3, 12]) {
    const product = matrixProduct(wignerMatrix(l, 0.4), wignerMatrix(l, 0.9));
    assertClose(product, wignerMatrix(l, 1.3), 1e-12);
    assertClose(matrixProduct(wignerMatrix(l, 0.8), wignerMatrix(l, -0.8)), wignerMatrix(l, 0), 1e-12);
  }
});

test('real rotation matrices are a representation', () => {
  const [a, b] = [rotationZYZ(0.3, 1.2, 2.1), rotationZYZ(1.7, 0.4, -0.6)];
  for (const l of [1, 2, 6]) {
    const of = (r: Float64Array) => {
      const [alpha, beta, gamma] = anglesZYZ(r);
      return realRotationMatrix(realWignerMatrices(l + 1, beta)[l], l, alpha, gamma);
    };
    assertClose(matrixProduct(of(a), of(b)), of(multiply(a, b)), 1e-12);
  }
});

function matrixProduct(a: Float64Array, b: Float64Array): Float64Array {
  const size = Math.sqrt(a.length);
  assert.equal(size * size, b.length);
  return Float64Array.from({ length: a.length }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += a[Math.floor(i / size) * size + k] * b[k * size + (i % size)];
    return sum;
  });
}
