import type { Gemm } from './gemm';
import type { WasmHeap } from './heap';

/** The dense product in 128-bit WASM SIMD, on one thread: runs wherever Node runs. */
export function simdGemm(heap: WasmHeap): Gemm {
  const panel = heap.allocate(heap.kernels.panelBytes());
  return {
    provider: 'simd',
    description: 'WASM SIMD',
    threads: 1,
    sgemm(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) {
      const [rowA, columnA] = transA ? [1, lda] : [lda, 1];
      const [rowB, columnB] = transB ? [1, ldb] : [ldb, 1];
      heap.kernels.sgemm(m, n, k, alpha, a, rowA, columnA, b, rowB, columnB, beta, c, ldc, panel);
    },
  };
}
