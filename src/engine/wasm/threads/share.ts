/** From the first to before the second. */
export type Range = [first: number, end: number];

/** The i-th of `parts` neighbouring ranges of 0..count-1, as long as each other within one. */
export function share(count: number, i: number, parts: number): Range {
  return [Math.floor((i * count) / parts), Math.floor(((i + 1) * count) / parts)];
}
