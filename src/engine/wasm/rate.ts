import type { WasmHeap } from './memory/heap';
import type { GemmProvider } from './products/gemm';

const SIZE = 256;
const [LEAST_RUNS, LONGEST_MS] = [3, 20];

/** GFLOP/s of a product [256, 256] x [256, 256] on this thread, the fastest of a few. */
export function productRate(heap: WasmHeap, provider: GemmProvider): number {
  const { kernels } = heap;
  const panel = heap.allocate(kernels.panelBytes());
  const matrices = heap.constant(new Float32Array(3 * SIZE ** 2).fill(1));
  const [a, b, c] = [0, 1, 2].map((i) => matrices + 4 * i * SIZE ** 2);
  const sgemm = provider.bind({ kernels, cblas: provider.cblas }, panel);
  let shortest = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let run = 0; run < LEAST_RUNS || performance.now() - start < LONGEST_MS; run++) {
    const before = performance.now();
    sgemm(false, false, SIZE, SIZE, SIZE, 1, a, SIZE, b, SIZE, 0, c, SIZE);
    shortest = Math.min(shortest, performance.now() - before);
  }
  for (const pointer of [panel, matrices]) heap.free(pointer);
  return (2 * SIZE ** 3) / shortest / 1e6;
}
