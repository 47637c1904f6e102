import type { WasmHeap } from './memory/heap';
import type { Lane } from './threads/lane';

/**
 * Of a square times the transpose of a square. Over in less than a microsecond: the more calls, the more of them come
 * at the same moment. OpenBLAS takes a buffer for these also where it has kernels that need none for small ones.
 */
const SMALL = 16;

/** Small ones of each thread in a round. */
const PRODUCTS = 2000;

/** Of the product that keeps a thread busy while its small ones are put on its tape. */
const LARGE = 384;

/** For the others' large products, at most. */
const WAIT_MS = 50;

/** Small ones that the others computed while this thread did. A busy machine needs more rounds for as many. */
const ENOUGH = 20_000;
const LONGEST_MS = 300;

/**
 * Whether products come out the same, bit by bit, on one thread alone and while all others compute.
 * A BLAS that is not built for it gives one buffer to callers that come within some nanoseconds of each other.
 */
export function threadsAgree(heap: WasmHeap): boolean {
  if (heap.width === 1) return true;
  const trial = new Trial(heap);
  try {
    const end = Date.now() + LONGEST_MS;
    for (let together = 0; together < ENOUGH && Date.now() < end; ) {
      together += trial.run();
      if (!trial.agrees()) return false;
    }
    return true;
  } finally {
    trial.free();
  }
}

/** Each lane's results: the large product, the small ones; and those of the main lane alone, behind all others. */
const FLOATS = LARGE ** 2 + PRODUCTS * SMALL ** 2;

/** Products of the same operands on all lanes. */
class Trial {
  private readonly operands: number;
  private readonly results: number;

  constructor(private readonly heap: WasmHeap) {
    this.operands = heap.constant(
      Float32Array.from({ length: LARGE ** 2 }, (_, i) => 1 + ((i * 37) % 101) / 101),
    );
    this.results = heap.allocate(4 * FLOATS * (heap.width + 1));
    this.large(heap.mainLane, heap.width);
    for (let i = 0; i < PRODUCTS; i++) this.small(heap.mainLane, heap.width, i);
  }

  /** @returns how many small products the others computed while this thread did */
  run(): number {
    const { heap } = this;
    const { width } = heap;
    this.bytes(0, width).fill(0);
    let before = 0;
    let after = 0;
    heap.parallel(width * (PRODUCTS + 1), (lane, at) => {
      const [of, i] = [at % width, Math.floor(at / width)];
      if (i > 0) this.small(lane, of, i - 1);
      else if (of > 0) this.large(lane, of);
      else before = this.waitForLarge();
      if (of === 0 && i === PRODUCTS) after = this.done();
    });
    this.large(heap.mainLane, 0); // it had to wait meanwhile
    return after - before;
  }

  agrees(): boolean {
    const { width } = this.heap;
    const expected = this.bytes(width, 1);
    return Array.from({ length: width }, (_, of) => this.bytes(of, 1)).every((found) =>
      found.equals(expected),
    );
  }

  free(): void {
    for (const pointer of [this.operands, this.results]) this.heap.free(pointer);
  }

  private large(lane: Lane, of: number): void {
    this.multiply(lane, LARGE, 0, this.results + 4 * FLOATS * of);
  }

  private small(lane: Lane, of: number, i: number): void {
    this.multiply(lane, SMALL, i, this.results + 4 * (FLOATS * of + LARGE ** 2 + i * SMALL ** 2));
  }

  private multiply({ sgemm }: Lane, size: number, from: number, to: number): void {
    const { operands } = this;
    sgemm(false, true, size, size, size, 1, operands + 4 * from, size, operands, size, 0, to, size);
  }

  /** @returns how many small products the others have done by then */
  private waitForLarge(): number {
    const end = Date.now() + WAIT_MS;
    const [first, last] = [LARGE ** 2 - 1, FLOATS * this.heap.width];
    while (this.written(first + FLOATS, last, FLOATS) < this.heap.width - 1 && Date.now() < end);
    return this.done();
  }

  /** How many small products the others have done. */
  private done(): number {
    let done = 0;
    for (let of = 1; of < this.heap.width; of++) {
      const start = FLOATS * of + LARGE ** 2;
      done += this.written(start + SMALL ** 2 - 1, start + PRODUCTS * SMALL ** 2, SMALL ** 2);
    }
    return done;
  }

  /** How many of the numbers at these places of the results are there: none of them is 0. */
  private written(from: number, to: number, step: number): number {
    const numbers = new Int32Array(this.heap.memory.buffer, this.results);
    let count = 0;
    for (let at = from; at < to; at += step) if (Atomics.load(numbers, at) !== 0) count++;
    return count;
  }

  private bytes(of: number, lanes: number): Buffer {
    return Buffer.from(this.heap.memory.buffer, this.results + 4 * FLOATS * of, 4 * FLOATS * lanes);
  }
}
