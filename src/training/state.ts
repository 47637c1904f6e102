import type { Metrics } from './evaluate';

/** One finished epoch; 1-based. Seconds are of this epoch, validation included. */
export interface EpochRow {
  epoch: number;
  trainLoss: number;
  validationLoss: number;
  validationScore: number;
  seconds: number;
}

/** What early stopping watches. */
export type Monitor = 'score' | 'loss';

/** Where a training stands, besides the numbers in weights and optimiser. */
export interface TrainState {
  /** epochs done */
  rows: EpochRow[];
  /** batches done in the epoch under way, the sum of their samples' losses, and the seconds they took */
  batch: number;
  lossSum: number;
  seconds: number;
  /** the best epoch so far, 0 before the first */
  bestEpoch: number;
  bestWeights: Float32Array[];
}

export function freshState(): TrainState {
  return { rows: [], batch: 0, lossSum: 0, seconds: 0, bestEpoch: 0, bestWeights: [] };
}

/**
 * Whether a validation beats the best row so far. Equal scores (a segmentation starts with many epochs of
 * score 0: everything background) are told apart by the loss. NaN beats nothing.
 */
export function improves(metrics: Metrics, best: EpochRow | undefined, monitor: Monitor): boolean {
  if (!best) return true;
  if (monitor === 'loss') return metrics.loss < best.validationLoss;
  if (Number.isNaN(best.validationScore) && !Number.isNaN(metrics.score)) return true;
  return (
    metrics.score > best.validationScore ||
    (Object.is(metrics.score, best.validationScore) && metrics.loss < best.validationLoss)
  );
}
