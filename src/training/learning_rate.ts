import type { Fall } from './plateau';

/**
 * How the learning rate moves after the warm-up: not at all; down half a cosine to zero; or constant until the
 * validation stands still, then straight down to zero (see plateau.ts).
 */
export type Schedule = 'constant' | 'cosine' | 'trapezoid';

export const schedules: readonly Schedule[] = ['constant', 'cosine', 'trapezoid'];

export interface RatePlan {
  schedule: Schedule;
  /** the rate that everything else is a fraction of */
  learningRate: number;
  /** steps of linear rise to the base rate */
  warmup: number;
  /** length of the whole training; where a trapezoid falls, `fall` decides */
  steps: number;
}

/** The learning rate of one step, 0-based. */
export function learningRateAt(plan: RatePlan, step: number, fall: Fall): number {
  const { learningRate, warmup } = plan;
  return learningRate * Math.min(1, (step + 1) / warmup) * shape(plan, step, fall);
}

/** The schedule without warm-up, 1 at its start. */
function shape({ schedule, warmup, steps }: RatePlan, step: number, fall: Fall): number {
  if (schedule === 'constant' || step < warmup) return 1;
  if (schedule === 'cosine') return (1 + Math.cos((Math.PI * (step - warmup)) / (steps - warmup))) / 2;
  return step < fall.from ? 1 : (fall.end - step) / (fall.end - fall.from);
}
