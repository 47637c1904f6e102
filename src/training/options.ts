import { classCount, type Task, tasks } from '../datasets/task';
import { check, checkInteger, checkKeys, checkNumber, checkOneOf, checkPositive } from '../util/check';
import { type RatePlan, schedules } from './learning_rate';
import type { TrainProgress } from './progress';
import { type Monitor, monitors, type ValidationRow } from './state';

export interface TrainOptions {
  task: Task;
  /** of the shuffles; the initial weights are the model's */
  seed: number;
  /** passes over the training set at most, the last batch of each possibly a short one; or `steps` */
  epochs?: number;
  /** batches at most */
  steps?: number;
  /** default 32 */
  batchSize?: number;
  /** of Adam; default 1e-3 */
  learningRate?: number;
  /** default 'constant' */
  schedule?: RatePlan['schedule'];
  /** steps of linear rise to the learning rate, before any schedule; default 0 */
  warmup?: number;
  /** steps between validations; default: one pass. Another one always stands at the very end */
  validateEvery?: number;
  /** stop after so many validations in a row without a better one; default: never */
  patience?: number;
  /** what "better" means; default 'score' */
  monitor?: Monitor;
  /** weights of the classes in the loss, all above 0; default: all the same */
  classWeights?: readonly number[];
  /** a file to go on from, rewritten after every validation and when interrupted */
  checkpoint?: string;
  /** and after so many seconds between validations: a process may be killed without a signal; default 120 */
  checkpointSeconds?: number;
  /** what the checkpoint belongs to, an experiment's id for instance: nothing else takes it up */
  belongsTo?: string;
  /** waited for; the model has the weights of the row's step */
  onValidation?: (row: ValidationRow) => void | Promise<void>;
  onProgress?: (progress: TrainProgress) => void;
  /** one line: a checkpoint that is taken up, or cannot be */
  log?: (line: string) => void;
  /** default: that of the notebook's cell */
  signal?: AbortSignal;
}

const keys: Record<keyof TrainOptions, true> = {
  task: true,
  seed: true,
  epochs: true,
  steps: true,
  batchSize: true,
  learningRate: true,
  schedule: true,
  warmup: true,
  validateEvery: true,
  patience: true,
  monitor: true,
  classWeights: true,
  checkpoint: true,
  checkpointSeconds: true,
  belongsTo: true,
  onValidation: true,
  onProgress: true,
  log: true,
  signal: true,
};

/** What decides a training's numbers besides data, model and engine: the options with their defaults, in steps. */
export interface Plan extends RatePlan {
  task: Task;
  seed: number;
  batchSize: number;
  /** batches of one pass */
  stepsPerPass: number;
  validateEvery: number;
  /** Infinity: never stops */
  patience: number;
  monitor: Monitor;
  classWeights?: readonly number[];
}

/**
 * Checks the options of a training and fills in what is not given.
 * @param count training samples
 * @throws UsageError for an unknown key, or a value that cannot be
 */
export function planOf(options: TrainOptions, count: number): Plan {
  checkKeys('train', options, keys);
  const {
    epochs,
    steps: given,
    classWeights,
    learningRate = 1e-3,
    patience = Number.POSITIVE_INFINITY,
  } = options;
  const task = checkOneOf('task', options.task, tasks);
  const batchSize = checkInteger('train: batchSize', options.batchSize ?? 32, 1);
  const stepsPerPass = Math.ceil(checkInteger('train: images', count, 1) / batchSize);
  check(
    (epochs === undefined) !== (given === undefined),
    () => `train: expected either epochs or steps, got ${epochs === undefined ? 'neither' : 'both'}`,
  );
  const steps =
    epochs === undefined
      ? checkInteger('train: steps', given, 1)
      : checkInteger('train: epochs', epochs, 1) * stepsPerPass;
  checkPositive('train: learningRate', learningRate);
  checkNumber(
    'train: checkpointSeconds',
    options.checkpointSeconds ?? 0,
    'of at least 0',
    (value) => value >= 0,
  );
  if (classWeights) checkClassWeights(classWeights, classCount(task));
  checkCheckpoint(options.checkpoint);
  for (const name of ['onValidation', 'onProgress', 'log'] as const) checkCallback(name, options[name]);
  return {
    task,
    seed: checkInteger('train: seed', options.seed, 0),
    batchSize,
    stepsPerPass,
    steps,
    learningRate,
    schedule: checkOneOf('schedule', options.schedule ?? 'constant', schedules),
    warmup: checkInteger('train: warmup', options.warmup ?? 0, 0, steps),
    validateEvery: checkInteger('train: validateEvery', options.validateEvery ?? stepsPerPass, 1),
    patience: patience === Number.POSITIVE_INFINITY ? patience : checkInteger('train: patience', patience, 1),
    monitor: checkOneOf('monitor', options.monitor ?? 'score', monitors),
    classWeights,
  };
}

/** An empty name would be no checkpoint at all. */
function checkCheckpoint(path: unknown): void {
  check(
    path === undefined || (typeof path === 'string' && path !== ''),
    () => `train: checkpoint: expected the path of a file, got ${path === '' ? '""' : typeof path}`,
  );
}

function checkCallback(name: string, callback: unknown): void {
  check(
    callback === undefined || typeof callback === 'function',
    () => `train: ${name}: expected a function, got ${callback === null ? 'null' : typeof callback}`,
  );
}

/** A class of weight 0 would leave batches without a mean. */
function checkClassWeights(weights: readonly number[], classes: number): void {
  check(weights.length === classes, `train: expected ${classes} classWeights, got ${weights.length}`);
  for (const [i, weight] of weights.entries()) checkPositive(`train: classWeights[${i}]`, weight);
}
