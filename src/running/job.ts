import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { EngineReport } from '../engine/contract/report';
import type { Experiment } from '../experiments/experiment';
import type { TrainProgress } from '../training/progress';
import { UsageError } from '../util/check';
import { Interrupted } from '../util/interrupted';
import { RunsElsewhere } from './lock';
import type { JobSetup, News, Order, Told } from './worker_messages';

/** Who wants to know what becomes of an experiment. */
export interface Watch {
  log: (line: string) => void;
  onProgress: (progress: TrainProgress) => void;
}

/** A process that runs experiments, one at a time. */
export class Job {
  private readonly child = fork(join(__dirname, 'worker.ts'), {
    execArgv: ['--require', require.resolve('tsx/cjs')],
    serialization: 'advanced',
  });
  /** of the process */
  readonly pid = this.child.pid;
  /** why the process is no more, once it is */
  private readonly ended = new Promise<Error>((resolve) => {
    this.child.once('exit', (code, signal) => resolve(reasonOf(code, signal)));
    this.child.on('error', resolve);
  });

  /**
   * Starts the engine and hands over the digits.
   * @throws UsageError if the engine does not start
   */
  start(setup: JobSetup): Promise<EngineReport> {
    return this.order({ kind: 'start', setup });
  }

  /** @throws Interrupted after `stop`; RunsElsewhere; the experiment's own error, or why the process ended before it was finished */
  async run(experiment: Experiment, watch: Watch): Promise<void> {
    await this.order({ kind: 'run', experiment }, watch);
  }

  /** Ends the experiment under way at its next batch, with its checkpoint saved; nothing is run after that. */
  stop(): void {
    this.send({ kind: 'stop' });
  }

  /** Ends the process once it has nothing under way. */
  async close(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    await this.ended;
  }

  /** Ends the process at once. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  private order(order: Order, watch?: Watch): Promise<EngineReport> {
    return new Promise((resolve, reject) => {
      const hear = (news: News) => {
        if (news.kind === 'log') watch?.log(news.line);
        else if (news.kind === 'progress') watch?.onProgress(news.progress);
        else {
          this.child.off('message', hear);
          if (news.kind === 'done') resolve(news.engine);
          else reject(errorOf(news.error));
        }
      };
      this.child.on('message', hear);
      void this.ended.then(reject);
      this.send(order);
    });
  }

  private send(order: Order): void {
    // A process that cannot be reached has ended, and `ended` says why.
    if (this.child.connected) this.child.send(order, () => {});
  }
}

/** The error that a process told of. */
function errorOf({ name, message, ...rest }: Told): Error {
  if (name === 'Interrupted') return new Interrupted();
  if (name === 'UsageError') return new UsageError(message);
  if (name === 'RunsElsewhere') return new RunsElsewhere(message);
  return Object.assign(new Error(message), { name, ...rest });
}

function reasonOf(code: number | null, signal: NodeJS.Signals | null): Error {
  // It came before the process could listen to it.
  if (signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP') return new Interrupted();
  if (signal === 'SIGKILL')
    return new UsageError(
      "the job's process was killed, as happens when memory runs out (--jobs 1 needs the least)",
    );
  return new UsageError(`the job's process ended with ${signal ?? `exit code ${code}`}`);
}
