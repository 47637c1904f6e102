import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { Digits } from '../datasets/digits';
import { processorThreads } from '../engine/processor';
import { type EngineReport, formatReport } from '../engine/report';
import type { Experiment } from '../experiments/experiment';
import { heldBytes } from '../experiments/sets';
import type { Tier } from '../experiments/tiers';
import { openStore, type StoredResult } from '../results/store';
import type { Job } from '../running/job';
import { withJobs } from '../running/job_pool';
import { runAll, unfinished } from '../running/sweep';
import { integerOf } from './arguments';
import type { Context, Option, Values } from './command';
import { engineOf } from './engine';
import { resultsFolder, runsFolder } from './folders';

/** Option of the commands that run many experiments. */
export const jobsOption = {
  jobs: {
    type: 'string',
    value: 'N',
    help: 'experiments side by side, each in a process with one thread (as many as\nprocessor and memory allow; 1, with all threads, for the paper tier; 1 on a GPU)',
  },
} as const satisfies Record<string, Option>;

/** What the options say of how to compute. @throws UsageError if they are wrong */
export function machineOf(values: Values) {
  return { engine: engineOf(values), jobs: integerOf('jobs', values.jobs, 1) };
}

/** Runs what is not finished of some experiments of a tier, each in a process of its own, and returns all results. */
export async function runInJobs(
  experiments: Experiment[],
  tier: Tier,
  digits: Digits,
  values: Values,
  { status, signal }: Context,
): Promise<StoredResult[]> {
  const { engine, jobs: wanted } = machineOf(values);
  const results = join(resultsFolder(values), tier.name);
  const store = openStore(results, status.log);
  const run = (jobs: readonly Job[]) =>
    runAll(experiments, { jobs, store, log: status.log, status: status.update, signal });
  const todo = unfinished(experiments, store);
  if (todo.length === 0) return run([]);
  const setup = {
    engine: { engine, threads: threadsFor(tier, wanted) },
    digits,
    results,
    runs: runsFolder(values),
  };
  const count = (report: EngineReport) => {
    status.log(`engine: ${formatReport(report)}`);
    return Math.min(todo.length, wanted ?? jobsFor(tier, report, todo));
  };
  return withJobs(setup, count, signal, run);
}

/** Threads of each job; undefined: as many as the engine takes, or as $EQUISPHERE_THREADS says. */
function threadsFor(tier: Tier, jobs = 1): number | undefined {
  return !process.env.EQUISPHERE_THREADS && (tier.sideBySide || jobs > 1) ? 1 : undefined;
}

/** As many as processor and memory allow, on an engine that does not use the whole machine by itself. */
function jobsFor(tier: Tier, { name }: EngineReport, todo: Experiment[]): number {
  if (!tier.sideBySide || !['wasm', 'cpu'].includes(name)) return 1;
  // macOS counts as used what it would give back.
  const memory = process.platform === 'darwin' ? totalmem() / 2 : process.availableMemory();
  const fitting = Math.floor(memory / Math.max(...todo.map(memoryOf)));
  return Math.max(1, Math.min(processorThreads(), fitting));
}

/** Bytes of the process of a job: the program with its digits (measured), and the spheres. */
function memoryOf(e: Experiment): number {
  return 6e8 + heldBytes(e);
}
