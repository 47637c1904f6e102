import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The functions of kernels.wasm; pointers are byte addresses in the memory they were loaded with. */
export interface Kernels {
  panelBytes(): number;
  sgemm(
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: number,
    rowA: number,
    columnA: number,
    b: number,
    rowB: number,
    columnB: number,
    beta: number,
    c: number,
    ldc: number,
    panel: number,
  ): void;
}

/** Instantiates our SIMD kernels on a memory. They hold no data of their own, so it stays its owner's. */
export function loadKernels(memory: WebAssembly.Memory): Kernels {
  const module = new WebAssembly.Module(readFileSync(join(__dirname, 'kernels.wasm')));
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return instance.exports as unknown as Kernels;
}
