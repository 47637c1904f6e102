/**
 * Half a sphere drawn flat (orthographic), from a fixed viewpoint, with its circles of latitude and its meridians.
 */

import { centreOf, frame } from '../figures/parts/hemisphere';
import { azimuths, betas } from '../math/grid';

export type Vector = readonly [number, number, number];

/** Where one looks from. */
export interface Camera {
  /** The point in the middle of the picture, a unit vector. */
  centre: Vector;
  /** The direction that is up in the picture, a unit vector at right angles to `centre`. */
  up: Vector;
  /** From the sphere's centre, as one looks at the sky; else from outside, as at a globe. */
  inside: boolean;
}

/** An unrotated image as it is: the southern half, seen from the centre. */
export const southernView: Camera = { centre: [0, 0, -1], up: [-1, 0, 0], inside: true };

/** The equator at azimuth 180 degrees, north up, seen from the centre: Ry(90 degrees) brings images here, upright. */
export const equatorView: Camera = { centre: [-1, 0, 0], up: [0, 0, 1], inside: true };

/** Of a sphere [size, size]: the middle of what is on it, seen from the centre; a digit that is not turned stands upright. */
export function facing(values: ArrayLike<number>, size: number): Camera {
  const centre = centreOf(values, size);
  return { centre, up: frame(centre).up, inside: true };
}

/** From outside, `tilt` degrees above the equator; azimuth 0 a little left of the middle. */
export function globeView(tilt = 25, azimuth = 25): Camera {
  const [t, a] = [(Math.PI * tilt) / 180, (Math.PI * azimuth) / 180];
  return {
    centre: [Math.cos(t) * Math.cos(a), Math.cos(t) * Math.sin(a), Math.sin(t)],
    up: [-Math.sin(t) * Math.cos(a), -Math.sin(t) * Math.sin(a), Math.cos(t)],
    inside: false,
  };
}

/** Pixels of the picture's side. */
export const globePixels = 120;

/**
 * The half of a signal that the camera sees; each pixel has the value of the nearest grid point.
 * @param values [size, size], beta then alpha, on the grid of src/math/grid
 * @returns rows from the top, null outside the disc
 */
export function globe(values: ArrayLike<number>, size: number, camera: Camera): (number | null)[][] {
  const right = rightOf(camera);
  const { up, centre } = camera;
  return Array.from({ length: globePixels }, (_, row) => {
    const v = 1 - (2 * row + 1) / globePixels;
    return Array.from({ length: globePixels }, (_, column) => {
      const u = (2 * column + 1) / globePixels - 1;
      if (u * u + v * v > 1) return null;
      const depth = Math.sqrt(1 - u * u - v * v);
      const [x, y, z] = [0, 1, 2].map((i) => u * right[i] + v * up[i] + depth * centre[i]);
      return values[nearestPoint(x, y, z, size)];
    });
  });
}

/** Where a point of the sphere lies in the picture: right and up from -1 to 1, and whether it is in sight. */
export function seenAt(p: Vector, camera: Camera): { u: number; v: number; inSight: boolean } {
  return { u: dot(p, rightOf(camera)), v: dot(p, camera.up), inSight: dot(p, camera.centre) >= 0 };
}

/**
 * The circles of latitude and the meridians, every `step` degrees, where they are in sight.
 * @returns points right and up from -1 to 1, lines parted by null
 */
export function graticule(camera: Camera, step = 30): { u: (number | null)[]; v: (number | null)[] } {
  const lines: Vector[][] = [];
  const along = Array.from({ length: 73 }, (_, i) => (2 * Math.PI * i) / 72);
  for (let degrees = step; degrees < 180; degrees += step)
    lines.push(along.map((alpha) => pointOf((Math.PI * degrees) / 180, alpha)));
  for (let degrees = 0; degrees < 360; degrees += step)
    lines.push(along.slice(0, 37).map((beta) => pointOf(beta, (Math.PI * degrees) / 180)));
  const [u, v]: (number | null)[][] = [[], []];
  for (const line of lines) {
    for (const p of line) {
      const seen = seenAt(p, camera);
      u.push(seen.inSight ? seen.u : null);
      v.push(seen.inSight ? seen.v : null);
    }
    u.push(null);
    v.push(null);
  }
  return { u, v };
}

/** The unit vector at polar angle beta and azimuth alpha, in radians. */
export function pointOf(beta: number, alpha: number): Vector {
  return [Math.sin(beta) * Math.cos(alpha), Math.sin(beta) * Math.sin(alpha), Math.cos(beta)];
}

/** The points of a grid as unit vectors, [4b^2]. */
export function gridPoints(b: number): Vector[] {
  const alphas = azimuths(b);
  return Array.from(betas(b)).flatMap((beta) => Array.from(alphas, (alpha) => pointOf(beta, alpha)));
}

function rightOf({ centre: c, up: u, inside }: Camera): Vector {
  const s = inside ? 1 : -1;
  return [s * (c[1] * u[2] - c[2] * u[1]), s * (c[2] * u[0] - c[0] * u[2]), s * (c[0] * u[1] - c[1] * u[0])];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function nearestPoint(x: number, y: number, z: number, size: number): number {
  const beta = Math.acos(Math.max(-1, Math.min(1, z)));
  const row = Math.min(size - 1, Math.floor((beta / Math.PI) * size));
  const column = Math.round((Math.atan2(y, x) / (2 * Math.PI)) * size);
  return row * size + ((column + size) % size);
}
