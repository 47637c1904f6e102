/** One finished experiment as a flat row; scores in percent. */
export interface ResultRow {
  /** Hash of the experiment's content. */
  id: string;
  tier: string;
  task: string;
  dataset: string;
  /** Where the images came from, in one phrase. */
  source: string;
  /** Name of the preset. */
  model: string;
  family: 's2cnn' | 'cnn';
  parameters: number;
  bandwidth: number;
  /** Training images. */
  images: number;
  /** Distinct rotations among the training images; 0 if they are not rotated. */
  rotations: number;
  testImages: number;
  seed: number;
  fidelity: string;
  /** On the rotated test set: accuracy, or mIoU without background. */
  scoreRotated: number;
  /** The same on the unrotated test set. */
  scoreUnrotated: number;
  /** Segmentation: the scores with pixels weighted by area. Classification: the scores themselves. */
  areaRotated: number;
  areaUnrotated: number;
  /** Epochs trained. */
  epochs: number;
  /** Time of training and validation in seconds. */
  seconds: number;
  engine: string;
}

/** One epoch of an experiment, finished or not. */
export interface EpochRow {
  /** The experiment's id. */
  id: string;
  model: string;
  seed: number;
  epoch: number;
  /** Mean cross-entropy in nats. */
  trainLoss: number;
  validationLoss: number;
  /** In percent. */
  validationScore: number;
  seconds: number;
}

/** Some rotated test spheres of a finished experiment, and what the network made of them. */
export interface SampleSet {
  /** The experiment's row. */
  result: ResultRow;
  count: number;
  /** Points along each axis of the grid, 2b. */
  size: number;
  /** [count, size, size], beta then alpha, 0..255. */
  inputs: Uint8Array;
  /** [count, size, size], 0 for background, else digit + 1. */
  masks: Uint8Array;
  /** [count, size, size] as the masks; empty for classification. */
  predictions: Uint8Array;
  /** [count], digits. */
  labels: number[];
  /** [count], digits; empty for segmentation. */
  predictedLabels: number[];
}

/** All that a folder of results holds. */
export interface Results {
  rows: ResultRow[];
  epochs: EpochRow[];
  samples: SampleSet[];
}
