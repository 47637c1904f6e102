import { anExperiment } from '../experiments/sample';

/** Experiments of a second or so. */
export const tinyGrid = [1, 2, 3, 4, 5].map((seed) =>
  anExperiment({ images: 160, rotations: 160, batchSize: 8, steps: 40, validateEvery: 20, seed }),
);
