/** Where a training is, for people who wait. */
export interface TrainProgress {
  /** done, of `steps` planned: early stopping or a plateau may make them fewer */
  step: number;
  steps: number;
  /** training samples seen, and in how many passes over the set */
  spheres: number;
  epoch: number;
  /** mean over the samples since the last validation */
  loss: number;
  /** estimate for the planned steps and their validations */
  secondsLeft: number;
}

/** A clock that extrapolates from the work done since it was made. */
export class TimeLeft {
  private readonly started = Date.now();

  /** @param total work left at the start, in any unit */
  constructor(readonly total = 0) {}

  /** Seconds left after `done` units; NaN before the first. */
  after(done: number): number {
    return done > 0 ? (this.elapsed() / done) * Math.max(0, this.total - done) : Number.NaN;
  }

  /** Seconds since the start. */
  elapsed(): number {
    return (Date.now() - this.started) / 1000;
  }
}
