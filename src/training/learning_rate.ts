/** How the learning rate moves over a training: not at all, or down half a cosine to zero. */
export type Schedule = 'constant' | 'cosine';

export const schedules: readonly Schedule[] = ['constant', 'cosine'];

/**
 * The learning rate of one step.
 * @param step 0-based; `steps` is the length of the whole training
 */
export function learningRateAt(schedule: Schedule, base: number, step: number, steps: number): number {
  return schedule === 'constant' ? base : (base * (1 + Math.cos((Math.PI * step) / steps))) / 2;
}
