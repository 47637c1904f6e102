/** Places of the control words, which worker.cjs is told. */
export const words = {
  written: 0,
  executed: 1,
  workerSleeps: 2,
  ownerSleeps: 3,
  failed: 4,
  messageLength: 5,
  /** how far the worker must come before the sleeping owner is woken */
  wanted: 6,
};

/** In the place of a function: how many times, how many cells, so many cells of records, the steps of these cells. */
export const inSteps = -1;

const CAPACITY = 2 ** 18;
const MASK = CAPACITY - 1;

/** Of fewer items, all calls are put on the tape. */
const FEW = 4;

/** Some 50 microseconds: a sleeping thread takes as long to wake, on a virtual machine. */
const SPINS = 20000;

/** The memory of a tape, which both threads see. */
export interface TapeMemory {
  control: Int32Array;
  /** Records one after the other: number of arguments, function, arguments; in a ring of 2^n cells. */
  cells: Float64Array;
  message: Uint8Array;
}

/** Whether a place of the tape, counted on beyond 2^31, is another one or after it. */
function isAtLeast(place: number, other: number): boolean {
  return ((place - other) | 0) >= 0;
}

/** Calls for another thread: this side writes them, worker.cjs reads and runs them, both at the same time. */
export class Tape {
  readonly memory: TapeMemory = {
    control: new Int32Array(new SharedArrayBuffer(4 * 8)),
    cells: new Float64Array(new SharedArrayBuffer(8 * CAPACITY)),
    message: new Uint8Array(new SharedArrayBuffer(2000)),
  };
  private written = 0;
  /** From where on calls are written down that the worker is not told of yet. */
  private heldFrom: number | null = null;

  /** Puts a call on the tape. Waits if the tape is full. */
  append(call: number, args: ArrayLike<number | boolean>): void {
    const { cells } = this.memory;
    let at = this.take(args.length + 2);
    cells[at++ & MASK] = args.length;
    cells[at++ & MASK] = call;
    for (let i = 0; i < args.length; i++) cells[at++ & MASK] = Number(args[i]);
    if (this.heldFrom === null) this.publish();
  }

  /**
   * Puts the calls of write(0), write(1), ... write(count - 1) on the tape, which differ in their arguments alone, by equal
   * steps: the first calls and the steps.
   * @throws Error, and puts none there, if the last calls are not those, or an item's do not fit
   */
  appendInSteps(count: number, write: (i: number) => void): void {
    if (count < FEW) {
      for (let i = 0; i < count; i++) write(i);
      return;
    }
    const { cells } = this.memory;
    const start = this.written;
    this.heldFrom = start;
    try {
      const head = this.take(4);
      const [first, second, last] = [0, 1, count - 1].map((i) => {
        const place = this.written;
        write(i);
        return place;
      });
      const length = (second - first) | 0;
      let isEqual = ((last - second) | 0) === length && ((this.written - last) | 0) === length;
      for (let i = 0; i < length; i++) {
        const value = cells[(first + i) & MASK];
        const step = cells[(second + i) & MASK] - value;
        isEqual &&= cells[(last + i) & MASK] === value + (count - 1) * step;
        cells[(second + i) & MASK] = step;
      }
      if (!isEqual) throw new Error('the WASM engine: calls do not differ by equal steps');
      [2 + 2 * length, inSteps, count, length].forEach((value, i) => {
        cells[(head + i) & MASK] = value;
      });
      this.written = last;
      this.publish();
    } catch (error) {
      this.written = start;
      throw error;
    } finally {
      this.heldFrom = null;
    }
  }

  /** The place of the next cells. Waits until they are free. @throws Error if they never will be */
  private take(size: number): number {
    const at = this.written;
    if (this.heldFrom !== null && ((at + size - this.heldFrom) | 0) > CAPACITY)
      throw new Error('the WASM engine: the calls of an item do not fit on the tape');
    this.waitFor((at + size - CAPACITY) | 0);
    this.written = (at + size) | 0;
    return at;
  }

  private publish(): void {
    const { control } = this.memory;
    Atomics.store(control, words.written, this.written);
    if (Atomics.load(control, words.workerSleeps)) Atomics.notify(control, words.written);
  }

  /** Returns when all calls have run: the error of the first that failed, else null. */
  finish(): Error | null {
    this.waitFor(this.written);
    const { control, message } = this.memory;
    if (!control[words.failed]) return null;
    const text = new TextDecoder().decode(Uint8Array.from(message.subarray(0, control[words.messageLength])));
    control[words.failed] = 0;
    return new Error(`a thread of the WASM engine failed: ${text}`);
  }

  /** Returns when the worker has done with the cells before a place: spins for a while, then sleeps until it has. */
  private waitFor(place: number): void {
    const { control } = this.memory;
    for (let spin = 0; spin < SPINS; spin++)
      if (isAtLeast(Atomics.load(control, words.executed), place)) return;
    Atomics.store(control, words.wanted, place);
    Atomics.store(control, words.ownerSleeps, 1);
    for (;;) {
      const executed = Atomics.load(control, words.executed);
      if (isAtLeast(executed, place)) break;
      Atomics.wait(control, words.executed, executed); // returns at once if it has changed
    }
    Atomics.store(control, words.ownerSleeps, 0);
  }
}
