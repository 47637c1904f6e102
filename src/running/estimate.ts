import type { Experiment } from '../experiments/experiment';
import { expectedSeconds } from '../experiments/grid';
import type { Store } from '../results/store';

/**
 * Estimates how long experiments take: the tier's guess, corrected by what experiments of the same model and task
 * really took, or failing that by what all others took.
 */
export class Estimate {
  private readonly measured = new Map<string, { expected: number; seconds: number }>();

  constructor(store: Store, experiments: readonly Experiment[]) {
    for (const e of experiments) {
      const final = store.read(e)?.final;
      if (final) this.learn(e, final);
    }
  }

  /** @param steps done; a plateau may have made them fewer than planned */
  learn(e: Experiment, { seconds, steps }: { seconds: number; steps: number }): void {
    for (const key of [keyOf(e), 'all']) {
      const sum = this.measured.get(key) ?? { expected: 0, seconds: 0 };
      sum.expected += (expectedSeconds(e) * steps) / e.steps;
      sum.seconds += seconds;
      this.measured.set(key, sum);
    }
  }

  /** Seconds for all of the experiments together, each trained to its last step. */
  seconds(experiments: readonly Experiment[]): number {
    return experiments.reduce((sum, e) => {
      const known = this.measured.get(keyOf(e)) ?? this.measured.get('all');
      return sum + expectedSeconds(e) * (known ? known.seconds / known.expected : 1);
    }, 0);
  }
}

function keyOf({ task, model }: Experiment): string {
  return `${task} ${model}`;
}
