import type { Recipe, Series, Tier } from './tier';

const amounts = [60000, 120000, 240000, 600000, 1200000]; // 1, 2, 4, 10 and 20 times the originals

/** The paper's, unless a reason stands beside it. */
const recipe: Recipe = {
  batchSize: 32,
  learningRate: 1e-3,
  schedule: 'constant',
  warmup: 0,
  spheres: 6e6, // 100 passes over the originals
  passes: 100,
  validateEvery: 60000,
  patience: 10, // the rule is not told; ten is common
};

function equivariant(task: Series['task'], model: string, milliseconds: number): Series {
  const part = task === 'segmentation' ? 'E1' : 'E2';
  return { part, wave: 1, task, model, images: [10000, 60000, 240000], rotations: 0, recipe, milliseconds };
}

function plain(task: Series['task'], model: string, milliseconds: number): Series[] {
  const part = task === 'segmentation' ? 'E1' : 'E2';
  const series = { wave: 1, task, model, recipe, milliseconds };
  return [
    { ...series, part, images: amounts, rotations: 'each' },
    { ...series, part: 'E3', images: [60000], rotations: 0 },
  ];
}

export const paper: Tier = {
  name: 'paper',
  about: "networks of the paper's sizes at bandwidth 50: a GPU, or a cluster, and days",
  sideBySide: false,
  bandwidth: 50,
  seeds: [1, 2, 3], // the paper has no error bars; three runs give some
  validationImages: 5000, // not told; as many as the held-out images
  testImages: 10000,
  series: [
    equivariant('segmentation', 's2cnn-204k', 750),
    equivariant('classification', 's2cnn-150k', 450),
    ...plain('segmentation', 'cnn-218k', 90),
    ...plain('classification', 'cnn-114k', 10),
    ...plain('segmentation', 'cnn-1m', 200),
    ...plain('classification', 'cnn-0.5m', 30),
    ...plain('segmentation', 'cnn-5.5m', 500),
    ...plain('classification', 'cnn-2.5m', 90),
  ],
};
