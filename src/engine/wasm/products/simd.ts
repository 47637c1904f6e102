import type { Kernels } from '../kernels/kernels';
import type { GemmProvider } from './gemm';

/** The dense product in 128-bit WASM SIMD: runs wherever Node runs. */
export function simdProvider(compiled: Kernels): GemmProvider {
  return {
    provider: 'simd',
    description: compiled.isRelaxed() ? 'WASM relaxed SIMD' : 'WASM SIMD',
    core: null,
    manyCallers: true,
    library: null,
    cblas: () => {
      throw new Error('no BLAS is loaded');
    },
    bind:
      ({ kernels }, panel) =>
      (transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) => {
        const [rowA, columnA] = transA ? [1, lda] : [lda, 1];
        const [rowB, columnB] = transB ? [1, ldb] : [ldb, 1];
        kernels.sgemm(m, n, k, alpha, a, rowA, columnA, b, rowB, columnB, beta, c, ldc, panel);
      },
  };
}
