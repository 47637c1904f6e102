import type { Kernels } from '../kernels/kernels';
import { dividedProduct, type GemmProvider } from '../products/gemm';
import type { Lane } from './lane';
import { share } from './share';
import type { Thread } from './thread';

/** What lanes need of the heap that they work on. */
interface Ground {
  readonly kernels: Kernels;
  allocate(bytes: number): number;
  free(pointer: number): void;
  scratch(name: string, floats: number, space: number): number;
}

/** The lanes that work on a heap together: this thread's, and one for each other thread. */
export class Crew {
  private readonly lanes: Lane[] = [];
  private readonly panels: number[] = [];
  /** The main lane while it has nothing beside it: its large products are divided among all. */
  readonly alone: Lane;

  constructor(
    private readonly ground: Ground,
    private readonly provider: GemmProvider,
    private readonly threads: readonly Thread[],
  ) {
    const main = this.addLane({ kernels: ground.kernels, cblas: provider.cblas });
    this.alone = {
      ...main,
      width: threads.length + 1,
      sgemm: dividedProduct(this, main.sgemm),
      parallel: (count, body) => this.parallel(count, body),
      inSteps: (count, body) => this.inSteps(count, body),
      deal: (count, body) => this.deal(count, body),
    };
    for (const thread of threads) this.addLane(thread);
  }

  /** Number of lanes. */
  get size(): number {
    return this.lanes.length;
  }

  /** This thread's, without the division of its products. */
  get main(): Lane {
    return this.lanes[0];
  }

  /**
   * Runs body(lane, i) for i = 0..count-1 and returns when all have run. Each lane gets neighbouring items, so that
   * samples of a batch stay on a lane from one operation to the next, in its core's caches. A body calls its lane's
   * functions only and must not depend on what other items write. A single item has all lanes to itself.
   * @throws Error if a call failed on another thread
   */
  parallel(count: number, body: (lane: Lane, i: number) => void): void {
    this.inShares(count, body, 'parallel');
  }

  /**
   * As parallel, for items whose calls differ in their arguments alone, by equal steps.
   * @throws Error if they are found not to
   */
  inSteps(count: number, body: (lane: Lane, i: number) => void): void {
    this.inShares(count, body, 'inSteps');
  }

  /**
   * As parallel, for items of falling work: they are dealt out to and fro, from the last lane on, which has fewer calls
   * to write down than the main one.
   */
  deal(count: number, body: (lane: Lane, i: number) => void): void {
    const { length } = this.lanes;
    this.onEach(count, body, (lane, index) => {
      for (let i = 0; i < count; i++) {
        const place = i % (2 * length);
        if (index === (place < length ? length - 1 - place : place - length)) body(lane, i);
      }
    });
  }

  private inShares(count: number, body: (lane: Lane, i: number) => void, how: 'parallel' | 'inSteps'): void {
    const { length } = this.lanes;
    this.onEach(count, body, (lane, index) => {
      const [first, end] = share(count, index, length);
      lane[how](end - first, (each, i) => body(each, first + i));
    });
  }

  private onEach(
    count: number,
    body: (lane: Lane, i: number) => void,
    visit: (lane: Lane, index: number) => void,
  ): void {
    const { lanes, alone } = this;
    if (count === 1) {
      body(alone, 0);
      return;
    }
    try {
      // the main lane, which does its items at once, last
      for (let index = lanes.length - 1; index >= 0; index--) visit(lanes[index], index);
    } finally {
      this.finish();
    }
  }

  /** Waits for all threads, whether one has failed or not. */
  private finish(): void {
    const failure = this.threads.map((thread) => thread.finish()).find((error) => error !== null);
    if (failure) throw failure;
  }

  /** Ends the other threads and frees the lanes' panels: the crew must not be used any more. */
  async stop(): Promise<void> {
    for (const panel of this.panels.splice(0)) this.ground.free(panel);
    await Promise.all(this.threads.map((thread) => thread.stop()));
  }

  /** @param calls this thread's own, which run at once, or another's */
  private addLane(calls: Pick<Thread, 'kernels' | 'cblas'> & Partial<Pick<Thread, 'inSteps'>>): Lane {
    const { ground, provider, size: index } = this;
    const panel = ground.allocate(ground.kernels.panelBytes());
    this.panels.push(panel);
    const inTurn: Lane['parallel'] = (count, body) => {
      for (let i = 0; i < count; i++) body(lane, i);
    };
    const lane: Lane = {
      kernels: calls.kernels,
      width: 1,
      sgemm: provider.bind(calls, panel),
      scratch: (name, floats) => ground.scratch(name, floats, index + 1),
      parallel: inTurn,
      inSteps: (count, body) =>
        calls.inSteps ? calls.inSteps(count, (i) => body(lane, i)) : inTurn(count, body),
      deal: inTurn,
    };
    this.lanes.push(lane);
    return lane;
  }
}
