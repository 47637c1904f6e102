import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { activate, type BackendOptions, EngineUnavailable, type StartedBackend } from '../backend';
import { processorName } from '../processor';
import { blasProvider } from './blas';
import { type GemmProvider, GemmUnavailable } from './gemm';
import { startWasmHeap } from './heap';
import { registerWasmKernels } from './operations/register';
import { guardAllocations, withoutCrashHandlers } from './runtime';
import { withSharedMemory } from './shared_memory';
import { simdProvider } from './simd';

/** As TensorFlow.js registers it. */
const priority = 2;

shareBackendMemory();

/** Whoever starts the backend, for instance tf.ready(): its memory is one that threads can share. */
function shareBackendMemory(): void {
  if ('wasm' in tf.engine().registry) return;
  const make = tf.findBackendFactory('wasm') as () => Promise<tf.KernelBackend>;
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => withoutCrashHandlers(() => withSharedMemory(make)), priority);
}

/** TensorFlow.js's WASM backend with our kernels, on a system BLAS or on WASM SIMD. @throws EngineUnavailable */
export async function startWasm({ gemm, threads }: BackendOptions): Promise<StartedBackend> {
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')))
    throw new EngineUnavailable('this Node has no WASM SIMD');
  await activate('wasm');
  const backend = tf.backend() as unknown as BackendWasm;
  const { HEAPU8 } = backend.wasm as unknown as { HEAPU8: Uint8Array };
  if (!(HEAPU8.buffer instanceof SharedArrayBuffer))
    throw new EngineUnavailable('TensorFlow.js had started its WASM backend before equisphere was loaded');
  guardAllocations(backend);
  const reasons: Record<string, string> = {};
  const heap = await startWasmHeap(backend, providerOf(gemm, reasons), threads);
  registerWasmKernels();
  await activate('wasm');
  const { description, threads: applied } = heap.gemm;
  return { backend: 'wasm', gemm: description, threads: applied, device: processorName(), reasons };
}

/** BLAS if there is one, else SIMD, with the reason. @throws EngineUnavailable if BLAS is demanded and not there */
function providerOf(gemm: 'blas' | 'simd' | undefined, reasons: Record<string, string>) {
  return (memory: WebAssembly.Memory): GemmProvider => {
    if (gemm === 'simd') return simdProvider;
    try {
      return blasProvider(memory);
    } catch (error) {
      if (!(error instanceof GemmUnavailable)) throw error;
      if (gemm === 'blas') throw new EngineUnavailable(error.message);
      reasons.blas = error.message;
      return simdProvider;
    }
  };
}
