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

const CAPACITY = 2 ** 18;

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

  /** Puts a call on the tape. Waits if the tape is full. */
  append(call: number, args: ArrayLike<number | boolean>): void {
    const { control, cells } = this.memory;
    const size = args.length + 2;
    this.waitFor((this.written + size - CAPACITY) | 0);
    let at = this.written;
    cells[at++ & (CAPACITY - 1)] = args.length;
    cells[at++ & (CAPACITY - 1)] = call;
    for (let i = 0; i < args.length; i++) cells[at++ & (CAPACITY - 1)] = Number(args[i]);
    this.written = at | 0;
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
