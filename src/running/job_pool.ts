import type { EngineReport } from '../engine/contract/report';
import { Job } from './job';
import type { JobSetup } from './worker_messages';

/**
 * Starts jobs, uses them, and waits for their processes to end.
 *
 * A parent that dies lets its jobs stop at the next batch and save; one that exits after `signal` has fired (a second
 * Ctrl-C) kills them.
 * @param count of the jobs, by the engine that the first one found
 * @throws what `use` throws; UsageError if the engine does not start
 */
export async function withJobs<T>(
  setup: JobSetup,
  count: (engine: EngineReport) => number,
  signal: AbortSignal,
  use: (jobs: Job[]) => Promise<T>,
): Promise<T> {
  const jobs: Job[] = [];
  const start = () => {
    const job = new Job();
    jobs.push(job);
    return job.start(setup);
  };
  const killAll = () => {
    if (signal.aborted) for (const job of jobs) job.kill();
  };
  process.on('exit', killAll);
  try {
    const engine = await start();
    await Promise.all(Array.from({ length: count(engine) - 1 }, start));
    return await use(jobs);
  } finally {
    await Promise.all(jobs.map((job) => job.close()));
    process.off('exit', killAll);
  }
}
