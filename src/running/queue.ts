import type { Experiment } from '../experiments/experiment';
import type { TrainProgress } from '../training/progress';
import type { Estimate } from './estimate';

/** Experiments that wait and that run side by side: which comes next, and how long all of it still takes. */
export class Queue {
  /** with how far they are, once they have begun to train; in the order of their start */
  readonly running = new Map<Experiment, TrainProgress | undefined>();
  private readonly waiting: Experiment[];

  constructor(
    todo: readonly Experiment[],
    private readonly jobs: number,
    private readonly estimate: Estimate,
  ) {
    this.waiting = [...todo];
  }

  /**
   * Takes what is to be run next: the first that waits. A long one comes before its turn if it takes more than an even
   * share of the work that waits: begun any later, it would outlast all the others.
   */
  take(): Experiment | undefined {
    const seconds = this.waiting.map((e) => this.estimate.seconds([e]));
    const longest = Math.max(...seconds);
    const isLong = longest * this.jobs >= seconds.reduce((sum, s) => sum + s, 0);
    const [next] = this.waiting.splice(isLong ? seconds.indexOf(longest) : 0, 1);
    if (next) this.running.set(next, undefined);
    return next;
  }

  progress(e: Experiment, progress: TrainProgress): void {
    this.running.set(e, progress);
  }

  /** @param took what it took; undefined if it was not run here */
  finished(e: Experiment, took?: { seconds: number; steps: number }): void {
    this.running.delete(e);
    if (took) this.estimate.learn(e, took);
  }

  /** Seconds until all is finished: an even share of the work, or the longest piece of it. */
  secondsLeft(): number {
    const guess = (e: Experiment) => this.estimate.seconds([e]);
    const running = [...this.running].map(([e, progress]) => progress?.secondsLeft ?? guess(e));
    const left = [...running, ...this.waiting.map(guess)];
    if (left.length === 0) return 0;
    return Math.max(left.reduce((sum, s) => sum + s, 0) / this.jobs, ...left);
  }
}
