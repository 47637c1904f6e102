import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { startEngine } from '../src/engine/start';
import { blasProvider } from '../src/engine/wasm/blas';
import type { GemmProvider } from '../src/engine/wasm/gemm';
import { startWasmHeap, type WasmHeap } from '../src/engine/wasm/heap';

/** Starts the WASM engine with a BLAS on one thread that counts the operations of its dense products. */
export async function startCounting(): Promise<{ flops: () => number; heap: WasmHeap }> {
  await startEngine({ engine: 'wasm', gemm: 'blas', threads: 1 });
  let flops = 0;
  const counting = (memory: WebAssembly.Memory): GemmProvider => {
    const provider = blasProvider(memory);
    return {
      ...provider,
      bind: (lane, panel) => {
        const sgemm = provider.bind(lane, panel);
        return (transA, transB, m, n, k, ...rest) => {
          flops += 2 * m * n * k;
          sgemm(transA, transB, m, n, k, ...rest);
        };
      },
    };
  };
  const heap = await startWasmHeap(tf.backend() as unknown as BackendWasm, counting, 1);
  return { flops: () => flops, heap };
}
