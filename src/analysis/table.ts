import type { StoredResult } from '../results/store';
import { formatSeconds } from '../util/duration';

const heads = ['model', 'parameters', 'training data', 'rotated', 'unrotated', 'by area', 'time'] as const;

/**
 * The finished experiments as a table for the terminal: a line per task, model and training data; scores in percent,
 * mean over the seeds, and "±" half their range where there are several.
 */
export function resultsTable(results: readonly StoredResult[]): string {
  const finished = results.filter((r) => r.final);
  const tasks = [...new Set(finished.map((r) => r.config.experiment.task))].sort();
  return tasks
    .map((task) => {
      const ofTask = finished.filter((r) => r.config.experiment.task === task);
      const rows = [...groups(ofTask).values()].sort(byModelThenData).map(cells);
      return `${title(task, ofTask)}\n${layOut([[...heads], ...rows])}`;
    })
    .join('\n\n');
}

function title(task: string, results: StoredResult[]): string {
  const { config } = results[0];
  const measure = task === 'segmentation' ? 'non-background mIoU' : 'accuracy';
  return `${task}: ${measure} in percent (${config.source}, bandwidth ${config.experiment.bandwidth})`;
}

function groups(results: StoredResult[]): Map<string, StoredResult[]> {
  const byKey = new Map<string, StoredResult[]>();
  for (const result of results) {
    const { model, images, rotations } = result.config.experiment;
    const key = [model, images, rotations].join(' ');
    byKey.set(key, [...(byKey.get(key) ?? []), result]);
  }
  return byKey;
}

/** Equivariant networks first, then by size, rotation and amount of data. */
function byModelThenData([a]: StoredResult[], [b]: StoredResult[]): number {
  const rank = ({ config: { experiment: e }, final }: StoredResult) => [
    e.model.startsWith('s2cnn') ? 0 : 1,
    final!.parameters,
    Math.min(1, e.rotations),
    e.images,
    e.rotations,
  ];
  const other = rank(b);
  return rank(a)
    .map((value, i) => value - other[i])
    .reduce((first, difference) => first || difference, 0);
}

function cells(group: StoredResult[]): string[] {
  const { model, images, rotations } = group[0].config.experiment;
  const finals = group.map((r) => r.final!);
  const data =
    rotations === 0
      ? `${images} unrotated`
      : rotations === images
        ? `${images} rotated`
        : `${images} in ${rotations} rotations`;
  return [
    model,
    String(finals[0].parameters),
    data,
    spread(finals.map((f) => f.rotated.score)),
    spread(finals.map((f) => f.unrotated.score)),
    byArea(finals),
    formatSeconds(finals.reduce((sum, f) => sum + f.seconds, 0) / finals.length),
  ];
}

/** The segmentation scores with pixels weighted by area, rotated and unrotated. */
function byArea(finals: NonNullable<StoredResult['final']>[]): string {
  const mean = (scores: (number | undefined)[]) =>
    scores.reduce<number>((sum, s) => sum + (s ?? Number.NaN), 0) / scores.length;
  const [rotated, unrotated] = [
    mean(finals.map((f) => f.rotated.areaScore)),
    mean(finals.map((f) => f.unrotated.areaScore)),
  ];
  return Number.isNaN(rotated) ? '' : `${rotated.toFixed(1)} | ${unrotated.toFixed(1)}`;
}

function spread(scores: number[]): string {
  const mean = scores.reduce((sum, s) => sum + s, 0) / scores.length;
  const half = (Math.max(...scores) - Math.min(...scores)) / 2;
  return mean.toFixed(1) + (scores.length > 1 ? ` ±${half.toFixed(1)}` : '');
}

/** Columns of equal width; the first and the third to the left, the numbers to the right. */
function layOut(rows: string[][]): string {
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
  const line = (row: string[]) =>
    row.map((cell, c) => (c === 0 || c === 2 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  ');
  const rule = widths.map((w) => '-'.repeat(w)).join('  ');
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n');
}
