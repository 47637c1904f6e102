/**
 * Turns of the sphere as unit quaternions [w, x, y, z]. The image lies around the south pole and is looked at from the
 * sphere's centre: the screen's right is y, its up is -x, and z points away from the visitor.
 */
import type { Rotation } from '../../math/rotation';

export type Turn = readonly [w: number, x: number, y: number, z: number];

export const upright: Turn = [1, 0, 0, 0];

/** b first, then a. */
export function compose(a: Turn, b: Turn): Turn {
  const [aw, ax, ay, az] = a;
  const [bw, bx, by, bz] = b;
  return unit([
    aw * bw - ax * bx - ay * by - az * bz,
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
  ]);
}

/** The turn of length 1; upright for none. */
export function unit(turn: Turn): Turn {
  const norm = Math.hypot(...turn);
  if (!(norm > 1e-9)) return upright;
  const [w, x, y, z] = turn.map((part) => part / norm);
  return [w, x, y, z];
}

/**
 * A turn about an axis of the screen: u to the right, v up, w towards the visitor, counterclockwise as seen from its tip.
 * The screen shows the sphere from its centre, so it is a mirror image of a ball: axes go to (v, -u, w).
 * @param angle in radians
 */
export function about([u, v, w]: readonly [number, number, number], angle: number): Turn {
  const s = Math.sin(angle / 2) / Math.hypot(u, v, w);
  return unit([Math.cos(angle / 2), v * s, -u * s, w * s]);
}

/** The matrix that acts on column vectors. */
export function matrixOf([w, x, y, z]: Turn): Rotation {
  return Float64Array.of(
    1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
    2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
    2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y),
  ); // biome-ignore format: a matrix
}

/** From upright, in radians, 0 to pi. */
export function angleOf([w]: Turn): number {
  return 2 * Math.acos(Math.min(1, Math.abs(w)));
}

/**
 * A turn is a roll about the image's own centre, then a tilt that takes that centre elsewhere along a great circle.
 * @returns tilt and roll in radians, and the tilt's place in the unit disc: to the right and up, towards where the
 *   image goes, sin(tilt/2) from the middle, so that areas of the disc are shares of all tilts (Lambert)
 */
export function partsOf([w, x, y, z]: Turn): { tilt: number; roll: number; right: number; up: number } {
  const half = Math.hypot(w, z);
  const tilt = 2 * Math.acos(Math.min(1, half));
  if (half < 1e-6) return { tilt, roll: 0, right: x, up: y };
  const [c, s] = [w / half, z / half];
  const roll = 2 * Math.atan2(s, c);
  return { tilt, roll: wrapped(roll), right: c * x + -s * y, up: c * y + s * x };
}

/** The turn of a roll, in radians, and a place in the disc. */
export function turnOf(right: number, up: number, roll: number): Turn {
  const r = Math.hypot(right, up);
  const [x, y] = r > 1 ? [right / r, up / r] : [right, up];
  return compose(
    [Math.sqrt(Math.max(0, 1 - x * x - y * y)), x, y, 0],
    [Math.cos(roll / 2), 0, 0, Math.sin(roll / 2)],
  );
}

/** An angle in (-pi, pi]. */
function wrapped(angle: number): number {
  const turns = Math.round(angle / (2 * Math.PI));
  return angle - 2 * Math.PI * turns;
}
