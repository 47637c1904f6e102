import type { StatusLine } from './status';

/** Two Ctrl-C within this time are one: a terminal sends it to npm and to us, and npm passes it on. */
const SAME_KEYSTROKE_MS = 1000;

/** A terminal that is closed sends SIGHUP, and nohup keeps it away from no Node process. */
const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What ends a command before its time. */
export interface Interrupts {
  /** fires at the first signal: stop at the next batch and keep what is done */
  signal: AbortSignal;
  /** work that has nothing to save: a signal ends the process at once, even while it is too busy to hear it */
  unguarded<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Turns Ctrl-C, SIGTERM and SIGHUP into an AbortSignal, so that a training stops at the next batch and saves its
 * checkpoint. A second one, a second later or more, ends the process at once. A closed output ends it, too.
 */
export function interrupts(status: StatusLine): Interrupts {
  const controller = new AbortController();
  let first = 0;
  const stop = () => {
    if (first === 0) {
      first = Date.now();
      status.log('stopping at the next batch (again to stop at once)');
      controller.abort();
    } else if (Date.now() - first > SAME_KEYSTROKE_MS) process.exit(130);
  };
  const guard = () => {
    for (const name of endSignals) process.on(name, stop);
  };
  const letGo = () => {
    for (const name of endSignals) process.off(name, stop);
  };
  guard();
  status.onClosed(() => controller.abort());
  return {
    signal: controller.signal,
    unguarded: async (work) => {
      letGo();
      try {
        return await work();
      } finally {
        guard();
      }
    },
  };
}
