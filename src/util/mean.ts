/** The arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean of those that are numbers; NaN without any. */
export function meanOfNumbers(values: readonly number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}
