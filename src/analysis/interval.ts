/** A range that would hold the true number in the share `level` of repeated studies, or why none is given. */
export type Interval =
  | { given: true; low: number; high: number; level: number; meaning: string }
  | { given: false; reason: string };

/** The interval that some drawn values make. */
export function intervalOf(values: readonly number[], level: number, meaning: string): Interval {
  const [low, high] = centralRange(values, level);
  return { given: true, low, high, level, meaning };
}

/** The range that leaves out equal shares of some values at both ends; the values may be infinite. */
export function centralRange(values: readonly number[], level: number): [number, number] {
  const sorted = [...values].sort((a, b) => (a === b ? 0 : a - b));
  const tail = (1 - level) / 2;
  return [quantile(sorted, tail), quantile(sorted, 1 - tail)];
}

/** What an interval means, for the caption of a figure or a table: "90 % interval: scores drawn again ...". */
export function intervalCaption(interval: Interval): string {
  if (!interval.given) return `No interval: ${interval.reason}`;
  return `${Math.round(100 * interval.level)} % interval: ${interval.meaning}`;
}

/** By order statistics, without interpolation. */
function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.round(q * (sorted.length - 1))];
}
