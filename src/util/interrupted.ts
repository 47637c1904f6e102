/** Thrown when a work was asked to stop. */
export class Interrupted extends Error {
  override name = 'Interrupted';

  /** @param where it stopped, as in `at step 12` */
  constructor(where?: string) {
    super(where ? `interrupted ${where}` : 'interrupted');
  }
}

/**
 * Lets signals, timers and progress in between two batches: the promises of a CPU engine settle without
 * ever going through the event loop.
 * @throws Interrupted if `signal` has fired
 */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) throw new Interrupted();
}
