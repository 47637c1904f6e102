import type { DatasetName } from '../datasets/digits';
import { tasks } from '../training/batches';
import { check, checkOneOf } from '../util/check';
import { type Experiment, experiment } from './experiment';
import { modelsOf, type Series, type Tier, tierOf } from './tiers';

export interface GridChoice {
  dataset: DatasetName;
  /** parts of the tier; default: all of it */
  tasks?: readonly string[];
  models?: readonly string[];
  /** other seeds than the tier's */
  seeds?: readonly number[];
}

/**
 * The experiments of a tier, in the order in which they are of most use: all of one seed before the next, and within
 * it every series at its least data before any at its second.
 * @throws UsageError for a task or model that the tier does not have
 */
export function gridOf(tier: Tier, choice: GridChoice): Experiment[] {
  for (const task of choice.tasks ?? []) checkOneOf('task', task, tasks);
  for (const model of choice.models ?? [])
    checkOneOf(`model of the ${tier.name} tier`, model, modelsOf(tier));
  const series = tier.series.filter(
    ({ task, model }) =>
      (choice.tasks ?? [task]).includes(task) && (choice.models ?? [model]).includes(model),
  );
  check(series.length > 0, `the ${tier.name} tier has no ${choice.models} for ${choice.tasks}`);
  const rungs = Math.max(...series.map(({ images }) => images.length));
  return (choice.seeds ?? tier.seeds).flatMap((seed) =>
    Array.from({ length: rungs }, (_, rung) =>
      series
        .filter(({ images }) => rung < images.length)
        .map((s) => experimentOf(tier, s, s.images[rung], choice.dataset, seed)),
    ).flat(),
  );
}

/** The tier's prior guess of how long an experiment takes, in seconds. */
export function expectedSeconds({ tier, task, model, images, epochs }: Experiment): number {
  const series = tierOf(tier).series.find((s) => s.model === model && s.task === task);
  return ((series?.secondsPerThousand ?? 10) * images * epochs) / 1000;
}

function experimentOf(
  tier: Tier,
  { task, model, rotated, steps, learningRate }: Series,
  images: number,
  dataset: DatasetName,
  seed: number,
): Experiment {
  const { name, bandwidth, validationImages, testImages, batchSize, schedule } = tier;
  const epochs = Math.min(tier.epochs, Math.max(1, Math.round(steps / Math.ceil(images / batchSize))));
  return experiment({
    tier: name,
    task,
    dataset,
    model,
    bandwidth,
    images,
    rotations: rotated ? images : 0,
    validationImages,
    testImages,
    seed,
    fidelity: 'corrected',
    epochs,
    batchSize,
    learningRate: learningRate ?? tier.learningRate,
    schedule,
    patience: Math.max(3, Math.ceil(tier.patience * epochs)),
  });
}
