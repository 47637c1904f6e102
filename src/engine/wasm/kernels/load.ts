import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kernels } from './kernels';

let compiled: WebAssembly.Module | null = null;

/** kernels.wasm, for a memory that threads share; compiled once. */
export function compiledKernels(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(join(__dirname, 'kernels.wasm')));
  return compiled;
}

/** The binary of the same kernels for a memory of one thread, as a browser has it for a file from disk. */
export function unsharedKernels(): Uint8Array {
  return readFileSync(join(__dirname, 'unshared.wasm'));
}

/** Names of the kernels. */
export function callableKernels(): (keyof Kernels)[] {
  return WebAssembly.Module.exports(compiledKernels())
    .filter(({ kind }) => kind === 'function')
    .map(({ name }) => name as keyof Kernels);
}
