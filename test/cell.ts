import { AsyncLocalStorage } from 'node:async_hooks';

const cells = new AsyncLocalStorage<AbortSignal>();

/** Does `work` as a notebook's cell does: with its signal where the kernel keeps it (jupyter/kernels/tslab/interrupts.cjs). */
export async function inCell<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const place = globalThis as Record<symbol, unknown>;
  const key = Symbol.for('equisphere.signal');
  place[key] = cells;
  try {
    return await cells.run(signal, work);
  } finally {
    delete place[key];
  }
}
