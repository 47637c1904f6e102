import { measureAnswers, orbit } from '../analysis/test_time';
import { type Experiment, experimentId } from '../experiments/experiment';
import { testSets } from '../experiments/sets';
import { type ReluRow, readRelu, writeRelu } from '../results/measurements';
import type { ResultRow } from '../results/rows';
import { evaluate } from '../training/evaluate';
import type { Context } from './command';
import { bothScores, compared, type Measuring, oversamplingOf, unrotatedS2cnns } from './measuring';

/** How much finer than their band limits the grids are on which ReLU acts while a network is tested. */
const factors = [1, 1.5, 2];

/** Every S2CNN that was trained on unrotated images, with ReLU on the grid of its training and on finer ones. */
export async function measureRelu(
  rows: readonly ResultRow[],
  measuring: Measuring,
  context: Context,
): Promise<void> {
  for (const e of unrotatedS2cnns(rows, measuring))
    for (const oversampling of factors.filter((factor) => factor >= oversamplingOf(e)))
      await measureOne(e, oversampling, measuring, context);
}

async function measureOne(
  e: Experiment,
  oversampling: number,
  { trained, digits, spheres, by, to }: Measuring,
  { status, signal }: Context,
): Promise<void> {
  const { task, dataset, model: name, images } = e;
  const id = experimentId(e);
  const known = readRelu(to);
  const isSame = (row: ReluRow) =>
    row.id === id && row.oversampling === oversampling && row.spheres === spheres;
  if (known.some(isSame)) return;
  const model = trained.load(e, { oversampling });
  const sets = (testImages: number) =>
    testSets(digits, { ...e, testImages: Math.min(testImages, digits.test.count) });
  const { rotated, unrotated } = sets(spheres);
  const [turned, upright] = [
    await evaluate(model, rotated, task, { signal }),
    await evaluate(model, unrotated, task, { signal }),
  ];
  const answerer = { models: [model], task, bandwidth: e.bandwidth, rotations: orbit(1, 1) };
  const { equivarianceError } = await measureAnswers(answerer, sets(compared).unrotated, { signal });
  model.dispose();
  const row: ReluRow = {
    ...{ task, dataset, model: name, id, images, spheres },
    ...{ trainedOversampling: oversamplingOf(e), oversampling },
    ...bothScores(turned, upright),
    equivarianceError,
    ...by,
  };
  writeRelu([...known, row], to);
  status.log(
    `${name}, ${images} images, trained with grid ${row.trainedOversampling}, tested with ${oversampling}: ` +
      `${row.areaUnrotated.toFixed(1)} unrotated, ${row.areaRotated.toFixed(1)} rotated, error ${equivarianceError.toFixed(3)}`,
  );
}
