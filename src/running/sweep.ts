import { describeExperiment, type Experiment, experimentId } from '../experiments/experiment';
import type { FinalRow, StoredResult } from '../results/format';
import type { Store } from '../results/store';
import { currentSignal } from '../util/cell_signal';
import { UsageError } from '../util/check';
import { formatSeconds } from '../util/duration';
import { isOfSystem } from '../util/files';
import { Interrupted } from '../util/interrupted';
import { Stopwatch } from '../util/stopwatch';
import { Estimate } from './estimate';
import type { Job } from './job';
import { RunsElsewhere } from './lock';
import { Queue } from './queue';

export interface SweepOptions {
  store: Store;
  /** started; they write into the store. At least one, unless all is finished */
  jobs: readonly Job[];
  log: (line: string) => void;
  /** a line that replaces the one before: where the sweep stands */
  status: (line: string) => void;
  /** default: that of the notebook's cell */
  signal?: AbortSignal;
  /** what other processes are at is left to them; else it is waited for */
  leave?: boolean;
  /** called whenever a result is there */
  onResult?: () => void;
}

/** An experiment came to no end; the message says which and why. */
export class ExperimentFailed extends Error {
  override name = 'ExperimentFailed';

  constructor(e: Experiment, reason: Error) {
    super(`experiment ${experimentId(e)} (${describeExperiment(e)}) failed: ${reason.message}`);
    const saysAll = reason instanceof UsageError || isOfSystem(reason);
    const frames = saysAll ? [] : (reason.stack?.match(/^ +at .*$/gm) ?? []);
    this.stack = [this.message, ...frames].join('\n');
  }
}

/** Those of some experiments that have no final result, in the same order. */
export function unfinished(experiments: readonly Experiment[], store: Store): Experiment[] {
  return experiments.filter((e) => !store.finished(e));
}

/**
 * Runs experiments side by side, one at a time in each job, skips those already finished, and tells the time left. Those
 * that other processes are at come last: it waits for them, and takes over what is given up.
 * @returns their results, in the same order; with `leave`, those of others as far as they are, if at all
 * @throws Interrupted when the signal fires; ExperimentFailed if one fails. The others stop at the next batch and keep
 *   what is done; a second call goes on
 */
export async function runAll(
  experiments: readonly Experiment[],
  options: SweepOptions,
): Promise<StoredResult[]> {
  const { store, jobs, signal = currentSignal() } = options;
  const sweep = new Sweep(experiments, options);
  const stop = () => sweep.stop();
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  try {
    const outcomes = await Promise.allSettled(jobs.map((job) => sweep.work(job)));
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    // The others were interrupted because of the one that failed.
    const error = errors.find((reason) => reason instanceof ExperimentFailed) ?? errors[0];
    if (error) throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  return experiments.flatMap((e) => store.read(e) ?? []);
}

/** Between two looks at what other processes are at. */
const WAIT_MS = 2000;

/** A list of experiments while it is worked through. */
class Sweep {
  private readonly queue: Queue;
  private readonly total: number;
  /** 1-based, in the order of their start; those that were finished before come first */
  private readonly numbers = new Map<Experiment, number>();
  private started: number;
  private readonly elsewhere: Experiment[] = [];
  private stopped = false;

  constructor(
    experiments: readonly Experiment[],
    private readonly options: SweepOptions,
  ) {
    const { store, jobs, log } = options;
    const todo = unfinished(experiments, store);
    this.queue = new Queue(todo, jobs.length, new Estimate(store, experiments));
    this.total = experiments.length;
    this.started = experiments.length - todo.length;
    log(
      `experiments: ${this.total}${this.started ? `, ${this.started} of them already finished` : ''}; ` +
        `about ${this.timeLeft()} of training at most${jobs.length > 1 ? `, ${jobs.length} side by side` : ''}`,
    );
  }

  /** Keeps a job busy for as long as there are experiments, then takes over those that other processes give up. */
  async work(job: Job): Promise<void> {
    for (let e = this.queue.take(); e; e = this.queue.take()) await this.attempt(e, job);
    for (let e = this.elsewhere.shift(); e; e = this.elsewhere.shift()) {
      this.options.status(`waiting for what other processes are at: ${describeExperiment(e)}, ...`);
      await this.pause();
      await this.attempt(e, job);
    }
  }

  private async attempt(e: Experiment, job: Job): Promise<void> {
    if (this.stopped) throw new Interrupted();
    const isFirst = !this.numbers.has(e);
    if (isFirst) this.numbers.set(e, ++this.started);
    this.queue.running.set(e, undefined);
    try {
      await this.run(e, job);
    } catch (error) {
      if (error instanceof RunsElsewhere) {
        this.queue.finished(e);
        if (!this.options.leave) this.elsewhere.push(e);
        if (isFirst) this.options.log(`${this.nameOf(e)}: ${error.message}`);
        return;
      }
      this.stop();
      throw error instanceof Interrupted ? error : new ExperimentFailed(e, error as Error);
    }
  }

  private async pause(): Promise<void> {
    const end = Date.now() + WAIT_MS;
    while (Date.now() < end && !this.stopped) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  stop(): void {
    this.stopped = true;
    for (const job of this.options.jobs) job.stop();
  }

  private async run(e: Experiment, job: Job): Promise<void> {
    const { store, log } = this.options;
    const clock = new Stopwatch();
    const name = this.nameOf(e);
    this.showStatus();
    await job.run(e, {
      log: (line) => log(`${name}: ${line}`),
      onProgress: (progress) => {
        this.queue.progress(e, progress);
        this.showStatus();
      },
    });
    const final = store.read(e)!.final!;
    this.queue.finished(e, final);
    this.options.onResult?.();
    log(`${name}: ${scoresOf(final)} (${formatSeconds(clock.elapsedSeconds())}, ${this.timeLeft()} left)`);
  }

  private nameOf(e: Experiment): string {
    return `[${this.numbers.get(e)}/${this.total}] ${describeExperiment(e)}`;
  }

  /** `[12, 13 of 44] 6 min 20 s left: segmentation s2cnn-quick, step 200/3000, loss 0.713 | ...` */
  private showStatus(): void {
    const running = [...this.queue.running];
    const numbers = running.map(([e]) => this.numbers.get(e)).join(', ');
    const states = running.map(([{ task, model }, progress]) => {
      const state = progress && `, step ${progress.step}/${progress.steps}, loss ${progress.loss.toFixed(3)}`;
      return `${task} ${model}${state ?? ''}`;
    });
    this.options.status(`[${numbers} of ${this.total}] ${this.timeLeft()} left: ${states.join(' | ')}`);
  }

  private timeLeft(): string {
    return formatSeconds(this.queue.secondsLeft());
  }
}

function scoresOf({ rotated, unrotated, validationRotated, converged }: FinalRow): string {
  const scores =
    rotated && unrotated
      ? `${rotated.score.toFixed(1)} rotated, ${unrotated.score.toFixed(1)} unrotated`
      : `${validationRotated.toFixed(1)} on rotated validation spheres`;
  return converged ? scores : `${scores}, not converged`;
}
