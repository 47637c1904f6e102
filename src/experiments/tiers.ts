import { type Task, tasks } from '../training/batches';
import type { Schedule } from '../training/learning_rate';
import { checkOneOf } from '../util/check';
import type { TierName } from './experiment';

/** One curve of a tier: a model of one task, at growing amounts of training data. */
export interface Series {
  task: Task;
  model: string;
  /** each image by a rotation of its own, or none rotated */
  rotated: boolean;
  /** amounts of training images, growing */
  images: readonly number[];
  /** instead of the tier's */
  learningRate?: number;
  /** steps of the longest training allowed; epochs follow from it: small sets are seen more often */
  steps: number;
  /** seconds for 1000 training images once, on two cores with a BLAS: only for the first estimate of time left */
  secondsPerThousand: number;
}

export interface Tier {
  name: TierName;
  /** one line for --help */
  about: string;
  /** experiments run side by side, on one thread each */
  sideBySide: boolean;
  bandwidth: number;
  seeds: readonly number[];
  validationImages: number;
  testImages: number;
  batchSize: number;
  learningRate: number;
  schedule: Schedule;
  /** the most epochs, whatever the steps allow */
  epochs: number;
  /** early stopping waits for this part of the epochs, and for 3 epochs at least */
  patience: number;
  /** the order matters: at each amount of data the first series is trained first */
  series: readonly Series[];
}

const quickS2cnn = {
  model: 's2cnn-quick',
  rotated: false,
  images: [6000],
};

/** Both CNNs on both tasks; steps for some twenty seconds each. */
function quickCnns(data: Pick<Series, 'rotated' | 'images'>): Series[] {
  const [small, large] = ['cnn-quick-small', 'cnn-quick-large'];
  return [
    { ...data, task: 'segmentation', model: small, steps: 6000, secondsPerThousand: 0.45 },
    { ...data, task: 'classification', model: small, steps: 8000, secondsPerThousand: 0.25 },
    { ...data, task: 'segmentation', model: large, steps: 5000, secondsPerThousand: 0.65 },
    { ...data, task: 'classification', model: large, steps: 6000, secondsPerThousand: 0.45 },
  ];
}

const quick: Tier = {
  name: 'quick',
  about: 'minutes on two cores: small networks at bandwidth 14, two seeds',
  sideBySide: true, // small steps divide badly; and the numbers do not depend on the number of processors
  bandwidth: 14, // 28 x 28 pixels; below 12 the strokes alias, and the S2CNN feels where a digit lies
  seeds: [1, 2], // the least that shows a spread
  validationImages: 500, // standard error of an accuracy of 90 %: 1.3 points
  testImages: 4000, // 0.5 points
  batchSize: 8, // the paper's 32 learns less in the same time; so does 16
  learningRate: 1e-3, // the paper's
  schedule: 'cosine', // ends a short training at a low rate without tuning
  epochs: 40, // above it the small sets are only memorised
  patience: 0.4, // a cosine's last third is where the validation settles
  series: [
    // 5e-3 learns slower, 3e-2 not at all
    { ...quickS2cnn, task: 'segmentation', learningRate: 1e-2, steps: 3000, secondsPerThousand: 1.6 },
    // at 1e-2 the weights grow so fast that small errors of equivariance do, too
    { ...quickS2cnn, task: 'classification', learningRate: 7e-3, steps: 3750, secondsPerThousand: 1.3 },
    ...quickCnns({ rotated: true, images: [250, 1000, 4000, 16000] }), // a factor of 64, even on a log axis
    // as much data as the S2CNN gets: only the rotations are missing
    ...quickCnns({ rotated: false, images: quickS2cnn.images }),
  ],
};

const laptop: Tier = {
  ...quick,
  name: 'laptop',
  about: 'hours on a laptop: wider networks at bandwidth 16, three seeds',
  bandwidth: 16, // 32 x 32 pixels: the finest grid that trains overnight without a GPU
  seeds: [1, 2, 3], // a spread with a middle
  validationImages: 2000,
  testImages: 5000,
  batchSize: 32, // the paper's
  epochs: 100, // the paper's
  series: [
    ...perTask('s2cnn-laptop', {
      rotated: false,
      images: [10000, 60000], // the paper's curve starts at 10,000
      steps: 10000,
      secondsPerThousand: 40,
    }),
    ...perTask('cnn-laptop-small', {
      rotated: true,
      images: [10000, 60000, 120000, 240000],
      steps: 20000,
      secondsPerThousand: 3,
    }),
    ...perTask('cnn-laptop-large', {
      rotated: true,
      images: [10000, 60000, 120000, 240000],
      steps: 20000,
      secondsPerThousand: 8,
    }),
    ...perTask('cnn-laptop-small', { rotated: false, images: [60000], steps: 10000, secondsPerThousand: 3 }),
    ...perTask('cnn-laptop-large', { rotated: false, images: [60000], steps: 10000, secondsPerThousand: 8 }),
  ],
};

const paperAmounts = [60000, 120000, 240000, 600000, 1200000]; // 1, 2, 4, 10 and 20 times the originals

const paper: Tier = {
  name: 'paper',
  about: "the paper's networks at bandwidth 50: a GPU, or a cluster, and days",
  sideBySide: false,
  bandwidth: 50, // as everything below: the paper's, unless a reason stands beside it
  seeds: [1, 2, 3], // the paper has no error bars; three runs give some
  validationImages: 5000, // not told; as many as the held-out images
  testImages: 10000,
  batchSize: 32,
  learningRate: 1e-3,
  schedule: 'constant',
  epochs: 100,
  patience: 0.1, // the rule is not told; ten epochs is common
  series: [
    ...paperSeries('segmentation', 's2cnn-204k', false, 1500),
    ...paperSeries('classification', 's2cnn-150k', false, 900),
    ...paperSeries('segmentation', 'cnn-218k', true, 90),
    ...paperSeries('classification', 'cnn-114k', true, 30),
    ...paperSeries('segmentation', 'cnn-1m', true, 200),
    ...paperSeries('classification', 'cnn-0.5m', true, 60),
    ...paperSeries('segmentation', 'cnn-5.5m', true, 500),
    ...paperSeries('classification', 'cnn-2.5m', true, 150),
  ],
};

const all: Record<TierName, Tier> = { quick, laptop, paper };

/** @throws UsageError for an unknown name */
export function tierOf(name: string): Tier {
  return all[checkOneOf('tier', name, Object.keys(all) as TierName[])];
}

/** Names of the models of a tier. */
export function modelsOf(tier: Tier): string[] {
  return [...new Set(tier.series.map((series) => series.model))];
}

function perTask(model: string, series: Omit<Series, 'task' | 'model'>): Series[] {
  return tasks.map((task) => ({ task, model, ...series }));
}

function paperSeries(task: Task, model: string, rotated: boolean, secondsPerThousand: number): Series[] {
  const series = { task, model, steps: Number.POSITIVE_INFINITY, secondsPerThousand };
  if (!rotated) return [{ ...series, rotated, images: [10000, 60000, 240000] }];
  return [
    { ...series, rotated, images: paperAmounts },
    { ...series, rotated: false, images: [60000] },
  ];
}
