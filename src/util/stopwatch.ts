/** Runs from when it is made. */
export class Stopwatch {
  private readonly started = Date.now();

  elapsedSeconds(): number {
    return (Date.now() - this.started) / 1000;
  }
}
