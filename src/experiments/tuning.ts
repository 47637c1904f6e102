import type { Task } from '../datasets/task';
import { recipes } from './study';
import type { Recipe, Series, Tier } from './tier';

type Trial = Pick<Recipe, 'batchSize' | 'learningRate' | 'warmup'>;

/** Rates around the expected one, a warm-up, other batches: as many trials for either family. */
function trialsAround(rate: number, batchSize: number, otherBatch: number, warmup: number): Trial[] {
  return [
    { learningRate: rate / 2, batchSize, warmup: 0 },
    { learningRate: rate, batchSize, warmup: 0 },
    { learningRate: 2 * rate, batchSize, warmup: 0 },
    { learningRate: rate, batchSize, warmup },
    { learningRate: 2 * rate, batchSize, warmup },
    { learningRate: rate, batchSize: otherBatch, warmup: 0 },
  ];
}

/** Trials of the network that stands for its family, on the amount of data of the main comparison. */
function trials(
  family: 's2cnn' | 'cnn',
  task: Task,
  model: string,
  spheres: number,
  list: Trial[],
  first = 1,
): Series[] {
  const validateEvery = spheres / 4;
  return list.map((trial, i) => ({
    part: `${family} ${task} ${first + i}`,
    wave: first + i, // turn by turn: every family gets its first trial before any its second
    task,
    model,
    images: [family === 's2cnn' ? 10000 : 60000],
    rotations: family === 's2cnn' ? 0 : 'each',
    recipe: { ...recipes[family][task], ...trial, spheres, validateEvery },
    milliseconds: 5,
  }));
}

/**
 * The CNNs' first trials end on the plateau where all of them start, and tell little: these are four times as long, at
 * the best rate of the first and lower ones. The S2CNNs get none: extra trials favour the other side.
 */
const longerTrials: Record<Task, Trial[]> = {
  segmentation: [
    { learningRate: 1e-3, batchSize: 8, warmup: 500 },
    { learningRate: 5e-4, batchSize: 8, warmup: 500 },
    { learningRate: 2.5e-4, batchSize: 8, warmup: 500 },
  ],
  classification: [
    { learningRate: 5e-4, batchSize: 8, warmup: 0 },
    { learningRate: 2.5e-4, batchSize: 8, warmup: 0 },
    { learningRate: 1e-4, batchSize: 8, warmup: 0 },
  ],
};

/**
 * Short trainings that choose the recipes of the study: for each family and task, of its longest trials the one with the
 * highest score on rotated validation spheres. No test image is seen.
 */
export const tuning: Tier = {
  name: 'tuning',
  about: "short trials on validation spheres that choose the study's recipes",
  sideBySide: true,
  bandwidth: 16,
  seeds: [1],
  validationImages: 2000,
  testImages: 0,
  series: [
    ...trials('cnn', 'segmentation', 'cnn-1m', 32000, trialsAround(1e-3, 8, 32, 500)),
    ...trials('s2cnn', 'segmentation', 's2cnn-204k', 16000, trialsAround(1e-2, 16, 8, 200)),
    ...trials('cnn', 'classification', 'cnn-0.5m', 40000, trialsAround(1e-3, 8, 32, 500)),
    ...trials('s2cnn', 'classification', 's2cnn-150k', 40000, trialsAround(5e-3, 16, 8, 200)),
    ...trials('cnn', 'segmentation', 'cnn-1m', 128000, longerTrials.segmentation, 7),
    ...trials('cnn', 'classification', 'cnn-0.5m', 160000, longerTrials.classification, 7),
  ],
};
