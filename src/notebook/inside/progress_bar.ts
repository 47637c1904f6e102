import { formatSeconds } from '../../util/duration';
import { Stopwatch } from '../../util/stopwatch';
import { publisher } from './publisher';

export interface ShownProgress {
  /** @param done units done so far; @param note what to say beside it, as `loss 0.31` */
  update(done: number, note?: string): void;
  /**
   * Leaves `label: total of total` and the note, without times, so that a rerun shows the same.
   * @param done if the work ended before its total
   */
  finish(note?: string, done?: number): void;
}

const SHORTEST_INTERVAL_MS = 200;
let shown = 0;

/**
 * One line that changes in place, with the time left: an output of the running cell, or a line of the terminal.
 * @param total units of work in all
 */
export function showProgress(label: string, total: number): ShownProgress {
  const write = linePlace();
  const clock = new Stopwatch();
  let last = 0;
  const line = (done: number, note?: string) => [`${label}: ${done} of ${total}`, ...(note ? [note] : [])];
  return {
    update(done, note) {
      if (Date.now() - last < SHORTEST_INTERVAL_MS) return;
      last = Date.now();
      const left = (clock.elapsedSeconds() / done) * Math.max(0, total - done);
      write([...line(done, note), ...(done > 0 ? [`${formatSeconds(left)} left`] : [])].join(', '), false);
    },
    finish: (note, done = total) => write(line(done, note).join(', '), true),
  };
}

/** @returns a writer of the line: into the notebook, onto a terminal, or only its last state into a file */
function linePlace(): (text: string, last: boolean) => void {
  const publish = publisher();
  if (publish) {
    const transient = { display_id: `progress-${++shown}` };
    let started = false;
    return (text) => {
      const type = started ? 'update_display_data' : 'display_data';
      started = true;
      publish(type, { data: { 'text/plain': text }, metadata: {}, transient });
    };
  }
  const { stdout } = process;
  if (stdout.isTTY) return (text, last) => void stdout.write(`\r${text}\x1b[K${last ? '\n' : ''}`);
  return (text, last) => void (last && stdout.write(`${text}\n`));
}
