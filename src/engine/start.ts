import * as tf from '@tensorflow/tfjs';
import { checkInteger, checkKeys, checkOneOf, UsageError } from '../util/check';
import { type BackendOptions, EngineUnavailable, type StartedBackend } from './contract/backend';
import { processorThreads } from './contract/processor';
import { type EngineName, type EngineReport, engineNames } from './contract/report';
import { startCpu } from './cpu/start';
import { startNode, startNodeGpu } from './native/start';
import { startWasm } from './wasm/start';
import { startWebgpu } from './webgpu/start';

export interface EngineOptions {
  /** Forces one engine; else the first of `engineNames` that starts, `cpu` excepted. */
  engine?: EngineName;
  /** Forces the WASM engine's provider of dense products. */
  gemm?: 'blas' | 'simd';
  /** Threads of the WASM engine, at most 64; else as many as the processor runs at once, but not more than 8. */
  threads?: number;
}

const starters: Record<EngineName, (options: BackendOptions) => Promise<StartedBackend>> = {
  'node-gpu': startNodeGpu,
  webgpu: startWebgpu,
  node: startNode,
  wasm: startWasm,
  cpu: startCpu,
};

/** The main thread writes the calls of all others: with more it would keep them waiting. */
const MOST_THREADS = 8;

/** That may be asked for: OpenBLAS is built for so many callers at once, or more. */
const THREAD_LIMIT = 64;

let running: { key: string; report: Promise<EngineReport> } | null = null;

/**
 * Starts TensorFlow.js on the fastest engine that works here. The variables EQUISPHERE_ENGINE,
 * EQUISPHERE_GEMM and EQUISPHERE_THREADS stand in for options that are not given. Asked again for what is
 * already running, it returns the same report.
 * @throws UsageError if an option is unknown, or if a forced engine or provider cannot start; it says why.
 */
export function startEngine(options: EngineOptions = {}): Promise<EngineReport> {
  const settled = settle(options);
  const key = JSON.stringify(settled);
  if (running?.key !== key) {
    const before = running?.report.catch(() => {}); // one after the other: they change the same backend
    const report = Promise.resolve(before).then(() => start(settled));
    const attempt = { key, report };
    running = attempt;
    report.catch(() => {
      if (running === attempt) running = null;
    });
  }
  return running!.report;
}

/** Options and environment made one, and checked. */
function settle(options: EngineOptions): BackendOptions & { engine?: EngineName } {
  checkKeys('startEngine', options, { engine: true, gemm: true, threads: true });
  const { EQUISPHERE_ENGINE, EQUISPHERE_GEMM, EQUISPHERE_THREADS } = process.env;
  const engine = options.engine ?? (EQUISPHERE_ENGINE || undefined);
  const gemm = options.gemm ?? (EQUISPHERE_GEMM || undefined);
  const usual = Math.min(processorThreads(), MOST_THREADS);
  const threads = options.threads ?? (EQUISPHERE_THREADS ? Number(EQUISPHERE_THREADS) : usual);
  const named = (option: keyof EngineOptions, variable: string) =>
    options[option] === undefined ? `$${variable}` : option;
  const [engineName, gemmName] = [named('engine', 'EQUISPHERE_ENGINE'), named('gemm', 'EQUISPHERE_GEMM')];
  return {
    engine: engine === undefined ? undefined : checkOneOf(engineName, engine, engineNames),
    gemm: gemm === undefined ? undefined : checkOneOf<'blas' | 'simd'>(gemmName, gemm, ['blas', 'simd']),
    threads: checkInteger(named('threads', 'EQUISPHERE_THREADS'), threads, 1, THREAD_LIMIT),
    isForced: engine !== undefined,
  };
}

async function start({ engine, ...options }: ReturnType<typeof settle>): Promise<EngineReport> {
  tf.env().set('PROD', true);
  const reasons: Record<string, string> = {};
  for (const name of engine ? [engine] : engineNames.filter((name) => name !== 'cpu')) {
    try {
      const started = await starters[name](options);
      const reasonsOfAll = { ...reasons, ...started.reasons };
      return Object.freeze({ name, core: null, gflops: null, ...started, reasons: reasonsOfAll });
    } catch (error) {
      if (error instanceof UsageError) throw error;
      if (engine) throw new UsageError(`engine ${name} cannot start: ${(error as Error).message}`);
      reasons[name] = error instanceof EngineUnavailable ? error.message : String(error);
    }
  }
  const why = Object.entries(reasons).map(([name, reason]) => `${name}: ${reason}`);
  throw new UsageError(`no engine starts here (${why.join('; ')})`);
}
