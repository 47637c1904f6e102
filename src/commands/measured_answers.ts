import type * as tf from '@tensorflow/tfjs';
import { contestantsOf } from '../analysis/contestants';
import { measureAnswers, orbit } from '../analysis/test_time';
import { tasks } from '../datasets/task';
import { testSets, turnedTestSpheres } from '../experiments/sets';
import type { Rotation } from '../math/rotation';
import { type AnswerRow, readAnswers, writeAnswers } from '../results/measurements';
import { experimentOf } from '../results/read';
import type { ResultRow } from '../results/rows';
import type { Context } from './command';
import { type Measuring, oversamplingOf } from './measuring';

/** An answer to be measured. */
interface Wanted {
  rows: readonly ResultRow[];
  orbit: number;
  turning: AnswerRow['turning'];
  /** default: as in training */
  oversampling?: number;
}

/** The answers of each task's contestants, as many of them as are not measured yet. */
export async function measureAnswersOf(
  rows: readonly ResultRow[],
  measuring: Measuring,
  context: Context,
): Promise<void> {
  const wanted = tasks.flatMap((task) => answersOf(contestantsOf(rows, task)));
  for (const answer of wanted) await measureOne(answer, measuring, context);
}

/** What is asked of each: more rotations, either way; more networks of the CNNs; finer grids of the S2CNN, in the test and in training. */
function answersOf({ equivariant, finer, plain, ensemble }: ReturnType<typeof contestantsOf>): Wanted[] {
  const over = (
    rows: readonly ResultRow[],
    orbits: readonly number[],
    turning: Wanted['turning'] = 'projection',
    oversampling?: number,
  ) => orbits.map((orbit): Wanted => ({ rows, orbit, turning, oversampling }));
  const ofS2cnn = (one: ResultRow) => [
    ...over([one], [1, 4, 16]),
    ...over([one], [1, 4, 16], 'spectrum'),
    ...[1.5, 2].flatMap((oversampling) => over([one], [1], 'projection', oversampling)),
  ];
  const ofCnn = (one: ResultRow) => [
    ...over([one], [1, 4, 16, 64]),
    ...over([one], [1, 4, 16, 64], 'spectrum'),
  ];
  return [
    ...(equivariant ? ofS2cnn(equivariant) : []),
    ...(finer ? over([finer], [1, 4, 16]) : []),
    ...(plain ? ofCnn(plain) : []),
    ...(ensemble.length > 1 ? over(ensemble, [1, 4, 16]) : []),
  ];
}

async function measureOne(
  { rows, orbit: count, turning, ...asked }: Wanted,
  { trained, digits, spheres, by, to }: Measuring,
  { status, signal }: Context,
): Promise<void> {
  const [first] = rows;
  const ids = rows.map(({ id }) => id);
  const experiments = rows.map((row) => experimentOf(trained.results, row));
  const trainedOversampling = oversamplingOf(experiments[0]);
  const oversampling = asked.oversampling ?? trainedOversampling;
  const key = { ids, orbit: count, turning, oversampling, spheres };
  const known = readAnswers(to);
  const isSame = (row: AnswerRow) =>
    Object.entries(key).every(([k, v]) => String(row[k as keyof AnswerRow]) === String(v));
  if (known.some(isSame)) return;
  const change = first.family === 's2cnn' ? { oversampling } : {};
  const models: tf.LayersModel[] = experiments.map((e) => trained.load(e, change));
  const { task, bandwidth, dataset } = experiments[0];
  const tested = { ...experiments[0], testImages: Math.min(spheres, digits.test.count) };
  const answerer = { models, task, bandwidth, rotations: orbit(count, 1) };
  const projected = (rotation: Rotation) => turnedTestSpheres(digits, tested, rotation);
  const measures = await measureAnswers(answerer, testSets(digits, tested).rotated, {
    ...(turning === 'projection' ? { projected } : {}),
    signal,
  });
  for (const model of models) model.dispose();
  const names = rows.map((row) => row.model);
  const parameters = rows.reduce((sum, row) => sum + row.parameters, 0);
  const { family, images, rotations } = first;
  writeAnswers(
    [
      ...known,
      {
        ...{ task, dataset, family, models: names, parameters, images, rotations, trainedOversampling },
        ...{ ...key, ...measures, ...by },
      },
    ],
    to,
  );
  status.log(
    `${task}, ${names.join(' + ')}, over ${count} by ${turning}, grid ${oversampling}: ${measures.score.toFixed(1)}, ` +
      `error ${measures.equivarianceError.toFixed(3)}, ${measures.milliseconds.toFixed(2)} ms`,
  );
}
