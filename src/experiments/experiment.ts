import { type DatasetName, datasetNames } from '../datasets/digits';
import { type Task, tasks } from '../training/batches';
import { type Schedule, schedules } from '../training/learning_rate';
import { check, checkInteger, checkKeys, checkOneOf } from '../util/check';
import { digest } from '../util/files';

export type TierName = 'quick' | 'laptop' | 'paper';
export type Fidelity = 'corrected' | 'released';

export const tierNames: readonly TierName[] = ['quick', 'laptop', 'paper'];
export const fidelities: readonly Fidelity[] = ['corrected', 'released'];

/** One training and its tests, as data: everything that its numbers depend on, besides code and engine. */
export interface Experiment {
  tier: TierName;
  task: Task;
  dataset: DatasetName;
  /** name of a preset in src/models */
  model: string;
  bandwidth: number;
  /** training images */
  images: number;
  /** distinct rotations among them; 0: unrotated */
  rotations: number;
  validationImages: number;
  testImages: number;
  /** of the choice of images, their rotations, the initial weights and the shuffles; the test sets are always the same */
  seed: number;
  /** the data generator: as it should be, or with the released one's faults */
  fidelity: Fidelity;
  epochs: number;
  batchSize: number;
  learningRate: number;
  schedule: Schedule;
  /** epochs without a better validation after which training stops */
  patience: number;
}

const keys: readonly (keyof Experiment)[] = [
  'tier',
  'task',
  'dataset',
  'model',
  'bandwidth',
  'images',
  'rotations',
  'validationImages',
  'testImages',
  'seed',
  'fidelity',
  'epochs',
  'batchSize',
  'learningRate',
  'schedule',
  'patience',
];

/**
 * Checks and freezes an experiment.
 * @throws UsageError for an unknown or missing key, or a value that cannot be
 */
export function experiment(fields: Experiment): Readonly<Experiment> {
  checkKeys('experiment', fields, keys);
  for (const key of keys) check(fields[key] !== undefined, `experiment: "${key}" is missing`);
  checkOneOf('tier', fields.tier, tierNames);
  checkOneOf('task', fields.task, tasks);
  checkOneOf('data set', fields.dataset, datasetNames);
  checkOneOf('fidelity', fields.fidelity, fidelities);
  checkOneOf('schedule', fields.schedule, schedules);
  checkInteger('experiment: bandwidth', fields.bandwidth, 1);
  checkInteger('experiment: seed', fields.seed, 0);
  for (const key of ['images', 'validationImages', 'testImages', 'epochs', 'batchSize', 'patience'] as const)
    checkInteger(`experiment: ${key}`, fields[key], 1);
  checkInteger('experiment: rotations', fields.rotations, 0, fields.images);
  check(
    fields.learningRate > 0,
    `experiment: learningRate: expected more than 0, got ${fields.learningRate}`,
  );
  return Object.freeze({ ...fields });
}

/** First 12 hexadecimal digits of the SHA-256 of the experiment's JSON with sorted keys. */
export function experimentId(fields: Experiment): string {
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return digest('sha256', JSON.stringify(Object.fromEntries(sorted))).slice(0, 12);
}

/** One line for people: `segmentation, cnn-quick-small, 2000 images, 2000 rotations, seed 1`. */
export function describeExperiment({ task, model, images, rotations, seed }: Experiment): string {
  return `${task}, ${model}, ${images} images, ${rotations ? `${rotations} rotations` : 'unrotated'}, seed ${seed}`;
}
