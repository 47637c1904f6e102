import { check, checkNumber } from '../util/check';
import type { Random } from '../util/random';

/** A 3x3 matrix, row-major, acting on column vectors. */
export type Rotation = Float64Array;

/** How far a matrix may be from orthogonal: it may have been kept in float32. */
const TOLERANCE = 1e-5;

/** @throws UsageError unless the matrix is a rotation: 9 numbers, orthonormal rows, no reflection */
export function checkRotation(who: string, r: Rotation): Rotation {
  check(
    r?.length === 9 && [...r].every(Number.isFinite),
    () =>
      `${who}: expected a rotation, 9 finite numbers row by row, got ${r?.length === undefined ? r : `[${r}]`}`,
  );
  const [gram, cross] = [multiplied(r, transposed(r)), r[1] * r[5] - r[2] * r[4]];
  const isOrthogonal = gram.every((value, i) => Math.abs(value - identity[i]) < TOLERANCE);
  check(
    isOrthogonal && Math.abs(cross - r[6]) < TOLERANCE,
    () => `${who}: expected a rotation, got another matrix: [${r}]`,
  );
  return r;
}

/** Rz(alpha) Ry(beta) Rz(gamma), angles in radians. It takes the north pole to (beta, alpha). @throws UsageError for angles that are no numbers */
export function rotationZYZ(alpha: number, beta: number, gamma: number): Rotation {
  for (const angle of [alpha, beta, gamma]) checkNumber('rotationZYZ', angle, 'of radians');
  const [ca, sa] = [Math.cos(alpha), Math.sin(alpha)];
  const [cb, sb] = [Math.cos(beta), Math.sin(beta)];
  const [cg, sg] = [Math.cos(gamma), Math.sin(gamma)];
  return Float64Array.of(
    ca * cb * cg - sa * sg, -ca * cb * sg - sa * cg, ca * sb,
    sa * cb * cg + ca * sg, -sa * cb * sg + ca * cg, sa * sb,
    -sb * cg, sb * sg, cb,
  ); // biome-ignore format: a matrix
}

/**
 * The angles [alpha, beta, gamma] of a rotation; beta in [0, pi]. At a pole gamma is 0.
 *
 * Close to a pole the image of the pole says little about alpha. So gamma is read off Rz(-alpha) R = Ry(beta) Rz(gamma),
 * whose second row is (sin gamma, cos gamma, 0): an error of alpha is made good by gamma, and the rotation is kept to
 * rounding errors wherever it lies.
 * @throws UsageError unless the matrix is a rotation
 */
export function anglesZYZ(r: Rotation): [number, number, number] {
  checkRotation('anglesZYZ', r);
  const sinBeta = Math.hypot(r[2], r[5]);
  const beta = Math.atan2(sinBeta, r[8]);
  if (sinBeta < POLE) return [Math.atan2(r[3], r[0] * Math.sign(r[8])) * Math.sign(r[8]), beta, 0];
  const [c, s] = [r[2] / sinBeta, r[5] / sinBeta];
  return [Math.atan2(s, c), beta, Math.atan2(c * r[3] - s * r[0], c * r[4] - s * r[1])];
}

/** A tilt below it is rounding error: sin(pi) in float64 is 1.2e-16. */
const POLE = 4 * Number.EPSILON;

/** The product a b. @throws UsageError unless both are rotations */
export function multiply(a: Rotation, b: Rotation): Rotation {
  return multiplied(checkRotation('multiply', a), checkRotation('multiply', b));
}

function multiplied(a: Rotation, b: Rotation): Rotation {
  const c = new Float64Array(9);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++)
      c[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
  return c;
}

/** The inverse of a rotation is its transpose. @throws UsageError unless it is a rotation */
export function inverse(r: Rotation): Rotation {
  return transposed(checkRotation('inverse', r));
}

function transposed(r: Rotation): Rotation {
  return Float64Array.of(r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]);
}

/** The identity. */
export const identity: Rotation = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

/**
 * A rotation from three numbers in [0, 1), Haar-distributed if they are uniform.
 * Arvo, "Fast random rotation matrices", Graphics Gems III (1992): a turn about z, then a reflection.
 * @throws UsageError for other numbers
 */
export function rotationFromUniforms(u0: number, u1: number, u2: number): Rotation {
  for (const u of [u0, u1, u2])
    checkNumber('rotationFromUniforms', u, 'from 0 to 1', (value) => value >= 0 && value <= 1);
  const t = 2 * Math.PI * u0;
  const p = 2 * Math.PI * u1;
  const z = 2 * u2;
  const v = [Math.sin(p) * Math.sqrt(z), Math.cos(p) * Math.sqrt(z), Math.sqrt(2 - z)];
  const reflection = Float64Array.from(
    { length: 9 },
    (_, i) => v[Math.floor(i / 3)] * v[i % 3] - (i % 4 === 0 ? 1 : 0),
  );
  const turn = Float64Array.of(Math.cos(t), Math.sin(t), 0, -Math.sin(t), Math.cos(t), 0, 0, 0, 1);
  return multiplied(reflection, turn);
}

/** A Haar-distributed random rotation. */
export function randomRotation(random: Random): Rotation {
  return rotationFromUniforms(random.uniform(), random.uniform(), random.uniform());
}
