import { currentSignal } from '../util/cell_signal';

/** Thrown when a training was asked to stop; what it had done is in its checkpoint. */
export class Interrupted extends Error {
  override name = 'Interrupted';

  constructor() {
    super('interrupted');
  }
}

/**
 * Lets signals, timers and progress in between two batches: the promises of a CPU engine settle without
 * ever going through the event loop.
 * @param signal by default that of the notebook's cell
 * @throws Interrupted if `signal` has fired
 */
export async function breathe(signal = currentSignal()): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) throw new Interrupted();
}
