import type { Data } from 'plotly.js-dist';
import { checkUnmixed } from '../../analysis/selection';
import { checkTask, scoreName, type Task } from '../../datasets/task';
import { datasetTitle } from '../../datasets/title';
import type { TrainingErrorRow } from '../../results/measurements';
import { check } from '../../util/check';
import { extent } from '../../util/extent';
import type { Figure } from '../parts/figure';
import { labelledFrame } from '../parts/frame';
import { type EndLabel, labelColumn } from '../parts/label_column';
import { fullCount, score } from '../parts/numbers';
import { PlotsOverTraining, rangeOf } from '../parts/over_training';
import { type ChartOptions, type SeriesStyle, seriesStyle } from '../parts/theme';
import { capitalised, taskTitle } from '../parts/wording';

/** The rows of one training. */
interface Training {
  name: string;
  style: SeriesStyle;
  rows: TrainingErrorRow[];
}

/**
 * What a training makes of ReLU's aliasing: equivariance error above, scores on unrotated and on rotated validation
 * spheres below, over the training spheres seen; a colour for each grid that ReLU acts on.
 * @param rows of trainings on one data set, with as many images each
 * @throws UsageError if there are none of the task, or if they mix those
 */
export function errorOverTraining(
  rows: readonly TrainingErrorRow[],
  choice: { task: string },
  options: ChartOptions = {},
): Figure {
  const task = checkTask(choice.task);
  const own = rows.filter((row) => row.task === task);
  check(own.length > 0, () => `no measured trainings for ${task}`);
  checkUnmixed('trainings', own, ['dataset', 'images', 'validationImages'], 'choose one');
  const [{ dataset, images, model, validationImages }] = own;
  const trainings = trainingsOf(own);
  const { layout, inside } = labelledFrame({
    ...options,
    title: finding(trainings) ?? `${taskTitle(task)}: equivariance while training`,
    subtitle: [
      `${datasetTitle(dataset)} · ${model}, trained on ${fullCount(images)} unrotated images, one seed`,
      `Below: solid rotated, dotted unrotated; ${fullCount(validationImages)} validation spheres`,
    ],
    plotHeight: 420,
  });
  const plots = new PlotsOverTraining(
    inside,
    extent(own.map((row) => row.spheres))[1],
    valuesOf(own, task),
    0.5,
  );
  const labels = trainings.map(({ name, style, rows: all }): EndLabel => {
    const end = all[all.length - 1];
    return {
      lines: [
        name,
        `${score(end.areaRotated)} rotated`,
        `${score(end.areaUnrotated)} unrotated`,
        `error ${end.equivarianceError.toFixed(2)}`,
      ],
      color: style.textColor,
      ...plots.place('below', end.spheres, end.areaRotated),
    };
  });
  const data = trainings.flatMap((training) => [
    trace(training, 'equivarianceError'),
    trace(training, 'areaUnrotated'),
    trace(training, 'areaRotated'),
  ]);
  return {
    data,
    layout: {
      ...layout,
      ...plots.axes,
      annotations: labelColumn(
        labels,
        inside,
        { x: plots.axes.xaxis2, y: plots.axes.yaxis2, xref: 'x2', yref: 'y2' },
        data,
      ),
    },
    alt: altText(task, trainings),
    caption:
      'Grid: how much finer than its band limit the grid is on which ReLU acts. Equivariance error: relative distance of the ' +
      'probabilities of a turned sphere from the turned probabilities. The step with the best score on unrotated validation ' +
      'spheres is the one whose weights are kept.',
    rows: own.map(tableRow),
  };
}

function valuesOf(rows: readonly TrainingErrorRow[], task: Task) {
  const [, largest] = extent(rows.map((row) => row.equivarianceError));
  const scores = rows.flatMap((row) => [row.areaRotated, row.areaUnrotated]);
  return {
    above: { title: 'Equivariance error', range: [0, 1.08 * largest] as [number, number] },
    below: { title: `${capitalised(scoreName(task))} (%)`, range: rangeOf(scores) },
  };
}

/** From the coarsest grid to the finest. */
function trainingsOf(rows: readonly TrainingErrorRow[]): Training[] {
  const grids = [...new Set(rows.map((row) => row.oversampling))].sort((a, b) => a - b);
  return grids.map((grid, rank) => ({
    name: `Grid × ${grid}`,
    style: seriesStyle('s2cnn', rank),
    rows: rows.filter((row) => row.oversampling === grid).sort((a, b) => a.spheres - b.spheres),
  }));
}

/** How far rotated spheres fall behind unrotated ones on the coarsest grid and on the finest; undefined unless that is less than half. */
function finding(trainings: readonly Training[]): string | undefined {
  if (trainings.length < 2) return undefined;
  const [coarse, fine] = [trainings[0], trainings[trainings.length - 1]].map(({ rows }) => {
    const { areaUnrotated, areaRotated } = rows[rows.length - 1];
    return areaUnrotated - areaRotated;
  });
  if (coarse < 1 || Math.abs(fine) > coarse / 2) return undefined;
  return `Training opens a gap of ${score(coarse)} points on a coarse grid, of ${score(Math.max(0, fine))} on a finer one`;
}

function trace(
  { name, style, rows }: Training,
  measure: 'equivarianceError' | 'areaRotated' | 'areaUnrotated',
): Data {
  const isBelow = measure !== 'equivarianceError';
  return {
    type: 'scatter',
    mode: 'lines',
    name: `${name}, ${{ equivarianceError: 'error', areaRotated: 'rotated', areaUnrotated: 'unrotated' }[measure]}`,
    x: rows.map((row) => row.spheres),
    y: rows.map((row) => row[measure]),
    xaxis: isBelow ? 'x2' : 'x',
    yaxis: isBelow ? 'y2' : 'y',
    line: { color: style.color, dash: measure === 'areaUnrotated' ? 'dot' : 'solid', width: 2 },
    hovertemplate: '%{x:,} spheres: %{y:.3g}<extra>%{fullData.name}</extra>',
  };
}

function altText(task: Task, trainings: readonly Training[]): string {
  const ends = trainings.map(({ name, rows }) => {
    const { areaUnrotated, areaRotated, equivarianceError, spheres } = rows[rows.length - 1];
    return `${name} ends after ${fullCount(spheres)} spheres at ${score(areaUnrotated)} on unrotated and ${score(areaRotated)} on rotated validation spheres, with an error of ${equivarianceError.toFixed(2)}`;
  });
  return `Two line charts over the training spheres seen: equivariance error above, ${scoreName(task)} in percent below. ${ends.join('. ')}.`;
}

function tableRow(row: TrainingErrorRow) {
  return {
    model: row.model,
    images: row.images,
    oversampling: row.oversampling,
    spheres: row.spheres,
    unrotated: row.areaUnrotated,
    rotated: row.areaRotated,
    equivariance_error: row.equivarianceError,
    dataset: row.dataset,
  };
}
