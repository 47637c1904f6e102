import * as tf from '@tensorflow/tfjs';
import type { EngineReport } from './report';

/** What a caller may ask of an engine. */
export interface BackendOptions {
  /** Provider of dense products of the WASM engine; BLAS where there is one, else SIMD. */
  gemm?: 'blas' | 'simd';
  /** Threads of the WASM engine. */
  threads: number;
  /** Asked for by name: whatever starts will do. */
  isForced: boolean;
}

type Measured = 'core' | 'gflops';

/** What a backend says of itself; what it does not measure is null in the report. */
export type StartedBackend = Omit<EngineReport, 'name' | Measured> & Partial<Pick<EngineReport, Measured>>;

/** Thrown by an engine that cannot start here; the message says why. */
export class EngineUnavailable extends Error {}

/** Makes a registered backend current and has it compute. @throws EngineUnavailable */
export async function activate(backend: string): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new EngineUnavailable(`backend ${backend} did not initialise`);
  await tf.ready();
  const product = tf.tidy(() => tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6], [2, 1])));
  const values = Array.from(await product.data());
  product.dispose();
  if (values.join() !== '17,39') throw new EngineUnavailable(`a 2x2 product came out as ${values.join()}`);
}
