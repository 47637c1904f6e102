/** An error that the user can mend: the command line prints its message alone, without a stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** @throws UsageError with `message` unless `condition` holds. */
export function check(condition: unknown, message: string | (() => string)): asserts condition {
  if (!condition) throw new UsageError(typeof message === 'string' ? message : message());
}

/** @throws UsageError if `value` is not one of `known`; names the nearest known value. */
export function checkOneOf<T extends string>(what: string, value: string, known: readonly T[]): T {
  check(
    (known as readonly string[]).includes(value),
    () => `unknown ${what} "${value}": did you mean "${nearest(value, known)}"? (known: ${known.join(', ')})`,
  );
  return value as T;
}

/** @throws UsageError if `config` has a key that is not in `known`; names the nearest known key. */
export function checkKeys(who: string, config: object, known: readonly string[]): void {
  for (const key of Object.keys(config)) checkOneOf(`key of ${who}`, key, known);
}

/** @throws UsageError unless `value` is an integer with `low <= value <= high`. */
export function checkInteger(
  what: string,
  value: unknown,
  low: number,
  high = Number.MAX_SAFE_INTEGER,
): number {
  check(
    Number.isInteger(value) && (value as number) >= low && (value as number) <= high,
    () =>
      `${what}: expected an integer ${high < Number.MAX_SAFE_INTEGER ? `from ${low} to ${high}` : `of at least ${low}`}, got ${value}`,
  );
  return value as number;
}

function nearest(word: string, known: readonly string[]): string {
  const byDistance = known.map((k) => [editDistance(word.toLowerCase(), k.toLowerCase()), k] as const);
  return byDistance.reduce((best, entry) => (entry[0] < best[0] ? entry : best))[1];
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
