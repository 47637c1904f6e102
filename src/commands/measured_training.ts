import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { measureAnswers, orbit } from '../analysis/test_time';
import { type Experiment, experimentId } from '../experiments/experiment';
import { rotatedValidationSet, trainingSets } from '../experiments/sets';
import { buildNetwork } from '../models/network';
import { readTrainingErrors, type TrainingErrorRow, writeTrainingErrors } from '../results/measurements';
import type { ResultRow } from '../results/rows';
import { trainOptionsOf } from '../running/runner';
import { evaluate } from '../training/evaluate';
import { train } from '../training/loop';
import { outFolder } from '../util/files';
import type { Context } from './command';
import { bothScores, compared, type Measuring, oversamplingOf, unrotatedS2cnns } from './measuring';

/**
 * Trains the S2CNNs that were trained on unrotated images again, as they were trained, and measures them at each
 * validation. A training that is not done lies in out/measured; the same command goes on with it.
 */
export async function measureTrainings(
  rows: readonly ResultRow[],
  measuring: Measuring,
  context: Context,
): Promise<void> {
  for (const e of unrotatedS2cnns(rows, measuring)) {
    const id = experimentId(e);
    if (readTrainingErrors(measuring.to).some((row) => row.id === id)) continue;
    const unfinished = join(outFolder, 'measured', id);
    await follow(e, unfinished, measuring, context);
    writeTrainingErrors(
      [...readTrainingErrors(measuring.to), ...readTrainingErrors(unfinished)],
      measuring.to,
    );
    rmSync(unfinished, { recursive: true });
  }
}

/** Trains, and writes a row for each validation into the folder. */
async function follow(
  e: Experiment,
  folder: string,
  { digits, by }: Measuring,
  { status, signal }: Context,
): Promise<void> {
  const { task, dataset, model: name, images, bandwidth, validationImages } = e;
  const id = experimentId(e);
  const title = `${task} ${name}, ${images} images, grid ${oversamplingOf(e)}`;
  const data = trainingSets(digits, e);
  const rotated = rotatedValidationSet(digits, e);
  const few = trainingSets(digits, { ...e, images: 1, validationImages: compared }).validation;
  const model = buildNetwork(e.network, e.seed);
  const answerer = { models: [model], task, bandwidth, rotations: orbit(1, 1) };
  try {
    await train(model, data, {
      ...trainOptionsOf(e),
      belongsTo: `${id}, measured`,
      checkpoint: join(folder, 'checkpoint'),
      signal,
      log: (line) => status.log(`${title}: ${line}`),
      onProgress: ({ step, steps }) => status.update(`${title}: step ${step}/${steps}`),
      onValidation: async ({ step, spheres }) => {
        const turned = await evaluate(model, rotated, task, { signal });
        const upright = await evaluate(model, data.validation, task, { signal });
        const { equivarianceError } = await measureAnswers(answerer, few, { tried: compared, signal });
        const row: TrainingErrorRow = {
          ...{ task, dataset, model: name, id, images, oversampling: oversamplingOf(e) },
          ...{ step, spheres, validationImages },
          ...bothScores(turned, upright),
          equivarianceError,
          ...by,
        };
        // Cut off between this row and the checkpoint, it is made again.
        const others = readTrainingErrors(folder).filter((other) => other.step !== step);
        writeTrainingErrors([...others, row], folder);
        status.log(
          `${title}: ${spheres} spheres seen, ${row.areaUnrotated.toFixed(1)} unrotated, ` +
            `${row.areaRotated.toFixed(1)} rotated, error ${equivarianceError.toFixed(3)}`,
        );
      },
    });
  } finally {
    model.dispose();
  }
}
