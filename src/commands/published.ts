import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Comparison, compareResults } from '../analysis/comparison';
import { readResults } from '../results/read';
import type { ResultRow } from '../results/rows';
import { publishedFolder } from './folders';

/**
 * Holds one's own results against published ones.
 * @param published folder of those; the same experiments, computed on another kind of processor, lie in `again` beside it
 */
export function compareWithPublished(own: readonly ResultRow[], published = publishedFolder): Comparison {
  return compareResults(own, rowsIn(published), rowsIn(join(published, '..', 'again')));
}

/** A comparison as rows of a table. */
export function comparisonTable({ rows }: Comparison): Record<string, string | number>[] {
  return rows.map((row) => ({
    task: row.task,
    model: row.model,
    images: row.images,
    rotations: row.rotations,
    seed: row.seed,
    yours: row.yours.toFixed(1),
    ours: row.ours.toFixed(1),
    difference: `${row.difference > 0 ? '+' : ''}${row.difference.toFixed(1)}`,
    'inside the spread': row.inside === undefined ? '?' : yesOrNo(row.inside),
    'bit-equal': yesOrNo(row.equal),
  }));
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

function rowsIn(folder: string): ResultRow[] {
  return existsSync(folder) ? readResults(folder).rows : [];
}
