import { TimeLeft } from '../training/progress';
import { formatSeconds } from '../util/progress';
import { Estimate } from './estimate';
import { describeExperiment, type Experiment, experimentId } from './experiment';
import { type RunOptions, runExperiment } from './runner';
import type { StoredResult } from './store';

export interface SweepOptions extends Omit<RunOptions, 'onEpoch' | 'onProgress'> {
  log: (line: string) => void;
  /** a line that replaces the one before: where the sweep stands */
  status: (line: string) => void;
}

/**
 * Runs experiments one after the other, skips those already finished, and tells the time left.
 * @returns their results, in the same order
 * @throws Interrupted when the signal fires; a second call goes on
 */
export async function runAll(
  experiments: readonly Experiment[],
  options: SweepOptions,
): Promise<StoredResult[]> {
  const { store, log, status } = options;
  const estimate = new Estimate(store, experiments);
  const todo = experiments.filter((e) => !store.finished(experimentId(e)));
  const done = experiments.length - todo.length;
  log(
    `experiments: ${experiments.length}${done ? `, ${done} of them already finished` : ''}; ` +
      `about ${formatSeconds(estimate.seconds(todo))} of training at most`,
  );
  for (const [index, e] of todo.entries()) {
    const rest = todo.slice(index + 1);
    const clock = new TimeLeft();
    const name = `[${done + index + 1}/${experiments.length}] ${describeExperiment(e)}`;
    status(name);
    const { final } = await runExperiment(e, {
      ...options,
      log: (line) => log(`${name}: ${line}`),
      onProgress: ({ epoch, epochs, batch, batches, loss, secondsLeft }) =>
        status(
          `${name}: epoch ${epoch}/${epochs}, batch ${batch}/${batches}, loss ${loss.toFixed(3)}, ` +
            `${formatSeconds(secondsLeft + estimate.seconds(rest))} left`,
        ),
    });
    estimate.learn(e, final!.seconds, final!.epochs);
    log(
      `${name}: ${final!.rotated.score.toFixed(1)} rotated, ${final!.unrotated.score.toFixed(1)} unrotated ` +
        `(${formatSeconds(clock.elapsed())}, ${formatSeconds(estimate.seconds(rest))} left)`,
    );
  }
  return experiments.map((e) => store.read(experimentId(e))!);
}
