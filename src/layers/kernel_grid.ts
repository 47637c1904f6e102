import { check } from '../util/check';

/**
 * The points on which a filter lives, near the identity of SO(3) or near the north pole (Cohen et al. 2018,
 * section 5): rings of polar angle beta = maxBeta (i+1)/rings, on each a full turn of alpha. On the group
 * there are also copies turned about the point itself: gamma = g_k - alpha with
 * g_k = -2 pi + 4 pi k/(turns - 1). With the released code's turns = 8, the first and the last g_k
 * are the same rotation.
 */
export interface KernelGrid {
  /** Largest polar angle, in radians. */
  readonly maxBeta: number;
  readonly rings: number;
  readonly azimuths: number;
  /** Number of g_k; on the sphere there is none. */
  readonly turns: number;
}

/** The released code's sizes: 3 rings of 8 azimuths, 8 turns. @param maxBeta in units of pi. @throws UsageError unless 0 < maxBeta <= 1 */
export function kernelGrid(maxBeta: number): KernelGrid {
  checkMaxBeta('kernelGrid', maxBeta);
  return { maxBeta: maxBeta * Math.PI, rings: 3, azimuths: 8, turns: 8 };
}

/** Polar angles of the rings, in radians. */
export function ringAngles({ maxBeta, rings }: KernelGrid): Float64Array {
  return Float64Array.from({ length: rings }, (_, i) => (maxBeta * (i + 1)) / rings);
}

/** alpha_j of a ring, in radians. */
export function ringAzimuths({ azimuths }: KernelGrid): Float64Array {
  return Float64Array.from({ length: azimuths }, (_, j) => (2 * Math.PI * j) / azimuths);
}

/** g_k = gamma + alpha, in radians. */
export function ringTurns({ turns }: KernelGrid): Float64Array {
  return Float64Array.from({ length: turns }, (_, k) => -2 * Math.PI + (4 * Math.PI * k) / (turns - 1));
}

/** Points (beta, alpha) of a sphere kernel, in its order: rings, then azimuths. */
export function spherePoints(grid: KernelGrid): [beta: number, alpha: number][] {
  return [...ringAngles(grid)].flatMap((beta) =>
    [...ringAzimuths(grid)].map((alpha) => [beta, alpha] as [number, number]),
  );
}

/** Points (beta, alpha, gamma) of a group kernel, in its order: rings, azimuths, turns. */
export function groupPoints(grid: KernelGrid): [beta: number, alpha: number, gamma: number][] {
  return spherePoints(grid).flatMap(([beta, alpha]) =>
    [...ringTurns(grid)].map((g) => [beta, alpha, g - alpha] as [number, number, number]),
  );
}

/** For the names of tables. */
export function spellGrid({ maxBeta, rings, azimuths, turns }: KernelGrid): string {
  return `${maxBeta} ${rings} ${azimuths} ${turns}`;
}

/** @throws UsageError unless 0 < maxBeta <= 1 */
export function checkMaxBeta(who: string, maxBeta: number): number {
  check(
    maxBeta > 0 && maxBeta <= 1,
    () => `${who}: maxBeta is in units of pi: expected a number in (0, 1], got ${maxBeta}`,
  );
  return maxBeta;
}
