import { startEngine } from '../src/engine/start';
import { type WasmHeap, wasmHeap } from '../src/engine/wasm/memory/heap';
import { blasProvider } from '../src/engine/wasm/products/blas';

/** Starts the WASM engine with a BLAS on one thread that counts the operations of its dense products. */
export async function startCounting(): Promise<{ flops: () => number; heap: WasmHeap }> {
  await startEngine({ engine: 'wasm', gemm: 'blas', threads: 1 });
  const heap = wasmHeap();
  const provider = blasProvider(heap.memory);
  let flops = 0;
  await heap.employ({
    ...provider,
    bind: (lane, panel) => {
      const sgemm = provider.bind(lane, panel);
      return (transA, transB, m, n, k, ...rest) => {
        flops += 2 * m * n * k;
        sgemm(transA, transB, m, n, k, ...rest);
      };
    },
  });
  return { flops: () => flops, heap };
}
