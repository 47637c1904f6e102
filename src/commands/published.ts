import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Comparison, compareResults, spreadOfRepeats } from '../analysis/comparison';
import { readResults } from '../results/read';
import type { ResultRow } from '../results/rows';
import { repositoryRoot } from '../util/files';
import { publishedFolder } from './folders';

/** The quick tier once more, on another kind of processor: how far two computations are apart. */
const againFolder = join(repositoryRoot, 'data', 'again');

/** Holds one's own results against the published ones. */
export function compareWithPublished(own: readonly ResultRow[]): Comparison {
  const published = rowsIn(publishedFolder);
  return compareResults(own, published, spreadOfRepeats(published, rowsIn(againFolder)));
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
