/** An interval that is searched, and the step to begin with. */
export interface SearchAxis {
  low: number;
  high: number;
  step: number;
}

/**
 * Downhill from a point within a box (compass search): the best of the neighbours one step away along each axis is
 * taken, and where none is better the steps are halved, until they are `precision` of the first ones.
 */
export function minimise(
  f: (at: readonly number[]) => number,
  start: readonly number[],
  axes: readonly SearchAxis[],
  precision: number,
): number[] {
  let at = [...start];
  let value = f(at);
  for (let scale = 1; axes.length > 0 && scale > precision; ) {
    const from = at;
    for (let k = 0; k < axes.length; k++)
      for (const sign of [-1, 1]) {
        const { low, high, step } = axes[k];
        const there = Math.min(high, Math.max(low, from[k] + sign * scale * step));
        const candidate = from.map((x, i) => (i === k ? there : x));
        const other = f(candidate);
        if (other < value) [at, value] = [candidate, other];
      }
    if (at === from) scale /= 2;
  }
  return at;
}
