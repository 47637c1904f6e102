import type { ResultRow } from '../results/rows';

/** Mean and range of a number over the seeds. */
export interface Spread {
  mean: number;
  low: number;
  high: number;
}

/** What experiments share that differ only in their seeds, with the spread of what came out. */
export interface Summary
  extends Omit<
    ResultRow,
    | 'id'
    | 'seed'
    | 'scoreRotated'
    | 'scoreUnrotated'
    | 'areaRotated'
    | 'areaUnrotated'
    | 'epochs'
    | 'seconds'
    | 'engine'
  > {
  seeds: number[];
  rotated: Spread;
  unrotated: Spread;
  seconds: Spread;
}

/** Mean, smallest and largest of some numbers. */
export function spreadOf(values: number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, low: Math.min(...values), high: Math.max(...values) };
}

/** Takes the experiments that differ only in their seeds together: S2CNNs first, then by size and training data. */
export function summarise(rows: readonly ResultRow[]): Summary[] {
  const groups = new Map<string, ResultRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(shared(row));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map(summaryOf).sort(bySizeThenData);
}

/** The summaries as text for a table: scores as mean and half their range, times as means. */
export function tableRows(summaries: readonly Summary[]): Record<string, string | number>[] {
  return summaries.map((s) => ({
    task: s.task,
    model: s.model,
    parameters: s.parameters,
    'training images': s.images,
    'distinct rotations': s.rotations,
    seeds: s.seeds.length,
    'score, rotated': spreadText(s.rotated),
    'score, unrotated': spreadText(s.unrotated),
    seconds: Math.round(s.seconds.mean),
  }));
}

function spreadText({ mean, low, high }: Spread): string {
  return high > low ? `${mean.toFixed(1)} ± ${((high - low) / 2).toFixed(1)}` : mean.toFixed(1);
}

function shared(row: ResultRow) {
  const {
    id,
    seed,
    scoreRotated,
    scoreUnrotated,
    areaRotated,
    areaUnrotated,
    epochs,
    seconds,
    engine,
    ...rest
  } = row;
  return rest;
}

function summaryOf(rows: ResultRow[]): Summary {
  return {
    ...shared(rows[0]),
    seeds: rows.map((row) => row.seed).sort((a, b) => a - b),
    rotated: spreadOf(rows.map((row) => row.scoreRotated)),
    unrotated: spreadOf(rows.map((row) => row.scoreUnrotated)),
    seconds: spreadOf(rows.map((row) => row.seconds)),
  };
}

function bySizeThenData(a: Summary, b: Summary): number {
  const rank = (s: Summary) => [
    s.family === 's2cnn' ? 0 : 1,
    s.parameters,
    Math.min(1, s.rotations),
    s.images,
    s.rotations,
  ];
  const other = rank(b);
  return rank(a)
    .map((value, i) => value - other[i])
    .reduce((first, difference) => first || difference, 0);
}
