import { readdirSync, readFileSync } from 'node:fs';
import type { Random } from '../../src/util/random';
import type { Started } from '../commands/process';

/** One blow at a running sweep. */
export interface Kill {
  /** pipe: the reader of its output goes away */
  blow: NodeJS.Signals | 'pipe';
  /** who gets a signal: the command's process, that of one of its jobs, or all of them */
  target: 'parent' | 'worker' | 'group';
  /** milliseconds after its start */
  delay: number;
  /** whether a second sweep works on the same folder, and is left alone */
  beside: boolean;
}

const blows = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGKILL', 'pipe'] as const;
const targets = ['parent', 'worker', 'group'] as const;
const beside = [true, false, false, false, false, false];

/** Kills without end: among six in a row each blow is there once, each target twice, and another sweep beside one. */
export function* kills(random: Random, longest: number): Generator<Kill, never> {
  for (;;) {
    const orders = [blows, targets, targets, beside].map(({ length }) => random.permutation(length));
    for (let i = 0; i < blows.length; i++)
      yield {
        blow: blows[orders[0][i]],
        target: targets[orders[i < 3 ? 1 : 2][i % 3]],
        delay: Math.round(random.uniform(0, longest)),
        beside: beside[orders[3][i]],
      };
  }
}

export function describeKill({ blow, target, delay, beside }: Kill): string {
  const what = blow === 'pipe' ? 'the pipe is closed' : `${blow} for the ${target}`;
  return `${what} after ${delay} ms${beside ? ', with another sweep beside it' : ''}`;
}

/** Strikes, unless there is nothing to strike any more. @param random chooses among the jobs */
export function strike({ blow, target }: Kill, { child }: Started, random: Random): void {
  const pid = child.pid!;
  const jobs = target === 'worker' ? jobsOf(pid) : [];
  try {
    if (blow === 'pipe') child.stdout!.destroy();
    else if (target === 'group') process.kill(-pid, blow);
    else process.kill(jobs.length ? jobs[random.integer(jobs.length)] : pid, blow);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Processes of the jobs of a sweep; none where the system keeps no /proc, or before they have started. */
function jobsOf(parent: number): number[] {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  };
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all
    .filter((pid) => Number(read(`/proc/${pid}/stat`).split(') ').pop()!.split(' ')[1]) === parent)
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes('worker.ts'))
    .map(Number);
}
