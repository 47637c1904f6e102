import { scoreName } from '../datasets/task';
import { datasetTitle } from '../datasets/title';
import type { StoredResult } from '../results/format';
import { resultRow } from '../results/read';
import type { ResultRow } from '../results/rows';
import { formatSeconds } from '../util/duration';
import { type Spread, type Summary, summarise } from './summary';

/** A summary in words and numbers, as tables show it. */
export interface TableRow {
  model: string;
  parameters: number;
  'training data': string;
  rotated: string;
  unrotated: string;
  converged: string;
  time: string;
}

/**
 * Summaries as rows of a table: scores in percent, mean over the seeds, and "±" half their range where there are
 * several.
 */
export function tableRows(summaries: readonly Summary[]): TableRow[] {
  return summaries.map((s) => ({
    model: s.model,
    parameters: s.parameters,
    'training data': dataText(s),
    rotated: spreadText(s.rotated),
    unrotated: spreadText(s.unrotated),
    converged: s.converged ? 'yes' : 'no',
    time: formatSeconds(s.seconds.mean),
  }));
}

/** The finished experiments as tables for the terminal, one for each study. */
export function resultsTable(results: readonly StoredResult[]): string {
  const rows = results.flatMap((result) => resultRow(result) ?? []);
  const groups = new Map<string, ResultRow[]>();
  for (const row of rows) {
    const title = titleOf(row);
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, group]) => `${title}\n${layOut(tableRows(summarise(group)))}`)
    .join('\n\n');
}

/** What all rows of a table share: `segmentation: non-background mIoU in percent (MNIST, bandwidth 16, grid)`. */
function titleOf(row: ResultRow): string {
  const { task, dataset, bandwidth, digitsPerSphere, fidelity, variant } = row;
  const parts = [datasetTitle(dataset), `bandwidth ${bandwidth}`];
  if (digitsPerSphere > 1) parts.push(`${digitsPerSphere} digits a sphere`);
  if (fidelity !== 'corrected') parts.push(`fidelity ${fidelity}`);
  if (variant) parts.push(variant);
  return `${task}: ${scoreName(task)} in percent (${parts.join(', ')})`;
}

/** Rows with the same keys as a table in Markdown. */
export function markdownTable(rows: readonly Record<string, string | number>[]): string {
  const heads = Object.keys(rows[0] ?? {});
  const lines = [heads, heads.map(() => '---'), ...rows.map((row) => Object.values(row))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Rows as columns of equal width: words to the left, numbers to the right. */
export function layOut(rows: readonly object[]): string {
  const heads = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => Object.values(row).map(String));
  const isNumber = heads.map((_, c) => cells.every((row) => /^[-+]?[\d.]+( ± [\d.]+)?$/.test(row[c])));
  const widths = heads.map((head, c) => Math.max(head.length, ...cells.map((row) => row[c].length)));
  const line = (row: string[]) =>
    row
      .map((cell, c) => (isNumber[c] ? cell.padStart(widths[c]) : cell.padEnd(widths[c])))
      .join('  ')
      .trimEnd();
  return [line(heads), widths.map((w) => '-'.repeat(w)).join('  '), ...cells.map(line)].join('\n');
}

/** `60000 rotated`, `60000 unrotated`, `60000 in 120 rotations`. */
export function dataText({ images, rotations }: Pick<Summary, 'images' | 'rotations'>): string {
  if (rotations === 0) return `${images} unrotated`;
  return rotations === images ? `${images} rotated` : `${images} in ${rotations} rotations`;
}

/** `58.2 ± 1.6`: mean and half the range. */
export function spreadText({ mean, low, high }: Spread): string {
  return high > low ? `${mean.toFixed(1)} ± ${((high - low) / 2).toFixed(1)}` : mean.toFixed(1);
}
