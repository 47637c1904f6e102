import type { Digits } from '../datasets/digits';
import { type EngineName, type EngineReport, formatReport } from '../engine/contract/report';
import type { Experiment } from '../experiments/experiment';
import type { StoredResult } from '../results/format';
import { openStore } from '../results/store';
import type { Job } from '../running/job';
import { withJobs } from '../running/job_pool';
import { jobsThatFit } from '../running/memory';
import { runAll, unfinished } from '../running/sweep';
import { integerOf } from './arguments';
import type { Context, Option, Values } from './command';
import { engineOf } from './engine';
import type { RunFolders } from './folders';

/** Option of the commands that run many experiments. */
export const jobsOption = {
  jobs: {
    type: 'string',
    value: 'N',
    help: 'experiments side by side, each in a process with one thread (as many as\nprocessor and memory allow; 1, with all threads, for the paper tier; 1 on a GPU)',
  },
} as const satisfies Record<string, Option>;

/** How to compute. */
export interface Machine {
  engine?: EngineName;
  jobs?: number;
}

/** More than any machine has cores. */
const MOST_JOBS = 256;

/** @throws UsageError for an engine that there is none of, or a number of jobs that cannot be */
export function machineOf(values: Values): Machine {
  return { engine: engineOf(values), jobs: integerOf('jobs', values, 1, MOST_JOBS) };
}

export interface JobsRequest {
  experiments: readonly Experiment[];
  /** experiments run side by side, on one thread each */
  sideBySide: boolean;
  /** a data set for each that the experiments name */
  digits: readonly Digits[];
  folders: RunFolders;
  machine: Machine;
  /** leave what other processes are at to them */
  leave?: boolean;
  /** called whenever a result is there */
  onResult?: () => void;
}

/** Runs what is not finished of some experiments, each in a process of its own, and returns all results. */
export async function runInJobs(request: JobsRequest, { status, signal }: Context): Promise<StoredResult[]> {
  const { experiments, digits, folders, machine, leave, onResult } = request;
  const { results, runs } = folders;
  const store = openStore(results, status.log);
  const run = (jobs: readonly Job[]) =>
    runAll(experiments, { jobs, store, log: status.log, status: status.update, signal, leave, onResult });
  const todo = unfinished(experiments, store);
  if (todo.length === 0) return run([]);
  const setup = {
    engine: { engine: machine.engine, threads: threadsFor(request) },
    digits,
    results,
    runs,
  };
  const count = (report: EngineReport) => {
    status.log(`engine: ${formatReport(report)}`);
    const many = request.sideBySide && !report.fillsMachine;
    return Math.min(todo.length, machine.jobs ?? (many ? jobsThatFit(todo, digits.length) : 1));
  };
  return withJobs(setup, count, signal, run);
}

/** Threads of each job; undefined: as many as the engine takes, or as $EQUISPHERE_THREADS says. */
function threadsFor({ sideBySide, machine: { jobs = 1 } }: JobsRequest): number | undefined {
  return !process.env.EQUISPHERE_THREADS && (sideBySide || jobs > 1) ? 1 : undefined;
}
