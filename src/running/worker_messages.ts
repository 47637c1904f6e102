import type { Digits } from '../datasets/digits';
import type { EngineReport } from '../engine/contract/report';
import type { EngineOptions } from '../engine/start';
import type { Experiment } from '../experiments/experiment';
import type { TrainProgress } from '../training/progress';

/** What the process of a job needs before its first experiment. */
export interface JobSetup {
  engine: EngineOptions;
  /** a data set for each that the experiments name */
  digits: readonly Digits[];
  /** folder of the results files */
  results: string;
  /** folder of checkpoints and trained weights */
  runs: string;
}

/** To the process of a job. */
export type Order = { kind: 'start'; setup: JobSetup } | { kind: 'run'; experiment: Experiment } | Stop;

/** Nothing more is to be run; what is under way ends at the next batch. */
interface Stop {
  kind: 'stop';
}

/** From the process of a job. `done` and `failed` answer `start` and `run`, in turn. */
export type News =
  | { kind: 'log'; line: string }
  | { kind: 'progress'; progress: TrainProgress }
  | { kind: 'done'; engine: EngineReport }
  | { kind: 'failed'; error: Told };

/** What is left of an error on its way between processes. */
export type Told = Pick<NodeJS.ErrnoException, 'name' | 'message' | 'stack' | 'code' | 'syscall'>;
