import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstThatRuns, type Kernels } from './kernels';

let compiled: WebAssembly.Module | null = null;

/** The kernels for a memory that threads share, the fastest that run here; compiled once. */
export function compiledKernels(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(firstThatRuns(kernelBinaries('shared')));
  return compiled;
}

/**
 * The kernels for a memory that threads share, or for one of a single thread, as a browser has it for a file from disk:
 * with relaxed SIMD, and for where there is none.
 */
export function kernelBinaries(memory: 'shared' | 'unshared') {
  return ['.relaxed', ''].map((kind) =>
    Uint8Array.from(readFileSync(join(__dirname, `${memory}${kind}.wasm`))),
  );
}

/** Names of the kernels. */
export function callableKernels(): (keyof Kernels)[] {
  return WebAssembly.Module.exports(compiledKernels())
    .filter(({ kind }) => kind === 'function')
    .map(({ name }) => name as keyof Kernels);
}
