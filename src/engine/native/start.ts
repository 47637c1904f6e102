import * as tf from '@tensorflow/tfjs';
import { activate, EngineUnavailable, type StartedBackend } from '../contract/backend';
import { processorName, processorThreads } from '../contract/processor';

/** The backend that both native packages register. */
const backend = 'tensorflow';

/** TensorFlow's C library on CUDA 11 and cuDNN 8. @throws EngineUnavailable */
export async function startNodeGpu(): Promise<StartedBackend> {
  loadNative('@tensorflow/tfjs-node-gpu');
  await activate(backend);
  if (!usesGpu()) throw new EngineUnavailable('TensorFlow loaded but found no CUDA device');
  return started('cuBLAS', 'CUDA device');
}

/** TensorFlow's C library on the processor; the GPU build without a GPU serves as well. @throws EngineUnavailable */
export async function startNode(): Promise<StartedBackend> {
  if (!tf.findBackendFactory(backend)) loadNative('tfjs-node-native');
  await activate(backend);
  return started('TensorFlow', processorName());
}

function started(gemm: string, device: string): StartedBackend {
  return { backend, gemm, threads: processorThreads(), fillsMachine: true, device, reasons: {} };
}

/** Loads an optional package, which registers `backend`. */
function loadNative(name: string): void {
  restoreNodeUtilities();
  try {
    require(name);
  } catch (error) {
    throw new EngineUnavailable(whyNot(name, error as NodeJS.ErrnoException));
  }
  if (!tf.findBackendFactory(backend)) throw new EngineUnavailable(`${name} registered no backend`);
}

/** TensorFlow.js 4.22 calls utilities that Node 23 has removed. */
function restoreNodeUtilities(): void {
  const util = require('node:util') as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
}

function whyNot(name: string, error: NodeJS.ErrnoException): string {
  const firstLine = error.message.split('\n')[0];
  const isMissing = error.code === 'MODULE_NOT_FOUND' && firstLine.includes(`'${name}'`);
  return isMissing ? 'package not installed' : `${name} does not load: ${firstLine}`;
}

function usesGpu(): boolean {
  return (tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
}
