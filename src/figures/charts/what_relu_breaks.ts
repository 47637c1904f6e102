import { checkUnmixed } from '../../analysis/selection';
import { checkTask, scoreName, type Task } from '../../datasets/task';
import { datasetTitle } from '../../datasets/title';
import type { ReluRow } from '../../results/measurements';
import { check } from '../../util/check';
import { type Dumbbell, dumbbells } from '../parts/dumbbells';
import type { Figure } from '../parts/figure';
import { compactCount, fullCount, score } from '../parts/numbers';
import { type ChartOptions, seriesStyle } from '../parts/theme';
import { scoreAxisTitle, taskTitle } from '../parts/wording';

/**
 * What ReLU breaks: S2CNNs trained on unrotated images, tested on unrotated and on rotated ones, with ReLU on the grid of
 * their training and on finer ones, where less of it aliases. Segmentation is scored with pixels weighted by area.
 * @param rows measured on one data set, on as many spheres each
 * @throws UsageError if there are none of the task, or if they mix those
 */
export function whatReluBreaks(
  rows: readonly ReluRow[],
  choice: { task: string },
  options: ChartOptions = {},
): Figure {
  const task = checkTask(choice.task);
  const own = ends(rows.filter((row) => row.task === task)).sort(inOrder);
  check(own.length > 0, () => `no measured grids of ReLU for ${task}`);
  checkUnmixed('measurements', own, ['dataset', 'spheres'], 'measure them anew');
  const [{ dataset, spheres, model }] = own;
  const { color } = seriesStyle('s2cnn', 0);
  const spread = (value: number) => ({ mean: value, low: value, high: value });
  return {
    ...dumbbells({
      ...options,
      title: finding(own) ?? `${taskTitle(task)}: what ReLU breaks`,
      subtitle: [
        `${datasetTitle(dataset)} · ${model} · trained on unrotated images, one network each`,
        `${fullCount(spheres)} test spheres${task === 'segmentation' ? ' · pixels weighted by area' : ''}`,
      ],
      xTitle: scoreAxisTitle(task, 'test spheres'),
      ends: ['tested unrotated', 'tested rotated'],
      rows: own.map(
        (row): Dumbbell => ({
          label: `<b>${compactCount(row.images)} images, grid × ${row.trainedOversampling}</b><br>tested × ${row.oversampling}<br>error ${row.equivarianceError.toFixed(2)}`,
          ends: [
            { score: spread(row.areaUnrotated), color },
            { score: spread(row.areaRotated), color },
          ],
        }),
      ),
    }),
    alt: altText(task, own),
    caption:
      'Grid: how much finer than its band limit the grid is on which ReLU acts, in training and in the test. Error: relative ' +
      'equivariance error of the answer. The linear layers make none.',
    rows: own.map(tableRow),
  };
}

/** Of each network the test with the grid of its training, and that with the finest. */
function ends(rows: readonly ReluRow[]): ReluRow[] {
  const finest = (id: string) =>
    Math.max(...rows.filter((row) => row.id === id).map(({ oversampling }) => oversampling));
  return rows.filter(
    (row) => row.oversampling === row.trainedOversampling || row.oversampling === finest(row.id),
  );
}

function inOrder(a: ReluRow, b: ReluRow): number {
  return (
    a.images - b.images || a.trainedOversampling - b.trainedOversampling || a.oversampling - b.oversampling
  );
}

/** What a finer grid leaves of the gap between both tests, where most images were seen; undefined unless it is less than half. */
function finding(rows: readonly ReluRow[]): string | undefined {
  const usual = rows.filter((row) => row.trainedOversampling === 1);
  const most = usual.filter((row) => row.images === Math.max(...usual.map(({ images }) => images)));
  if (most.length < 2) return undefined;
  const [coarse, fine] = [most[0], most[most.length - 1]].map((row) => row.areaUnrotated - row.areaRotated);
  if (coarse < 1 || Math.abs(fine) > coarse / 2) return undefined;
  return `A finer grid for ReLU closes the gap from ${score(coarse)} to ${score(fine)} points: what upright digits gain is aliasing`;
}

function altText(task: Task, rows: readonly ReluRow[]): string {
  const texts = rows.map(
    (row) =>
      `${fullCount(row.images)} images, grid ${row.trainedOversampling}, tested with ${row.oversampling}: ${score(row.areaUnrotated)} on unrotated, ` +
      `${score(row.areaRotated)} on rotated test spheres`,
  );
  return `Dumbbell chart of the S2CNN's ${scoreName(task)} in percent. ${texts.join('. ')}.`;
}

function tableRow(row: ReluRow) {
  return {
    model: row.model,
    images: row.images,
    trained_oversampling: row.trainedOversampling,
    oversampling: row.oversampling,
    unrotated: row.areaUnrotated,
    rotated: row.areaRotated,
    equivariance_error: row.equivarianceError,
    spheres: row.spheres,
    dataset: row.dataset,
  };
}
