import type { Kernels } from '../kernels/kernels';
import type { Sgemm } from '../products/gemm';

/**
 * A thread that works on the heap. Calls on the main lane run at once; those on another are put on its tape and
 * run in their order, while the main lane goes on. What a lane writes, others may read only after the
 * parallel region has ended.
 */
export interface Lane {
  readonly sgemm: Sgemm;
  readonly kernels: Kernels;
  /** Number of lanes that `parallel` and `deal` divide among: one, unless this is the only one at work. */
  readonly width: number;
  /** A buffer of this lane's own that is kept and reused under its name; undefined content. */
  scratch(name: string, floats: number): number;
  /** Divides items among the lanes if this is the only one at work; else it takes them all, one after the other. */
  parallel(count: number, body: (lane: Lane, i: number) => void): void;
  /**
   * The same for items whose calls differ in their arguments alone, by equal steps from one item to the next: another thread
   * is told of the first two, and goes on by itself. A body does nothing else but call its lane's functions.
   */
  inSteps(count: number, body: (lane: Lane, i: number) => void): void;
  /** The same for items of falling work: they are dealt out to and fro, so that each lane gets as much. */
  deal(count: number, body: (lane: Lane, i: number) => void): void;
}
