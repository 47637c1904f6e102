import type { Metrics } from './evaluate';
import type { Fall } from './plateau';

/** One validation, after `step` steps; losses in nats, the score in percent. */
export interface ValidationRow {
  /** steps done */
  step: number;
  /** training samples seen so far, and in how many passes over the set */
  spheres: number;
  epoch: number;
  /** mean over the samples since the last validation */
  trainLoss: number;
  validationLoss: number;
  validationScore: number;
  /** since the last validation, this one included */
  seconds: number;
}

/** What "better" looks at. */
export type Monitor = 'score' | 'loss';

export const monitors: readonly Monitor[] = ['score', 'loss'];

/** Where a training stands, besides the numbers in weights and optimiser. */
export interface TrainState {
  /** steps done */
  step: number;
  rows: ValidationRow[];
  /** sum of the losses of the samples since the last validation, their number, and the seconds they took */
  lossSum: number;
  lossCount: number;
  seconds: number;
  /** where the training ends and, for a trapezoid, where its learning rate falls, as far as is known */
  fall: Fall;
  /** the best validation so far; 0 before the first */
  bestStep: number;
  bestWeights: Float32Array[];
}

export function freshState(fall: Fall): TrainState {
  return { step: 0, rows: [], lossSum: 0, lossCount: 0, seconds: 0, fall, bestStep: 0, bestWeights: [] };
}

/**
 * Whether a validation beats the best row so far. Equal scores (a segmentation starts with many validations of
 * score 0: everything background) are told apart by the loss. NaN beats nothing.
 */
export function improves(metrics: Metrics, best: ValidationRow | undefined, monitor: Monitor): boolean {
  if (!best) return true;
  if (monitor === 'loss') return metrics.loss < best.validationLoss;
  if (Number.isNaN(best.validationScore) && !Number.isNaN(metrics.score)) return true;
  return (
    metrics.score > best.validationScore ||
    (Object.is(metrics.score, best.validationScore) && metrics.loss < best.validationLoss)
  );
}
