import type { PenPoint } from './skeletons';

/** A curve as a chain of straight pieces. */
export interface Polyline {
  x: number[];
  y: number[];
}

/** Straight pieces per interval between two pen points. */
const pieces = 5;

/** The Catmull–Rom curve through the points, broken at sharp ones. */
export function curve(points: readonly PenPoint[]): Polyline {
  const line: Polyline = { x: [points[0].x], y: [points[0].y] };
  for (let i = 0; i + 1 < points.length; i++) {
    const [p1, p2] = [points[i], points[i + 1]];
    const p0 = i === 0 || p1.sharp ? p1 : points[i - 1];
    const p3 = i + 2 === points.length || p2.sharp ? p2 : points[i + 2];
    for (let step = 1; step <= pieces; step++) {
      const t = step / pieces;
      line.x.push(catmullRom(p0.x, p1.x, p2.x, p3.x, t));
      line.y.push(catmullRom(p0.y, p1.y, p2.y, p3.y, t));
    }
  }
  return line;
}

function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/**
 * Draws a round pen's trace along one piece of a curve; ink that is there stays where it is darker.
 * Pixel centres lie at integers.
 * @param ink [size, size], 0..1
 * @param line in pixels; its piece number `k` is drawn
 * @param radius of the pen in pixels
 * @param soft width of the edge in pixels over which the ink fades
 */
export function drawPiece(
  ink: Float32Array,
  size: number,
  line: Polyline,
  k: number,
  radius: number,
  soft: number,
): void {
  const [x0, y0, x1, y1] = [line.x[k], line.y[k], line.x[k + 1], line.y[k + 1]];
  const reach = radius + soft / 2;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const norm = dx * dx + dy * dy + 1e-12;
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
  const right = Math.min(size - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
  const bottom = Math.min(size - 1, Math.floor(Math.max(y0, y1) + reach));
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      const t = ((column - x0) * dx + (row - y0) * dy) / norm;
      const along = t < 0 ? 0 : t > 1 ? 1 : t;
      const ex = column - x0 - along * dx;
      const ey = row - y0 - along * dy;
      const cover = (reach - Math.sqrt(ex * ex + ey * ey)) / soft;
      const at = row * size + column;
      if (cover > ink[at]) ink[at] = cover < 1 ? cover : 1;
    }
}
