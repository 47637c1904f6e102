import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { firstThatRuns } from '../../engine/wasm/kernels/kernels';
import { heapOf } from '../../engine/wasm/memory/heap';
import { registerHeap } from '../../engine/wasm/memory/kernel_heap';
import { registerWasmKernels } from '../../engine/wasm/operations/register';
import { simdProvider } from '../../engine/wasm/products/simd';
import type { WasmBinaries } from '../payload';
import { bytesOf } from './base64';

/**
 * Starts TensorFlow.js in a browser: on WASM with SIMD and our kernels, which needs no warming up and computes in float32
 * everywhere, else on WebGL, else in plain JavaScript.
 * @returns its name for the backend that runs
 */
export async function startBrowserEngine(wasm: WasmBinaries): Promise<string> {
  tf.env().set('PROD', true);
  const binary = URL.createObjectURL(new Blob([bytesOf(wasm.tensorflow)], { type: 'application/wasm' }));
  const kinds = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`);
  setWasmPaths(Object.fromEntries(kinds.map((kind) => [kind, binary]))); // it asks for a path of each
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false); // its threads need files beside the page
  const hasSimd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  for (const backend of [...(hasSimd ? ['wasm'] : []), 'webgl', 'cpu'])
    if (await tf.setBackend(backend).catch(() => false)) break;
  await tf.ready();
  if (tf.getBackend() === 'wasm') await addKernels(firstThatRuns(wasm.kernels.map(bytesOf)));
  return tf.getBackend();
}

async function addKernels(binary: ArrayBuffer): Promise<void> {
  const heap = heapOf(tf.backend() as unknown as BackendWasm, await WebAssembly.compile(binary));
  await heap.employ(simdProvider(heap.kernels));
  registerWasmKernels();
  registerHeap('wasm', heap);
}
