import { breathe } from '../util/interrupted';
import type { StatusLine } from './status';

/** Two Ctrl-C within this time are one: a terminal sends it to npm and to us, and npm passes it on. */
const SAME_KEYSTROKE_MS = 1000;

/** A terminal that is closed sends SIGHUP, and nohup keeps it away from no Node process. */
const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does `work` with Ctrl-C, SIGTERM and SIGHUP as an AbortSignal, so that a training stops at the next batch and saves its
 * checkpoint. A second one, a second later or more, ends the process at once. A closed output ends it, too.
 */
export async function withInterrupts<T>(
  status: StatusLine,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let first = 0;
  const stop = () => {
    if (first === 0) {
      first = Date.now();
      status.log('stopping at the next batch (again to stop at once)');
      controller.abort();
    } else if (Date.now() - first > SAME_KEYSTROKE_MS) process.exit(130);
  };
  status.onClosed(() => controller.abort());
  for (const name of endSignals) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of endSignals) process.off(name, stop);
  }
}

/**
 * Does work that has nothing to save: a signal ends the process at once, even while it is too busy to hear it.
 * @throws Interrupted if one came before: it would not be heard any more once its listeners are gone
 */
export async function unguarded<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  await breathe(undefined); // what is under way: only after it are signals asked for again
  await breathe(signal);
  const guards = endSignals.map((name) => [name, process.listeners(name)] as const);
  for (const name of endSignals) process.removeAllListeners(name);
  try {
    return await work();
  } finally {
    for (const [name, listeners] of guards) for (const listener of listeners) process.on(name, listener);
  }
}
