/** A rectangle in pixels from the left and the top. */
export type Box = Record<'left' | 'right' | 'top' | 'bottom', number>;

/** A place in pixels from the left and the top. */
export type Pixel = readonly [x: number, y: number];

export function touches(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Whether a straight line runs through a box: what is left of it, cut at the box's four sides (Liang and Barsky, 1984). */
export function crosses([x0, y0]: Pixel, [x1, y1]: Pixel, { left, right, top, bottom }: Box): boolean {
  let [from, to] = [0, 1];
  const sides = [
    [x0 - x1, x0 - left],
    [x1 - x0, right - x0],
    [y0 - y1, y0 - top],
    [y1 - y0, bottom - y0],
  ];
  for (const [outward, room] of sides) {
    if (outward === 0 && room < 0) return false;
    if (outward < 0) from = Math.max(from, room / outward);
    if (outward > 0) to = Math.min(to, room / outward);
  }
  return from <= to;
}

/** Whether two straight lines meet: the ends of each lie on either side of the other. */
export function meet([p, q]: readonly [Pixel, Pixel], [r, s]: readonly [Pixel, Pixel]): boolean {
  return side(p, q, r) !== side(p, q, s) && side(r, s, p) !== side(r, s, q);
}

/** On which side of the line from `p` to `q` a place is. */
function side([px, py]: Pixel, [qx, qy]: Pixel, [x, y]: Pixel): number {
  return Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
}
