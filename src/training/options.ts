import type { Task } from './batches';
import type { Schedule } from './learning_rate';
import type { TrainProgress } from './progress';
import type { EpochRow, Monitor } from './state';

export interface TrainOptions {
  task: Task;
  /** at most so many */
  epochs: number;
  /** of the shuffles; the initial weights are the model's */
  seed: number;
  /** default 32 */
  batchSize?: number;
  /** of Adam; default 1e-3 */
  learningRate?: number;
  /** default 'constant' */
  schedule?: Schedule;
  /** stop after so many epochs in a row without a better validation; default: never */
  patience?: number;
  /** what "better" means; default 'score' */
  monitor?: Monitor;
  /** weights of the classes in the loss; default: all the same */
  classWeights?: readonly number[];
  /** a file to go on from, rewritten after every epoch and when interrupted */
  checkpoint?: string;
  onEpoch?: (row: EpochRow) => void;
  onProgress?: (progress: TrainProgress) => void;
  /** one line: a checkpoint that is taken up, or cannot be */
  log?: (line: string) => void;
  signal?: AbortSignal;
}

/** What must be the same for a checkpoint to be taken up. */
export function recipeOf(options: TrainOptions, trainCount: number, validationCount: number): string {
  const { task, epochs, seed, batchSize = 32, learningRate = 1e-3, schedule = 'constant' } = options;
  const { patience = null, monitor = 'score', classWeights = null } = options;
  return JSON.stringify({
    task,
    epochs,
    seed,
    batchSize,
    learningRate,
    schedule,
    patience,
    monitor,
    classWeights,
    trainCount,
    validationCount,
  });
}
