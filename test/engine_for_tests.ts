import { startEngine } from '../src/engine/start';

/** Starts the WASM engine, which all of our own kernels run on. */
export async function startWasm(gemm?: 'blas' | 'simd'): Promise<void> {
  await startEngine(gemm ? { engine: 'wasm', gemm } : { engine: 'wasm' });
}
