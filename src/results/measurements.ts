import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetName } from '../datasets/digits';
import type { Task } from '../datasets/task';
import type { Family } from '../models/network';
import { UsageError } from '../util/check';
import { repositoryRoot, writeFileAtomic } from '../util/files';

/** What measured: numbers of one engine and processor are not those of another. */
export interface Measured {
  engine: string;
  processor: string;
  commit: string;
}

/** How trained networks answer on rotated test spheres, each answer a mean over rotations and networks. */
export interface AnswerRow extends Measured {
  task: Task;
  dataset: DatasetName;
  family: Family;
  /** of the networks whose answers are averaged */
  models: string[];
  ids: string[];
  /** of all of them together */
  parameters: number;
  /** training images of each */
  images: number;
  /** distinct rotations among them; 0: unrotated */
  rotations: number;
  /** rotations of the test sphere that an answer is the mean over */
  orbit: number;
  /** how the sphere is turned: its image is projected anew, or its samples are turned by their spectrum */
  turning: 'projection' | 'spectrum';
  /** how much finer than their band limits the S2CNN's grids were in training, and are while it answers */
  trainedOversampling: number;
  oversampling: number;
  /** test spheres */
  spheres: number;
  /** accuracy or non-background mIoU, in percent */
  score: number;
  /** relative, of the probabilities, in the norm of the Haar measure (analysis/test_time.ts) */
  equivarianceError: number;
  /** time of an answer, in milliseconds a sphere, in batches of 32 */
  milliseconds: number;
}

/** What an S2CNN answers with its ReLUs on the grids of its training, and on finer ones. */
export interface ReluRow extends Measured {
  task: Task;
  dataset: DatasetName;
  model: string;
  id: string;
  /** training images, unrotated */
  images: number;
  /** how much finer than their band limits the grids were in training, and are in this test */
  trainedOversampling: number;
  oversampling: number;
  /** test spheres */
  spheres: number;
  /** as in ResultRow */
  scoreRotated: number;
  scoreUnrotated: number;
  areaRotated: number;
  areaUnrotated: number;
  /** as in AnswerRow */
  equivarianceError: number;
}

/** One validation of an S2CNN's training, done again to see how equivariant the network is by then. */
export interface TrainingErrorRow extends Measured {
  task: Task;
  dataset: DatasetName;
  model: string;
  id: string;
  /** training images, unrotated */
  images: number;
  /** how much finer than their band limits the grids of ReLU are */
  oversampling: number;
  step: number;
  /** training spheres seen so far */
  spheres: number;
  /** spheres of each score, which nothing was trained on: those that choose the step with the best weights */
  validationImages: number;
  /** as in ResultRow, on validation spheres */
  scoreRotated: number;
  scoreUnrotated: number;
  areaRotated: number;
  areaUnrotated: number;
  /** as in AnswerRow */
  equivarianceError: number;
}

/** What a network costs. */
export interface CostRow extends Measured {
  task: Task;
  model: string;
  family: Family;
  bandwidth: number;
  parameters: number;
  /** of a forward pass for one sphere */
  multiplyAdds: number;
  /** of the weights, in float32 */
  bytes: number;
  /** of an answer to one sphere alone, and of one to 32 at once, in milliseconds */
  milliseconds1: number;
  milliseconds32: number;
  /** of training, in milliseconds for a sphere; null if no training of it is at hand */
  trainingMilliseconds: number | null;
}

/** The measurements that this repository publishes. */
export const measuredFolder = join(repositoryRoot, 'data', 'measured');

/** What is measured, and where in a folder it lies. */
const files = {
  answers: 'answers.jsonl',
  cost: 'cost.jsonl',
  relu: 'relu.jsonl',
  training: 'training.jsonl',
};

/** @throws UsageError if a line is damaged */
export function readAnswers(folder = measuredFolder): AnswerRow[] {
  return readRows(join(folder, files.answers));
}

export function writeAnswers(rows: readonly AnswerRow[], folder = measuredFolder): void {
  writeRows(join(folder, files.answers), rows);
}

/** @throws UsageError if a line is damaged */
export function readRelu(folder = measuredFolder): ReluRow[] {
  return readRows(join(folder, files.relu));
}

export function writeRelu(rows: readonly ReluRow[], folder = measuredFolder): void {
  writeRows(join(folder, files.relu), rows);
}

/** @throws UsageError if a line is damaged */
export function readTrainingErrors(folder = measuredFolder): TrainingErrorRow[] {
  return readRows(join(folder, files.training));
}

export function writeTrainingErrors(rows: readonly TrainingErrorRow[], folder = measuredFolder): void {
  writeRows(join(folder, files.training), rows);
}

/** @throws UsageError if a line is damaged */
export function readCosts(folder = measuredFolder): CostRow[] {
  return readRows(join(folder, files.cost));
}

export function writeCosts(rows: readonly CostRow[], folder = measuredFolder): void {
  writeRows(join(folder, files.cost), rows);
}

function readRows<Row>(path: string): Row[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line, i) => {
    try {
      return JSON.parse(line) as Row;
    } catch {
      throw new UsageError(`${path}: line ${i + 1} is damaged; measure it anew, or take it out`);
    }
  });
}

function writeRows(path: string, rows: readonly object[]): void {
  writeFileAtomic(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
