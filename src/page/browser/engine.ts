import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { bytesOf } from './base64';

/**
 * Starts TensorFlow.js in a browser: on WASM with SIMD, which needs no warming up and computes in float32 everywhere, else
 * on WebGL, else in plain JavaScript.
 * @param wasm its binary, base64
 * @returns its name for the backend that runs
 */
export async function startBrowserEngine(wasm: string): Promise<string> {
  tf.env().set('PROD', true);
  const binary = URL.createObjectURL(new Blob([bytesOf(wasm)], { type: 'application/wasm' }));
  const kinds = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`);
  setWasmPaths(Object.fromEntries(kinds.map((kind) => [kind, binary]))); // it asks for a path of each
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false); // its threads need files beside the page
  const hasSimd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  for (const backend of [...(hasSimd ? ['wasm'] : []), 'webgl', 'cpu'])
    if (await tf.setBackend(backend).catch(() => false)) break;
  await tf.ready();
  return tf.getBackend();
}
