import type { Recipe, Series, Tier } from './tier';

const common = {
  batchSize: 8,
  schedule: 'cosine',
  warmup: 0,
  patience: 0,
} as const satisfies Partial<Recipe>;

/** A fifteenth of the longest training: enough points for a curve, and cheap beside the training. */
const validateEvery = 2000;

/** As much data as the S2CNN gets: only the rotations are missing. */
const unrotated = 6000;

/** An S2CNN trained on unrotated images. */
function equivariant(
  task: Series['task'],
  recipe: Pick<Recipe, 'learningRate' | 'spheres'>,
  milliseconds: number,
): Series {
  return {
    part: task === 'segmentation' ? 'E1' : 'E2',
    wave: 1,
    task,
    model: 's2cnn-quick',
    images: [unrotated],
    rotations: 0,
    recipe: { ...common, ...recipe, validateEvery },
    milliseconds,
  };
}

/** A CNN trained on rotated images, a factor of 64 in amount; and on unrotated ones. */
function plain(task: Series['task'], model: string, spheres: number, milliseconds: number): Series[] {
  const recipe = { ...common, learningRate: 1e-3, spheres, passes: 40, validateEvery };
  const series = { task, model, wave: 1, recipe, milliseconds };
  return [
    {
      ...series,
      part: task === 'segmentation' ? 'E1' : 'E2',
      images: [250, 1000, 4000, 16000],
      rotations: 'each',
    },
    { ...series, part: 'E3', images: [unrotated], rotations: 0 },
  ];
}

export const quick: Tier = {
  name: 'quick',
  about: 'minutes on two cores: small networks at bandwidth 14, two seeds',
  sideBySide: true, // small steps divide badly; and the numbers do not depend on the number of processors
  bandwidth: 14, // 28 x 28 pixels; below 12 the strokes alias, and the S2CNN feels where a digit lies
  seeds: [1, 2], // the least that shows a spread
  validationImages: 500, // standard error of an accuracy of 90 %: 1.3 points
  testImages: 4000, // 0.5 points
  series: [
    equivariant('segmentation', { learningRate: 1e-2, spheres: 24000 }, 2),
    equivariant('classification', { learningRate: 7e-3, spheres: 30000 }, 1.5),
    ...plain('segmentation', 'cnn-quick-small', 48000, 0.6),
    ...plain('classification', 'cnn-quick-small', 64000, 0.3),
    ...plain('segmentation', 'cnn-quick-large', 40000, 0.8),
    ...plain('classification', 'cnn-quick-large', 48000, 0.5),
  ],
};
