import type { TestContext } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../../src/engine/start';

/**
 * Starts the WebGPU engine. Where it does not start the test is skipped, saying why; but if VK_ICD_FILENAMES names a
 * driver for it, as in CI, it has to start.
 */
export async function startsWebgpu(t: TestContext): Promise<boolean> {
  try {
    await startEngine({ engine: 'webgpu' });
    return true;
  } catch (error) {
    if (process.env.VK_ICD_FILENAMES) throw error;
    t.skip((error as Error).message);
    return false;
  }
}

/** Has the running WebGPU engine compute small tensors, too, in its shaders; it would hand them to the processor. */
export function useShadersOnly(): void {
  tf.env().set('WEBGPU_CPU_FORWARD', false);
}

export interface Output {
  shape: number[];
  values: ArrayLike<number>;
}

/** What `compute` returns, read and disposed of. */
export async function outputs(compute: () => tf.Tensor[]): Promise<Output[]> {
  const tensors = tf.tidy(compute);
  const read = await Promise.all(tensors.map(async (y) => ({ shape: y.shape, values: await y.data() })));
  tf.dispose(tensors);
  return read;
}
