import { type Task, tasks } from '../datasets/task';
import type { Recipe, Series, Tier } from './tier';

const common = {
  schedule: 'trapezoid',
  patience: 0,
  validateEvery: 10000,
} as const satisfies Partial<Recipe>;

/**
 * Batch, rate and warm-up are those of the best trial for each family and task, on rotated validation spheres
 * (tuning.ts, data/published/tuning). The longest training allowed is one number for a task and family, such that the
 * first wave takes eight hours on two cores; whatever has not reached its plateau by then says so.
 */
export const recipes: Record<'s2cnn' | 'cnn', Record<Task, Recipe>> = {
  s2cnn: {
    segmentation: { ...common, batchSize: 8, learningRate: 1e-2, warmup: 0, spheres: 160000, passes: 64 },
    classification: {
      ...common,
      batchSize: 16,
      learningRate: 1e-2,
      warmup: 200,
      spheres: 480000,
      passes: 64,
    },
  },
  cnn: {
    segmentation: { ...common, batchSize: 8, learningRate: 5e-4, warmup: 500, spheres: 320000, passes: 40 },
    classification: { ...common, batchSize: 8, learningRate: 5e-4, warmup: 0, spheres: 480000, passes: 40 },
  },
};

/** Networks of the paper's sizes (those that segment are its own), with milliseconds for a training sphere on one core. */
const networks: Record<'s2cnn' | 'cnn', Record<Task, Record<string, number>>> = {
  s2cnn: { segmentation: { 's2cnn-204k': 12 }, classification: { 's2cnn-150k': 1.5 } },
  cnn: {
    segmentation: { 'cnn-218k': 4, 'cnn-1m': 6.5, 'cnn-5.5m': 15 },
    classification: { 'cnn-114k': 0.3, 'cnn-0.5m': 0.8, 'cnn-2.5m': 2.5 },
  },
};

/** The CNN that stands for its family where one has to. */
const oneCnn: Record<Task, string> = { segmentation: 'cnn-1m', classification: 'cnn-0.5m' };

const unrotatedAmounts = [1000, 2500, 10000, 60000];
const rotatedAmounts = [10000, 60000, 240000, 1200000];

/** A series of each network of a family for each task. */
function all(
  family: 's2cnn' | 'cnn',
  rest: Omit<Series, 'task' | 'model' | 'recipe' | 'milliseconds' | 'part'> & { part?: string },
): Series[] {
  return tasks.flatMap((task) =>
    Object.entries(networks[family][task]).map(([model, milliseconds]) => ({
      part: task === 'segmentation' ? 'E1' : 'E2',
      task,
      model,
      recipe: recipes[family][task],
      milliseconds,
      ...rest,
    })),
  );
}

/** The same for the networks that stand for their families. */
function one(family: 's2cnn' | 'cnn', rest: Parameters<typeof all>[1]): Series[] {
  return all(family, rest).filter(({ task, model }) => family === 's2cnn' || model === oneCnn[task]);
}

function ofTask(task: Task, series: Series[]): Series[] {
  return series.filter((s) => s.task === task);
}

const both = { unrotated: { rotations: 0 }, rotated: { rotations: 'each' } } as const;

/** E1, E2: equivariance against augmentation. E3: what is left without augmentation. */
const main: Series[] = [
  ...all('s2cnn', { wave: 1, images: unrotatedAmounts, ...both.unrotated }),
  ...all('cnn', { wave: 1, images: rotatedAmounts, ...both.rotated }),
  ...all('cnn', { wave: 1, part: 'E3', images: [60000], ...both.unrotated }),
];

/** E5: another data set. */
const fashion: Series[] = [
  ...one('s2cnn', {
    wave: 2,
    part: 'E5',
    dataset: 'fashion-mnist',
    images: [10000, 60000],
    ...both.unrotated,
  }),
  ...one('cnn', { wave: 2, part: 'E5', dataset: 'fashion-mnist', images: rotatedAmounts, ...both.rotated }),
];

/** E4: four digits on a sphere. */
const fourDigits = ofTask('segmentation', [
  ...one('s2cnn', { wave: 2, part: 'E4', digitsPerSphere: 4, images: [10000, 60000], ...both.unrotated }),
  ...one('cnn', { wave: 2, part: 'E4', digitsPerSphere: 4, images: rotatedAmounts, ...both.rotated }),
]);

/** E7: is it images that saturate, or rotations? The paper's generator had 120 rotations in 60,000 images. */
const rotations = [120, 1200, 12000].flatMap((count) =>
  one('cnn', { wave: 2, part: 'E7', images: [60000, 240000], rotations: count }),
);

/** E1 and E2 with two more seeds. */
const seeds: Series[] = [
  ...all('s2cnn', { wave: 3, images: unrotatedAmounts, seeds: [2, 3], ...both.unrotated }),
  ...all('cnn', { wave: 3, images: [60000, 1200000], seeds: [2, 3], ...both.rotated }),
];

/** E8: what each fault of the released generator costs, alone and together; and aliasing upsampling. */
const faults: Series[] = [
  ...['sampling', 'grid', 'pole', 'centre', 'rotations', 'input', 'released'].flatMap((fidelity) => [
    ...one('s2cnn', { wave: 3, part: 'E8', fidelity, images: [10000], ...both.unrotated }),
    ...one('cnn', { wave: 3, part: 'E8', fidelity, images: [60000], ...both.rotated }),
  ]),
  ...ofTask(
    'segmentation',
    one('s2cnn', {
      wave: 3,
      part: 'E8',
      variant: { upsampling: 'released' },
      images: [10000],
      ...both.unrotated,
    }),
  ),
];

/**
 * E10: what ReLU breaks, and what a finer grid in training mends: at all amounts, with two more seeds at one, a finer
 * grid still, and on another data set.
 */
const oversampled: Series[] = [
  ...withFinerGrids(1.5, { images: unrotatedAmounts }),
  ...withFinerGrids(1.5, { images: [10000], seeds: [2, 3] }),
  ...withFinerGrids(2, { images: [10000] }),
  ...withFinerGrids(1.5, { dataset: 'fashion-mnist', images: [10000, 60000] }),
];

function withFinerGrids(oversampling: number, some: Pick<Series, 'dataset' | 'images' | 'seeds'>): Series[] {
  return one('s2cnn', { wave: 3, part: 'E10', variant: { oversampling }, ...both.unrotated, ...some }).map(
    (series) => ({ ...series, milliseconds: series.milliseconds * oversampling ** 3 }),
  );
}

/** E11: a CNN that has one of the three rotations, that of azimuth. */
const roundInAzimuth = ofTask(
  'segmentation',
  one('cnn', {
    wave: 3,
    part: 'E11',
    variant: { padding: 'azimuth' },
    images: [10000, 60000],
    ...both.rotated,
  }),
);

/** The S2CNN's segmentation once at the paper's resolution, for three passes. */
const anchor = ofTask(
  'segmentation',
  one('s2cnn', { wave: 3, part: 'anchor', images: [10000], ...both.unrotated }),
).map(
  (series): Series => ({
    ...series,
    bandwidth: 50,
    recipe: { ...series.recipe, passes: 3 },
    milliseconds: 500,
  }),
);

export const study: Tier = {
  name: 'study',
  about: "networks of the paper's sizes at bandwidth 16: two days at most on two cores",
  sideBySide: true, // as in the quick tier
  bandwidth: 16, // 32 x 32 pixels: the kernels do not depend on the grid, so the networks are the paper's
  seeds: [1], // the third wave adds two
  validationImages: 2000, // standard error of an accuracy of 90 %: 0.7 points
  testImages: 10000, // all
  series: [
    ...main,
    ...fashion,
    ...fourDigits,
    ...rotations,
    ...seeds,
    ...faults,
    ...oversampled,
    ...roundInAzimuth,
    ...anchor,
  ],
};
