/** An error that the user can mend: the command line prints its message alone, without a stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** @throws UsageError with `message` unless `condition` holds. */
export function check(condition: unknown, message: string | (() => string)): asserts condition {
  if (!condition) throw new UsageError(typeof message === 'string' ? message : message());
}

/**
 * Checks a tensor's shape.
 * @param expected one entry per axis; null accepts any size, a string names an axis of any size.
 * @throws UsageError `so3Conv: expected [batch, 16, 16, 16, 4], got [2, 16, 16, 4]`.
 */
export function checkShape(
  who: string,
  shape: readonly (number | null)[],
  expected: readonly (number | string | null)[],
): void {
  const fits =
    shape.length === expected.length &&
    expected.every((size, axis) => typeof size !== 'number' || shape[axis] === null || shape[axis] === size);
  check(fits, () => `${who}: expected ${inBrackets(expected)}, got ${inBrackets(shape)}`);
}

function inBrackets(shape: readonly (number | string | null)[]): string {
  return `[${shape.map((size) => size ?? '?').join(', ')}]`;
}

/** @throws UsageError if `value` is not one of `known`; names the nearest known value if one is near. */
export function checkOneOf<T extends string>(what: string, value: string, known: readonly T[]): T {
  check((known as readonly string[]).includes(value), () => {
    const near = nearest(String(value), known);
    const guess = near === undefined ? '' : `: did you mean "${near}"?`;
    return `unknown ${what} "${value}"${guess} (known: ${known.join(', ')})`;
  });
  return value as T;
}

/**
 * @param known the keys: of a record, which the compiler holds against the type, or a list where there is no such type
 * @throws UsageError if `config` is no object, or has a key that is not known; names the nearest known key if one is near
 */
export function checkKeys<T extends object>(
  who: string,
  config: T,
  keys: Readonly<Record<keyof T, unknown>> | readonly string[],
): void {
  const known: readonly string[] = Array.isArray(keys) ? keys : Object.keys(keys);
  check(isPlain(config), () => `${who}: expected an object of ${known.join(', ')}, got ${wordFor(config)}`);
  for (const key of Object.keys(config)) checkOneOf(`key of ${who}`, key, known);
}

/** @throws UsageError unless `value` could be the name of a file: letters, digits, `_`, `-`, and `.` inside. */
export function checkName(what: string, value: unknown): string {
  check(
    typeof value === 'string' && /^[\w-][\w.-]*$/.test(value),
    () => `${what}: expected a name of letters, digits, "-" and "_", got "${value}"`,
  );
  return value as string;
}

/** @throws UsageError unless `value` is a finite number that fits; `expected` says which, as in `above 0` */
export function checkNumber(
  what: string,
  value: unknown,
  expected: string,
  fits: (value: number) => boolean = () => true,
): number {
  check(
    typeof value === 'number' && Number.isFinite(value) && fits(value),
    () => `${what}: expected a number ${expected}, got ${wordFor(value)}`,
  );
  return value as number;
}

/** @throws UsageError unless `value` is a finite number above 0 */
export function checkPositive(what: string, value: unknown): number {
  return checkNumber(what, value, 'above 0', (number) => number > 0);
}

/** @throws UsageError unless `value` is a list with an entry at least */
export function checkList(what: string, value: unknown): void {
  check(
    Array.isArray(value) && value.length > 0,
    () => `${what}: expected a list with an entry or more, got ${wordFor(value)}`,
  );
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
      `${what}: expected an integer ${high < Number.MAX_SAFE_INTEGER ? `from ${low} to ${high}` : `of at least ${low}`}, got ${wordFor(value)}`,
  );
  return value as number;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in a message: short, and never another error. */
function wordFor(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return typeof value === 'string'
    ? `"${value}"`
    : typeof value === 'object' && value
      ? 'an object'
      : String(value);
}

/** The known word that a slip of the pen makes of this one: at most a third of its letters are others, or one. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const distances = known.map((k) => [editDistance(word.toLowerCase(), k.toLowerCase()), k] as const);
  const near = distances.filter(([distance, k]) => distance <= Math.max(1, k.length / 3));
  return near.sort(([a], [b]) => a - b)[0]?.[1];
}

/** Letters to insert, remove or replace, or neighbours to swap, to make one word of the other (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(
        row[j - 1] + 1,
        rows[i - 1][j] + 1,
        rows[i - 1][j - 1] + Number(a[i - 1] !== b[j - 1]),
      );
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
