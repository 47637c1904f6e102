import type { DataFrame } from 'danfojs-node';
import { check, checkNumber, checkOneOf } from '../util/check';
import { mean } from '../util/mean';

/** A row of a DataFrame. */
export type FrameRow = Record<string, string | number | boolean>;

/** The rows of a DataFrame as objects. @throws UsageError for anything else */
export function rowsOfFrame(frame: DataFrame): FrameRow[] {
  check(
    Array.isArray(frame?.columns),
    () => `expected a DataFrame, as from openResults, got ${typeof frame}`,
  );
  return (frame.values as (string | number | boolean)[][]).map((values) =>
    Object.fromEntries(frame.columns.map((name, i) => [name, values[i]])),
  );
}

/**
 * The rows that pass a test, numbered anew. (danfo's own query keeps the old numbers, and a second query of its result
 * fails.)
 * @throws UsageError if none passes
 */
export function where<Row extends object = FrameRow>(
  frame: DataFrame,
  test: (row: Row) => boolean,
): DataFrame {
  const kept = rowsOfFrame(frame).filter((row) => test(row as Row));
  check(kept.length > 0, 'where: no row passes');
  return frameOf(kept);
}

/**
 * The mean of a column in each group of rows that share the values of `keys`, with the number of rows: columns named as they
 * were, sorted by the keys, numbers as numbers. (danfo's own groupby renames columns and leaves groups unsorted.)
 * @throws UsageError for a column that is not there, values that are no numbers, or if a group mixes versions of the numbers (the column `numbers`)
 */
export function meansBy(frame: DataFrame, keys: readonly string[], value: string): DataFrame {
  const rows = rowsOfFrame(frame);
  for (const name of [...keys, value]) checkOneOf('column', name, frame.columns);
  for (const row of rows) checkNumber(`meansBy: ${value}`, row[value], 'in each row');
  const groups = new Map<string, FrameRow[]>();
  for (const row of rows) {
    const id = JSON.stringify(keys.map((key) => row[key]));
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  for (const own of groups.values()) {
    const versions = [...new Set(own.map(({ numbers }) => numbers))];
    check(
      versions.length === 1,
      () => `meansBy: versions ${versions.join(' and ')} of the numbers in one mean`,
    );
  }
  const means = [...groups.values()].map((rows) => ({
    ...Object.fromEntries(keys.map((key) => [key, rows[0][key]])),
    [value]: mean(rows.map((row) => row[value] as number)),
    rows: rows.length,
  }));
  return frameOf(means.sort((a, b) => inOrder(a, b, keys)));
}

function inOrder(a: FrameRow, b: FrameRow, keys: readonly string[]): number {
  const key = keys.find((name) => a[name] !== b[name]);
  if (key === undefined) return 0;
  return a[key] < b[key] ? -1 : 1;
}

function frameOf(rows: FrameRow[]): DataFrame {
  const danfo: typeof import('danfojs-node') = require('danfojs-node'); // here, because it takes a second to load
  return new danfo.DataFrame(rows);
}
