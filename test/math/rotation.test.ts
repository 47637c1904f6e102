import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  anglesZYZ,
  identity,
  inverse,
  multiply,
  type Rotation,
  randomRotation,
  rotationFromUniforms,
  rotationZYZ,
} from '../../src/math/rotation';
import { Random } from '../../src/util/random';
import { assertClose } from '../close';
import { golden } from '../golden';

const count = 20_000;
const random = Random.of(1, 'rotation test');
const sample = Array.from({ length: count }, () => randomRotation(random));

function meanOf(value: (r: Rotation) => number): number {
  return sample.reduce((sum, r) => sum + value(r), 0) / count;
}

/** Chi-square of values in [0, 1) against the uniform distribution, in 20 bins: 19 degrees of freedom. */
function chiSquare(values: number[]): number {
  const bins = new Array<number>(20).fill(0);
  for (const value of values) bins[Math.min(19, Math.floor(20 * value))]++;
  const expected = values.length / 20;
  return bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}

/** Exceeded by chance once in 1000 with 19 degrees of freedom. */
const chiSquareLimit = 43.8;

function assertRotation(r: Rotation): void {
  assertClose(multiply(r, inverse(r)), identity, 1e-14, 'R R^T');
  const determinant =
    r[0] * (r[4] * r[8] - r[5] * r[7]) -
    r[1] * (r[3] * r[8] - r[5] * r[6]) +
    r[2] * (r[3] * r[7] - r[4] * r[6]);
  assertClose([determinant], [1], 1e-14, 'det R');
}

test('the matrix of known angles', () => {
  const h = Math.PI / 2;
  assertClose(rotationZYZ(h, 0, 0), [0, -1, 0, 1, 0, 0, 0, 0, 1], 1e-15);
  assertClose(rotationZYZ(0, h, 0), [0, 0, 1, 0, 1, 0, -1, 0, 0], 1e-15);
  const [alpha, beta] = [0.4, 1.1];
  const r = rotationZYZ(alpha, beta, 2.2);
  const pole = [Math.sin(beta) * Math.cos(alpha), Math.sin(beta) * Math.sin(alpha), Math.cos(beta)];
  assertClose([r[2], r[5], r[8]], pole, 1e-15, 'image of the north pole');
  const product = multiply(
    multiply(rotationZYZ(alpha, 0, 0), rotationZYZ(0, beta, 0)),
    rotationZYZ(0, 0, 2.2),
  );
  assertClose(r, product, 1e-15);
});

test('angles there and back', () => {
  for (const angles of [
    [0.3, 1.2, 2.1],
    [-2.9, 0.01, 1.5],
    [3, 3.1, -3],
    [1, 1e-6, 1],
  ])
    assertClose(anglesZYZ(rotationZYZ(angles[0], angles[1], angles[2])), angles, 1e-9);
  for (const r of sample.slice(0, 200)) assertClose(rotationZYZ(...anglesZYZ(r)), r, 1e-12);
});

test('angles give the rotation back, however close to a pole it lies', () => {
  const random = Random.of(11, 'poles');
  for (const pole of [0, Math.PI])
    for (const tilt of [1e-1, 1e-5, 1e-8, 1e-10, 2e-12, 5e-13, 1e-14, 2e-15, 5e-16, 1e-16, 0])
      for (let k = 0; k < 100; k++) {
        const near = rotationZYZ(0.37 + 0.61 * k, Math.abs(pole - tilt), 1.1 - 0.43 * k);
        const a = randomRotation(random);
        const r = multiply(a, multiply(inverse(a), near)); // with the rounding of products
        for (const given of [near, r])
          assertClose(rotationZYZ(...anglesZYZ(given)), given, 3e-15, `tilt ${tilt} from ${pole}`);
      }
});

test('at the poles gamma is 0 and the rotation is kept', () => {
  for (const beta of [0, Math.PI])
    for (const [alpha, gamma] of [
      [0, 0],
      [0.7, 0.4],
      [-2, 0.5],
      [3, -1],
    ]) {
      const r = rotationZYZ(alpha, beta, gamma);
      const angles = anglesZYZ(r);
      assert.equal(angles[2], 0);
      assertClose(rotationZYZ(...angles), r, 1e-12, `beta ${beta}, alpha ${alpha}, gamma ${gamma}`);
    }
});

test('multiply and inverse follow the group axioms', () => {
  const [a, b, c] = sample;
  assertClose(multiply(multiply(a, b), c), multiply(a, multiply(b, c)), 1e-14);
  assertClose(multiply(a, identity), a, 1e-15);
  assertClose(inverse(multiply(a, b)), multiply(inverse(b), inverse(a)), 1e-14);
  assertClose(inverse(rotationZYZ(0.3, 1.2, 2.1)), rotationZYZ(-2.1, -1.2, -0.3), 1e-15);
});

test('rotations of the released generator from their three numbers', () => {
  const file = golden('projection_b8');
  for (const [numbers, rotation] of [
    ['randnums', 'rotation'],
    ['randnums2', 'rotation2'],
  ]) {
    const [u0, u1, u2] = file.array(numbers);
    assertClose(rotationFromUniforms(u0, u1, u2), file.array(rotation), 1e-14);
  }
});

test('random rotations are rotations', () => {
  for (const r of sample.slice(0, 200)) assertRotation(r);
});

test('Haar: moments of the entries and of the trace', () => {
  const limit = 4 / Math.sqrt(count); // four standard errors of a quantity of variance 1
  for (let i = 0; i < 9; i++) {
    // Mean 0, variance 1/3; the square has mean 1/3 and variance 1/5 - 1/9.
    assert.ok(Math.abs(meanOf((r) => r[i])) < limit * Math.sqrt(1 / 3), `mean of entry ${i}`);
    assert.ok(Math.abs(meanOf((r) => r[i] ** 2) - 1 / 3) < limit * Math.sqrt(4 / 45), `square of entry ${i}`);
    for (let j = 0; j < i; j++) {
      // Uncorrelated; E[(r_i r_j)^2] <= 1/3.
      assert.ok(Math.abs(meanOf((r) => r[i] * r[j])) < limit * Math.sqrt(1 / 3), `entries ${i} and ${j}`);
    }
  }
  // The trace is a character: mean 0, mean square 1 (degree 1 appears once in its own square).
  const trace = (r: Rotation) => r[0] + r[4] + r[8];
  assert.ok(Math.abs(meanOf(trace)) < limit);
  assert.ok(Math.abs(meanOf((r) => trace(r) ** 2) - 1) < limit * Math.SQRT2);
});

test('Haar: image and preimage of the pole, azimuths and turns are uniform', () => {
  const turn = (angle: number) => (angle / (2 * Math.PI) + 1) % 1;
  const uniform: Record<string, (r: Rotation) => number> = {
    'z of the image of the pole': (r) => (r[8] + 1) / 2,
    'x of the image of the pole': (r) => (r[2] + 1) / 2,
    'z of the image of the x axis': (r) => (r[6] + 1) / 2,
    alpha: (r) => turn(anglesZYZ(r)[0]),
    gamma: (r) => turn(anglesZYZ(r)[2]),
  };
  for (const [name, value] of Object.entries(uniform)) {
    const chi = chiSquare(sample.map(value));
    assert.ok(chi < chiSquareLimit, `${name}: chi-square ${chi}`);
  }
});

test('Haar: the angle of rotation has density (1 - cos)/pi', () => {
  const cumulative = sample.map((r) => {
    const angle = Math.acos(Math.max(-1, Math.min(1, (r[0] + r[4] + r[8] - 1) / 2)));
    return (angle - Math.sin(angle)) / Math.PI;
  });
  assert.ok(chiSquare(cumulative) < chiSquareLimit);
});

test('the test of uniformity rejects uniform Euler angles', () => {
  const naive = Array.from({ length: count }, () =>
    rotationZYZ(random.uniform(0, 6.28), random.uniform(0, Math.PI), random.uniform(0, 6.28)),
  );
  assert.ok(chiSquare(naive.map((r) => (r[8] + 1) / 2)) > 10 * chiSquareLimit);
});
