import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { activate, type BackendOptions, EngineUnavailable, type StartedBackend } from '../contract/backend';
import { processorName } from '../contract/processor';
import { threadsAgree } from './agreement';
import { type Candidate, chooseProvider } from './choice';
import { compiledKernels } from './kernels/load';
import { heapOf, type WasmHeap } from './memory/heap';
import { registerHeap } from './memory/kernel_heap';
import { guardAllocations, withoutCrashHandlers } from './memory/runtime';
import { withSharedMemory } from './memory/shared_memory';
import { registerWasmKernels } from './operations/register';
import { flushToZero, setFlushToZero } from './threads/flush_to_zero';
import { startThreads } from './threads/thread';

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
  checkAddressSpace();
  await activate('wasm');
  const backend = tf.backend() as unknown as BackendWasm;
  const { HEAPU8 } = backend.wasm as unknown as { HEAPU8: Uint8Array };
  if (!(HEAPU8.buffer instanceof SharedArrayBuffer))
    throw new EngineUnavailable('TensorFlow.js had started its WASM backend before equisphere was loaded');
  guardAllocations(backend);
  const reasons: Record<string, string> = {};
  const flush = flushToZero();
  if (flush) setFlushToZero(flush);
  else reasons['flush-to-zero'] = `not known how on ${process.platform} ${process.arch}`;
  const heap = heapOf(backend, compiledKernels());
  const { provider, rate } = await employ(heap, chooseProvider(heap, { gemm, threads }, reasons), reasons);
  registerWasmKernels();
  registerHeap('wasm', heap);
  await activate('wasm');
  return {
    backend: 'wasm',
    gemm: provider.description,
    core: provider.core,
    gflops: Math.round(rate),
    threads: heap.width,
    fillsMachine: false,
    device: processorName(),
    reasons,
  };
}

/** @throws EngineUnavailable where the system gives too few addresses: Emscripten's own error is a page long */
function checkAddressSpace(): void {
  if ('wasm' in tf.engine().registry) return; // it has its memory
  const {
    addressSpaceFault,
  }: { addressSpaceFault(): string | undefined } = require('./memory/address_space.cjs');
  const fault = addressSpaceFault();
  if (fault) throw new EngineUnavailable(fault);
}

/** On one thread only, if several disturb each other. */
async function employ(
  heap: WasmHeap,
  choice: Candidate,
  reasons: Record<string, string>,
): Promise<Candidate> {
  const { provider, threads } = choice;
  await heap.employ(provider, await startThreads(heap.memory, provider.library, threads - 1));
  if (threadsAgree(heap)) return choice;
  reasons[`${threads} threads`] =
    `several at once get other products from ${provider.description} than one alone`;
  await heap.employ(provider);
  return { ...choice, threads: 1 };
}
