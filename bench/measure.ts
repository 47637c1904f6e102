/** Median and minimum, in milliseconds, of a repeated action; the first call is not counted. */
export interface Timing {
  median: number;
  minimum: number;
}

export async function measure(action: () => Promise<void> | void, seconds = 4, most = 30): Promise<Timing> {
  await action();
  const times: number[] = [];
  const start = performance.now();
  while (times.length < 3 || (times.length < most && performance.now() - start < 1000 * seconds)) {
    const before = performance.now();
    await action();
    times.push(performance.now() - before);
  }
  return { median: median(times), minimum: Math.min(...times) };
}

export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
