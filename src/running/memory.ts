import { totalmem } from 'node:os';
import { processorThreads } from '../engine/contract/processor';
import type { Experiment } from '../experiments/experiment';
import { heldBytes } from '../experiments/sets';

/** The program with its first data set, and each further one: measured. */
const PROGRAM_BYTES = 5.5e8;
const DIGITS_BYTES = 5e7;

/** Bytes of the process of a job: the program with its digits, the spheres, and what a training step needs. */
export function jobBytes(e: Experiment, dataSets: number): number {
  return PROGRAM_BYTES + DIGITS_BYTES * dataSets + heldBytes(e) + stepBytes(e);
}

/** How many of these jobs run side by side: as many as processor and memory allow, one at least. */
export function jobsThatFit(experiments: readonly Experiment[], dataSets: number): number {
  // macOS counts as used what it would give back.
  const memory = process.platform === 'darwin' ? totalmem() / 2 : process.availableMemory();
  const fitting = Math.floor(memory / Math.max(...experiments.map((e) => jobBytes(e, dataSets))));
  return Math.max(1, Math.min(processorThreads(), fitting));
}

/** Memory of the WASM engine ends here. */
const HEAP_BYTES = 2 ** 32;

/**
 * Bytes of the signals in a network while it trains, roughly: measured for the largest networks of the study and paper
 * tiers. An S2CNN has signals on SO(3).
 */
function stepBytes({ network, bandwidth, batchSize }: Experiment): number {
  const sample = network.family === 's2cnn' ? 1500 * bandwidth ** 3 : 12500 * bandwidth ** 2;
  return Math.min(HEAP_BYTES, batchSize * sample);
}
