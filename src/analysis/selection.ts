import { fits } from '../results/read';
import type { ResultRow } from '../results/rows';
import { check, checkKeys } from '../util/check';

/** What rows must share before they may stand in one figure. */
export const studyKeys = [
  'tier',
  'dataset',
  'bandwidth',
  'fidelity',
  'digitsPerSphere',
  'variant',
  'testImages',
  'numbers',
] as const;

type StudyKey = (typeof studyKeys)[number];

/** Values by which rows are chosen; those not given are not looked at. */
export type Choice = { task?: string; dataset?: string } & Partial<
  Pick<ResultRow, Exclude<StudyKey, 'dataset'>>
>;

/** A choice of one task. */
export type TaskChoice = Choice & { task: string };

/**
 * The rows that fit a choice.
 * @throws UsageError if there are none, or if they mix what must not be mixed: tiers, data sets, ...
 */
export function selectStudy<Row extends ResultRow>(rows: readonly Row[], choice: Choice): Row[] {
  if (rows.length > 0) checkKeys('a choice of results', choice, Object.keys(rows[0]));
  const chosen = rows.filter((row) => fits(row, choice));
  check(chosen.length > 0, `no results of ${Object.values(choice).join(', ') || 'any kind'}`);
  checkUnmixed('results', chosen, studyKeys, 'choose one');
  return chosen;
}

/**
 * @param what the rows are
 * @param keys in which they must not differ
 * @param remedy what to do if they do
 * @throws UsageError that names the first of the keys in which they differ, with its values
 */
export function checkUnmixed<Row>(
  what: string,
  rows: readonly Row[],
  keys: readonly (keyof Row & string)[],
  remedy: string,
): void {
  for (const key of keys) {
    const values = [...new Set(rows.map((row) => row[key]))];
    check(values.length === 1, () => `these ${what} mix ${key} ${values.join(' and ')}: ${remedy}`);
  }
}

/** @throws UsageError for rows of different versions of the numbers, which must not be averaged */
export function checkSameNumbers(rows: readonly Pick<ResultRow, 'numbers'>[]): void {
  if (rows.length > 0) checkUnmixed('results', rows, ['numbers'], 'choose one');
}

/** One digit on a sphere, from a generator without faults: what is meant where nothing else is said. */
export function isUsualData({
  fidelity,
  digitsPerSphere,
}: Pick<ResultRow, 'fidelity' | 'digitsPerSphere'>): boolean {
  return fidelity === 'corrected' && digitsPerSphere === 1;
}

/** An S2CNN that differs from its preset in the grid of its ReLUs only. */
export function isFinerGrid({ family, variant }: Pick<ResultRow, 'family' | 'variant'>): boolean {
  return family === 's2cnn' && /^oversampling [\d.]+$/.test(variant);
}

/** Of S2CNNs with finer grids, those that were trained on unrotated images in the study to which `one` belongs. */
export function finerGridsOf(
  rows: readonly ResultRow[],
  one: Pick<ResultRow, StudyKey | 'task'>,
): ResultRow[] {
  const isOfStudy = (row: ResultRow) =>
    row.task === one.task && studyKeys.every((key) => key === 'variant' || row[key] === one[key]);
  return rows.filter((row) => isFinerGrid(row) && row.rotations === 0 && isOfStudy(row));
}

/** The choices that split rows into studies, in the order in which they first appear. */
export function studiesOf(rows: readonly ResultRow[]): Choice[] {
  const studies = new Map<string, Choice>();
  for (const row of rows) {
    const choice = Object.fromEntries(
      [...studyKeys, 'task' as const].map((key) => [key, row[key]]),
    ) as Choice;
    studies.set(JSON.stringify(choice), choice);
  }
  return [...studies.values()];
}
