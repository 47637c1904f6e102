import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { koffiPath } from '../../../util/native_library';
import type { Kernels } from '../kernels/kernels';
import { callableKernels, compiledKernels } from '../kernels/load';
import type { BlasLibrary, Cblas } from '../products/gemm';
import { flushToZero } from './flush_to_zero';
import { inSteps, Tape, words } from './tape';

/** A worker thread on the heap; its functions put calls on its tape. */
export interface Thread {
  readonly kernels: Kernels;
  readonly cblas: Cblas;
  /** Has the calls of body(0), ... body(count - 1) made there: see Tape.appendInSteps. */
  inSteps(count: number, body: (i: number) => void): void;
  /** Waits for all calls. Returns the error of the first that failed, else null. */
  finish(): Error | null;
  stop(): Promise<unknown>;
}

/** Starts threads on a heap's memory. @throws Error if one cannot start, or cannot load the BLAS; then none runs */
export async function startThreads(
  memory: WebAssembly.Memory,
  blas: BlasLibrary | null,
  count: number,
): Promise<Thread[]> {
  const threads: Thread[] = [];
  try {
    while (threads.length < count) threads.push(await startThread(memory, blas));
    return threads;
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.stop()));
    throw error;
  }
}

async function startThread(memory: WebAssembly.Memory, blas: BlasLibrary | null): Promise<Thread> {
  const tape = new Tape();
  const names = callableKernels();
  const worker = new Worker(join(__dirname, 'worker.cjs'), {
    execArgv: [], // no loaders: the file is plain JavaScript
    workerData: {
      tape: tape.memory,
      words,
      inSteps,
      memory,
      kernels: compiledKernels(),
      names,
      koffi: koffiPath,
      flush: flushToZero(),
      blas,
    },
  });
  await once(worker, 'message').catch((error: Error) => {
    throw new Error(`a thread cannot start: ${error.message}`);
  });
  worker.unref();
  const recorders = names.map((name, i) => [
    name,
    (...args: (number | boolean)[]) => tape.append(i + 1, args),
  ]);
  return {
    kernels: Object.fromEntries(recorders) as Kernels,
    cblas: (...args) => tape.append(0, args),
    inSteps: (count, body) => tape.appendInSteps(count, body),
    finish: () => tape.finish(),
    stop: () => worker.terminate(),
  };
}
