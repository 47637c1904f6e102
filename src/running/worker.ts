import { on } from 'node:events';
import { startEngine } from '../engine/start';
import type { Experiment } from '../experiments/experiment';
import { openStore } from '../results/store';
import type { TrainProgress } from '../training/progress';
import { UsageError } from '../util/check';
import { runExperiment } from './runner';
import type { JobSetup, News, Order, Told } from './worker_messages';

/** The process of a job (job.ts): carries out orders, one after the other, until its parent lets go of it or dies. */
async function serve(): Promise<void> {
  const stop = new AbortController();
  // A terminal sends Ctrl-C to us as well, `kill` only to the parent, which then says stop.
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(event, () => stop.abort());
  process.on('message', (order: Order) => order.kind === 'stop' && stop.abort());

  let ready: Ready | undefined;
  for await (const [order] of on(process, 'message', { close: ['disconnect'] }) as AsyncIterable<[Order]>) {
    if (order.kind === 'stop') continue;
    try {
      if (order.kind === 'start') ready = await start(order.setup, stop.signal);
      else await ready!.run(order.experiment);
      tell({ kind: 'done', engine: ready!.engine });
    } catch (error) {
      const { name, message, stack, code, syscall } = error as Told;
      tell({ kind: 'failed', error: { name, message, stack, code, syscall } });
    }
  }
  // Engines may hold threads that would keep the process alive.
  process.exit();
}

type Ready = Awaited<ReturnType<typeof start>>;

async function start({ engine: wanted, digits, results, runs }: JobSetup, signal: AbortSignal) {
  const engine = await startEngine(wanted);
  const log = (line: string) => tell({ kind: 'log', line });
  const common = {
    store: openStore(results, log),
    engine,
    runs,
    log,
    onProgress: (progress: TrainProgress) => tell({ kind: 'progress', progress }),
    signal,
  };
  const run = (e: Experiment) => {
    const ofExperiment = digits.find(({ name }) => name === e.dataset);
    if (!ofExperiment) throw new UsageError(`the job was given no ${e.dataset}`);
    return runExperiment(e, { ...common, digits: ofExperiment });
  };
  return { engine, run };
}

/** Says something to the parent, if there still is one. */
function tell(news: News): void {
  if (process.connected) process.send!(news, undefined, undefined, () => {});
}

void serve();
