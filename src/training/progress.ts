/** Where a training is, for people who wait. */
export interface TrainProgress {
  /** 1-based */
  epoch: number;
  epochs: number;
  /** batches done in this epoch, of `batches` */
  batch: number;
  batches: number;
  /** mean loss of this epoch so far */
  loss: number;
  /** estimate for all epochs that are left: early stopping may end it sooner */
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
