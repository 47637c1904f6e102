import type { StatusLine } from './status';

/** Two Ctrl-C within this time are one: a terminal sends it to npm and to us, and npm passes it on. */
const SAME_KEYSTROKE_MS = 1000;

/**
 * Turns Ctrl-C and SIGTERM into an AbortSignal, so that a training stops at the next batch and saves its checkpoint.
 * A second Ctrl-C, a second later or more, ends the process at once.
 */
export function interruptSignal(status: StatusLine): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const stop = () => {
    if (first === 0) {
      first = Date.now();
      status.log('stopping at the next batch (again to stop at once)');
      controller.abort();
    } else if (Date.now() - first > SAME_KEYSTROKE_MS) process.exit(130);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}
