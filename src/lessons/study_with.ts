import { isUsualData, selectStudy, studiesOf } from '../analysis/selection';
import type { Task } from '../datasets/task';
import type { ResultRow } from '../results/rows';
import { check } from '../util/check';
import type { Study } from './main_study';

/** So many amounts of training images of one family, rotated or not. */
interface Need {
  family: ResultRow['family'];
  rotated: boolean;
  amounts: number;
}

const equivariant: Need = { family: 's2cnn', rotated: false, amounts: 1 };

/** What a study must hold for a figure to say something. */
const needs = {
  curves: [equivariant, { family: 'cnn', rotated: true, amounts: 2 }],
  saturation: [equivariant, { family: 'cnn', rotated: true, amounts: 3 }],
  collapse: [equivariant, { family: 'cnn', rotated: false, amounts: 1 }],
} satisfies Record<string, Need[]>;

/**
 * Of the studies of a task that hold what a figure needs, the one at the highest bandwidth: MNIST's before those of other
 * images, the built-in glyphs' last; of equals the one with the most experiments. All with one digit on a sphere, without
 * faults.
 * @throws UsageError if no study holds it
 */
export function studyWith(
  rows: readonly ResultRow[],
  task: Task,
  figure: keyof typeof needs,
): Study & { task: Task } {
  const usual = rows.filter((row) => row.task === task && isUsualData(row) && !row.variant);
  const fitting = studiesOf(usual)
    .map((choice) => ({ ...(choice as Study), task }))
    .filter((choice) => needs[figure].every((need) => holds(selectStudy(usual, choice), need)));
  check(
    fitting.length > 0,
    `no study of ${task} holds what its ${figure} need; \`npm run reproduce\` makes one`,
  );
  const rank = (choice: Study) => [
    Number(choice.dataset === 'mnist') - Number(choice.dataset === 'glyphs'),
    choice.bandwidth,
    selectStudy(usual, choice).length,
  ];
  return fitting.reduce((best, choice) => (isAbove(rank(choice), rank(best)) ? choice : best));
}

function holds(rows: readonly ResultRow[], { family, rotated, amounts }: Need): boolean {
  const own = rows.filter((row) => row.family === family && row.rotations > 0 === rotated);
  const models = [...new Set(own.map((row) => row.model))];
  return models.some(
    (model) => new Set(own.filter((row) => row.model === model).map((row) => row.images)).size >= amounts,
  );
}

/** By the first number that differs. */
function isAbove(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at] > b[at];
}
