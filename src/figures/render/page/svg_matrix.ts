/** An affine map of the plane as SVG writes it: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Applies `inner` first, then `outer`. */
export function compose(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [x, y] = [inner[4], inner[5]];
  return [
    a * inner[0] + c * inner[1], b * inner[0] + d * inner[1],
    a * inner[2] + c * inner[3], b * inner[2] + d * inner[3],
    a * x + c * y + e, b * x + d * y + f,
  ]; // biome-ignore format: a matrix
}

/** Reads an SVG `transform` attribute: translate, rotate, scale and matrix. */
export function parseTransform(attribute: string | null): Matrix {
  let result: Matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, list] of (attribute ?? '').matchAll(/(\w+)\s*\(([^)]*)\)/g))
    result = compose(result, elementary(name, (list.match(/[-+.\de]+/g) ?? []).map(Number)));
  return result;
}

function elementary(name: string, values: number[]): Matrix {
  const [x = 0, y = 0] = values;
  if (name === 'translate') return [1, 0, 0, 1, x, y];
  if (name === 'scale') return [x, 0, 0, values[1] ?? x, 0, 0];
  if (name === 'rotate') return rotate(x, values[1] ?? 0, values[2] ?? 0);
  if (name === 'matrix') return values as unknown as Matrix;
  return [1, 0, 0, 1, 0, 0];
}

/** A turn by `degrees` about the point (x, y). */
function rotate(degrees: number, x: number, y: number): Matrix {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [c, s, -s, c, x - c * x + s * y, y - s * x - c * y];
}
