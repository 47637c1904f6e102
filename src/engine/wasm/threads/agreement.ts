import type { WasmHeap } from '../heap';
import type { Lane } from './lane';

/** Just too large for the kernels that need no buffer. */
const SIZE = 104;
const OPERANDS = 8;
const PRODUCTS = 100;

/**
 * Whether products computed by all threads at the same time come out as they do one after the other, bit by bit.
 * A BLAS that is not built for it gives one buffer to callers that come at the same moment; not often enough to
 * be caught for certain, so what it says of itself counts first.
 */
export function threadsAgree(heap: WasmHeap): boolean {
  const cells = SIZE ** 2;
  const count = PRODUCTS * heap.width;
  const values = Float32Array.from({ length: OPERANDS * cells }, (_, i) => ((i * 37) % 101) / 101);
  const operands = heap.constant(values);
  const results = heap.allocate(4 * (count + OPERANDS) * cells);
  const resultAt = (i: number) => results + 4 * i * cells;
  const multiply = ({ sgemm }: Lane, operand: number, to: number) =>
    sgemm(
      false,
      true,
      SIZE,
      SIZE,
      SIZE,
      1,
      operands + 4 * operand * cells,
      SIZE,
      operands,
      SIZE,
      0,
      to,
      SIZE,
    );
  for (let i = 0; i < OPERANDS; i++) multiply(heap.mainLane, i, resultAt(count + i));
  heap.parallel(count, (lane, i) => multiply(lane, i % OPERANDS, resultAt(i)));
  const bytes = (i: number) => Buffer.from(heap.memory.buffer, resultAt(i), 4 * cells);
  let agree = true;
  for (let i = 0; i < count && agree; i++) agree = bytes(i).equals(bytes(count + (i % OPERANDS)));
  for (const pointer of [operands, results]) heap.free(pointer);
  return agree;
}
