import type { ResultRow } from '../results/rows';
import { check } from '../util/check';
import { mean } from '../util/mean';

/** Mean and range of a number over the seeds. */
export interface Spread {
  mean: number;
  low: number;
  high: number;
}

/** What differs between rows that differ only in their seeds. */
const ofEachRun = [
  'id',
  'seed',
  'validationRotated',
  'scoreRotated',
  'scoreUnrotated',
  'areaRotated',
  'areaUnrotated',
  'steps',
  'spheres',
  'bestStep',
  'converged',
  'seconds',
  'engine',
  'commit',
] as const satisfies readonly (keyof ResultRow)[];

/** The rest, which is the same in all of them. */
type Shared = Omit<ResultRow, (typeof ofEachRun)[number]>;

/** What experiments share that differ only in their seeds, with the spread of what came out. */
export interface Summary extends Shared {
  seeds: number[];
  /** on rotated validation spheres: what choices go by */
  validation: Spread;
  rotated: Spread;
  unrotated: Spread;
  areaRotated: Spread;
  areaUnrotated: Spread;
  spheres: Spread;
  seconds: Spread;
  /** whether all of them had reached their plateau */
  converged: boolean;
}

/** Mean, smallest and largest of some numbers. */
export function spreadOf(values: number[]): Spread {
  return { mean: mean(values), low: Math.min(...values), high: Math.max(...values) };
}

/**
 * Takes the experiments that differ only in their seeds together: S2CNNs first, then by size and training data.
 * @throws UsageError for a seed that stands there twice, or numbers of different versions
 */
export function summarise(rows: readonly ResultRow[]): Summary[] {
  const versions = [...new Set(rows.map((row) => row.numbers))];
  check(
    versions.length <= 1,
    `numbers of versions ${versions.join(' and ')} are not to be averaged: choose one of them`,
  );
  const groups = new Map<string, ResultRow[]>();
  for (const row of rows) groups.set(row.setting, [...(groups.get(row.setting) ?? []), row]);
  return [...groups.values()].map(summaryOf).sort(bySizeThenData);
}

function summaryOf(rows: ResultRow[]): Summary {
  const seeds = rows.map((row) => row.seed).sort((a, b) => a - b);
  const twice = seeds.find((seed, i) => seeds[i - 1] === seed);
  const { task, model, images } = rows[0];
  check(twice === undefined, `seed ${twice} of ${task}, ${model}, ${images} images stands there twice`);
  const shared = Object.fromEntries(
    Object.entries(rows[0]).filter(([key]) => !(ofEachRun as readonly string[]).includes(key)),
  ) as unknown as Shared;
  const spread = (key: Exclude<(typeof ofEachRun)[number], 'id' | 'converged' | 'engine' | 'commit'>) =>
    spreadOf(rows.map((row) => row[key]));
  return {
    ...shared,
    seeds,
    validation: spread('validationRotated'),
    rotated: spread('scoreRotated'),
    unrotated: spread('scoreUnrotated'),
    areaRotated: spread('areaRotated'),
    areaUnrotated: spread('areaUnrotated'),
    spheres: spread('spheres'),
    seconds: spread('seconds'),
    converged: rows.every((row) => row.converged),
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

/** A network's preset, and how it differs from it: `s2cnn-204k, oversampling 1.5`. */
export function networkName({ model, variant }: Pick<Summary, 'model' | 'variant'>): string {
  return variant ? `${model}, ${variant}` : model;
}
