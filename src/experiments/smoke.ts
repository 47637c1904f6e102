import type { Recipe, Series, Tier } from './tier';

const recipe = {
  batchSize: 8,
  learningRate: 1e-3,
  schedule: 'constant',
  warmup: 0,
  patience: 0,
} as const satisfies Partial<Recipe>;

/** Over in a second or two. */
const short: Recipe = { ...recipe, spheres: 256, validateEvery: 128 };

/** Long enough to be interrupted in its midst, with a checkpoint every half a second or so. */
const long: Recipe = { ...recipe, spheres: 24000, validateEvery: 1600 };

const plain: Omit<Series, 'part' | 'recipe'> = {
  wave: 1,
  task: 'segmentation',
  model: 'cnn-quick-small',
  images: [64, 128],
  rotations: 'each',
  milliseconds: 0.3,
};

/** Tells whether a machine or a cluster carries a sweep out; its scores say nothing. */
export const smoke: Tier = {
  name: 'smoke',
  about: 'seconds: whether all parts go together',
  sideBySide: true,
  bandwidth: 8,
  seeds: [1],
  validationImages: 32,
  testImages: 32,
  glyphs: { train: 600, test: 100 }, // to draw 70,000 takes five seconds
  series: [
    { ...plain, part: 'short', recipe: short },
    {
      ...plain,
      part: 'short',
      model: 's2cnn-quick',
      task: 'classification',
      images: [64],
      rotations: 0,
      recipe: short,
    },
    { ...plain, part: 'long', images: [256], recipe: long },
  ],
};
