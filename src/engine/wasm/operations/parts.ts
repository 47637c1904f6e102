import type { WasmHeap } from '../memory/heap';
import type { Lane } from '../threads/lane';
import { type Range, share } from '../threads/share';

/** Fewer values are done with before another thread has begun. */
const WORTH_DIVIDING = 2 ** 14;

/**
 * Divides rows of some floats among the lanes, neighbours to one lane: of a batch, each gets about the samples that it
 * computed (Crew.parallel). Few values stay on this thread. Returns the number of parts.
 */
export function forEachPart(
  heap: WasmHeap,
  rows: number,
  rowFloats: number,
  body: (lane: Lane, range: Range, part: number) => void,
): number {
  const parts = rows * rowFloats < WORTH_DIVIDING ? 1 : Math.min(heap.width, rows);
  if (parts === 1) body(heap.mainLane, [0, rows], 0);
  else heap.parallel(parts, (lane, part) => body(lane, share(rows, part, parts), part));
  return parts;
}
