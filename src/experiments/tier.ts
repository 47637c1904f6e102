import type { DatasetName } from '../datasets/digits';
import type { Task } from '../datasets/task';
import type { Network } from '../models/network';
import type { Axes, Experiment } from './experiment';

/** How a network is trained; both families have theirs. */
export interface Recipe
  extends Pick<Experiment, 'batchSize' | 'learningRate' | 'schedule' | 'warmup' | 'patience'> {
  /** spheres of the longest training allowed, each counted as often as it is seen */
  spheres: number;
  /** passes over the training set that are allowed, if fewer: above it a small set is only memorised */
  passes?: number;
  /** spheres between validations */
  validateEvery: number;
}

/** One curve of a tier: a network at growing amounts of training data. */
export interface Series extends Partial<Omit<Axes, keyof Recipe>> {
  /** of the tier's list of experiments, as in `E1`: what --only chooses */
  part: string;
  /** the tier's waves are run one after the other */
  wave: number;
  task: Task;
  model: string;
  /** amounts of training images, growing */
  images: readonly number[];
  /** distinct rotations: one for each image, none, or so many */
  rotations: 'each' | 0 | number;
  recipe: Recipe;
  /** a data set of its own; else the one that is asked for */
  dataset?: DatasetName;
  /** instead of the tier's */
  bandwidth?: number;
  /** changes to the network of that name */
  variant?: Partial<Network>;
  /** instead of the tier's */
  seeds?: readonly number[];
  /** milliseconds for a training sphere on one core with a BLAS: only for the first estimate of time left */
  milliseconds: number;
}

export interface Tier {
  name: string;
  /** one line for --help */
  about: string;
  /** experiments run side by side, on one thread each */
  sideBySide: boolean;
  bandwidth: number;
  seeds: readonly number[];
  validationImages: number;
  /** 0: trials, which never see a test image */
  testImages: number;
  /** how many of the built-in glyphs there are, where they serve; default as many as MNIST has digits */
  glyphs?: { train: number; test: number };
  /** the order matters: at each amount of data the first series is trained first */
  series: readonly Series[];
}
