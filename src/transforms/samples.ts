import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import type { Lane } from '../engine/wasm/threads/lane';
import { share } from '../engine/wasm/threads/share';

/** Consecutive samples of a batch. */
export interface Samples {
  readonly first: number;
  readonly count: number;
}

/** More samples in a block gain nothing. */
const MOST_SAMPLES = 4;

/** What a part of a step hands on should fit the caches. */
const CACHED_BYTES = 2 ** 22;

/**
 * Takes a batch through a step, in blocks of samples: a thread takes its own through all parts of the step, so that
 * what one part hands to the next stays in that core's caches. A block that is alone has all threads to itself.
 * @param bytes that a part hands on for each sample, at most
 */
export function forEachBlock(
  heap: KernelHeap,
  batch: number,
  bytes: number,
  step: (lane: Lane, samples: Samples) => void,
): void {
  const most = Math.max(1, Math.min(MOST_SAMPLES, Math.floor(CACHED_BYTES / bytes)));
  const blocks = Math.max(Math.ceil(batch / most), Math.min(batch, heap.width));
  heap.parallel(blocks, (lane, i) => {
    const [first, end] = share(batch, i, blocks);
    step(lane, { first, count: end - first });
  });
}
