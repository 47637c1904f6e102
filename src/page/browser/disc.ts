/** The pixels of a round picture. */
export interface Disc {
  /** where each pixel of the disc lies in the picture */
  places: Int32Array;
  /** unit vectors of the screen, [n, 3]: to the right, up, towards the visitor */
  directions: Float64Array;
  /** how much of each pixel is inside, 0..1 */
  cover: Float64Array;
}

/** The disc that fills a square picture. @param size of the picture's side in pixels */
export function discOf(size: number): Disc {
  const [places, directions, cover]: number[][] = [[], [], []];
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const [u, v] = [(2 * column + 1) / size - 1, 1 - (2 * row + 1) / size];
      const r = Math.hypot(u, v);
      const inside = Math.min(1, ((1 - r) * size) / 2 + 0.5);
      if (inside <= 0) continue;
      const scale = r > 1 ? 1 / r : 1;
      places.push(row * size + column);
      directions.push(u * scale, v * scale, Math.sqrt(Math.max(0, 1 - r * r)));
      cover.push(inside);
    }
  return {
    places: Int32Array.from(places),
    directions: Float64Array.from(directions),
    cover: Float64Array.from(cover),
  };
}

/** Directions of the screen as points of the sphere, seen from its centre: see turn.ts. @param side 1 front, -1 back */
export function pointsOf({ directions }: Disc, side: 1 | -1): Float64Array {
  const points = new Float64Array(directions.length);
  for (let i = 0; i < points.length; i += 3) {
    points[i] = -directions[i + 1];
    points[i + 1] = directions[i];
    points[i + 2] = -side * directions[i + 2];
  }
  return points;
}
