import type { DatasetName } from '../datasets/digits';
import type { Task } from '../datasets/task';
import type { Experiment } from '../experiments/experiment';
import type { Family } from '../models/network';
import type { ValidationRow } from '../training/state';

/** What a row says of its experiment in the experiment's own words, besides what names it. */
export const experimentColumns = [
  'bandwidth',
  'images',
  'rotations',
  'digitsPerSphere',
  'fidelity',
  'testImages',
  'seed',
  'batchSize',
  'learningRate',
] as const satisfies readonly (keyof Experiment)[];

export type ExperimentColumns = Pick<Experiment, (typeof experimentColumns)[number]>;

/** One finished experiment as a flat row; scores in percent. */
export interface ResultRow extends ExperimentColumns {
  /** Hash of what the experiment is. */
  id: string;
  /** The same for experiments that differ in nothing but their seed. */
  setting: string;
  /** Version of the numbers: rows of different versions must not be averaged. */
  numbers: number;
  tier: string;
  task: Task;
  dataset: DatasetName;
  /** Name of the preset. */
  model: string;
  /** How the network differs from that preset, as in `upsampling released`; '' if it does not. */
  variant: string;
  family: Family;
  parameters: number;
  /** The score on rotated validation spheres: what choices among trainings go by. */
  validationRotated: number;
  /** On the rotated test set: accuracy, or mIoU without background. */
  scoreRotated: number;
  /** The same on the unrotated test set. */
  scoreUnrotated: number;
  /** Segmentation: the scores with pixels weighted by area. Classification: the scores themselves. */
  areaRotated: number;
  areaUnrotated: number;
  /** Optimiser steps done, training spheres seen in them, and the step whose weights were tested. */
  steps: number;
  spheres: number;
  bestStep: number;
  /** Whether the validation had reached its plateau. */
  converged: boolean;
  /**
   * Time of training and validation in seconds, at the pace of the fastest stretch between two validations: other work on
   * the machine, and pauses, do not count.
   */
  seconds: number;
  /** Engine, provider of products and threads, in one phrase; several if it was interrupted and went on elsewhere. */
  engine: string;
  /** Of the sources; several if it was interrupted in between. */
  commit: string;
  /** Name of a single training that is drawn beside a study. */
  run?: string;
}

/** One validation of an experiment, finished or not. */
export interface StoredValidation extends ValidationRow, Pick<Experiment, 'model' | 'seed'> {
  /** The experiment's id. */
  id: string;
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
  validations: StoredValidation[];
  samples: SampleSet[];
}
