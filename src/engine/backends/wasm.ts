import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { blasGemm } from '../blas';
import { GemmUnavailable } from '../gemm';
import { setWasmHeap, WasmHeap } from '../heap';
import { simdGemm } from '../simd';
import { registerWasmKernels } from '../wasm/register';
import { guardAllocations, withoutCrashHandlers } from '../wasm/runtime';
import { activate, type BackendOptions, EngineUnavailable, type StartedBackend } from './backend';
import { processorName } from './processor';

/** TensorFlow.js's WASM backend with our kernels, on a system BLAS or on WASM SIMD. @throws EngineUnavailable */
export async function startWasm({ gemm, threads }: BackendOptions): Promise<StartedBackend> {
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')))
    throw new EngineUnavailable('this Node has no WASM SIMD');
  await withoutCrashHandlers(() => activate('wasm'));
  const backend = tf.backend() as unknown as BackendWasm;
  guardAllocations(backend);
  const reasons: Record<string, string> = {};
  const heap = gemm === 'simd' ? simdHeap(backend) : blasHeap(backend, threads, gemm === 'blas', reasons);
  setWasmHeap(heap);
  registerWasmKernels();
  await activate('wasm');
  const { description, threads: applied } = heap.gemm;
  return { backend: 'wasm', gemm: description, threads: applied, device: processorName(), reasons };
}

function simdHeap(backend: BackendWasm): WasmHeap {
  return new WasmHeap(backend, simdGemm);
}

/** Falls back to SIMD, with the reason, unless BLAS is demanded. */
function blasHeap(
  backend: BackendWasm,
  threads: number,
  isDemanded: boolean,
  reasons: Record<string, string>,
): WasmHeap {
  try {
    return new WasmHeap(backend, (heap) => blasGemm(heap, threads));
  } catch (error) {
    if (!(error instanceof GemmUnavailable)) throw error;
    if (isDemanded) throw new EngineUnavailable(error.message);
    reasons.blas = error.message;
    return simdHeap(backend);
  }
}
