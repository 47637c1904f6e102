import { about, compose, type Turn, upright } from './turn';

/** A place in the ball's picture: to the right and up, 1 at the rim. */
export type Place = readonly [right: number, up: number];

/**
 * The turn that takes the point of the ball under one place to another (K. Shoemake, "ARCBALL", 1992). Outside the ball it
 * rolls.
 */
export function dragged(from: Place, to: Place): Turn {
  const [a, b] = [onBall(from), onBall(to)];
  const axis = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]] as const;
  const sine = Math.hypot(...axis);
  if (sine < 1e-9) return upright;
  return about(axis, Math.atan2(sine, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
}

function onBall([u, v]: Place): [number, number, number] {
  const r = Math.hypot(u, v);
  return r < 1 ? [u, v, Math.sqrt(1 - r * r)] : [u / r, v / r, 0];
}

const step = Math.PI / 36;

/** What the keys do, each 5 degrees, with Shift 15. */
const keys: Record<string, readonly [number, number, number]> = {
  ArrowUp: [-1, 0, 0],
  ArrowDown: [1, 0, 0],
  ArrowLeft: [0, -1, 0],
  ArrowRight: [0, 1, 0],
  q: [0, 0, 1],
  e: [0, 0, -1],
};

/** The turn of a key; undefined for keys that do nothing. */
export function turnOfKey(key: string, isFast: boolean): Turn | undefined {
  const axis = keys[key.length === 1 ? key.toLowerCase() : key];
  return axis && about(axis, isFast ? 3 * step : step);
}

/** A roll about the line of sight, counterclockwise, in degrees. */
export function rolled(turn: Turn, degrees: number): Turn {
  return compose(about([0, 0, 1], (Math.PI * degrees) / 180), turn);
}
