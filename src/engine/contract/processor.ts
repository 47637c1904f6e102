import { availableParallelism, cpus } from 'node:os';

/** The processor, as it names itself. */
export function processorName(): string {
  return cpus()[0]?.model.trim() || `${process.arch} processor`;
}

/** Threads that this process may run at once. */
export function processorThreads(): number {
  return availableParallelism();
}
