/**
 * Where the kernel keeps the signal of the running cell (jupyter/kernels/tslab/interrupts.cjs): a store that follows
 * what a cell has started through its awaits and timers, so that a loop which outlives its cell still hears that
 * cell's interrupt and no other.
 */
const place = Symbol.for('equisphere.signal');

/** Fires when the notebook's cell that the caller belongs to is interrupted; undefined outside notebooks. */
export function currentSignal(): AbortSignal | undefined {
  const store = (globalThis as Record<symbol, unknown>)[place] as { getStore(): AbortSignal } | undefined;
  return store?.getStore();
}
