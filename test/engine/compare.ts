import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../src/engine/start';
import { Random } from '../../src/util/random';
import { assertClose } from '../close';

export const providers = ['blas', 'simd'] as const;

/** Normal values of a shape, seeded by the shape and a name. */
export function normal(shape: number[], name = 'x'): tf.Tensor {
  const random = Random.of(1, name, ...shape);
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
    shape,
  );
}

/**
 * Runs `compute` on TensorFlow.js's `cpu` backend and on the WASM engine with each provider, and asserts that
 * shapes and values agree. Skips BLAS where there is none.
 */
export async function compareWithCpu(
  what: string,
  compute: () => tf.Tensor[],
  tolerance = 2e-6,
): Promise<void> {
  await startEngine({ engine: 'cpu' });
  const expected = read(compute);
  for (const gemm of providers) {
    if (!(await starts(gemm))) continue;
    const actual = read(compute);
    expected.forEach(({ shape, values }, i) => {
      const name = `${what}, output ${i}, ${gemm}`;
      if (actual[i].shape.join() !== shape.join())
        throw new Error(`${name}: [${actual[i].shape}], not [${shape}]`);
      assertClose(actual[i].values, values, tolerance, name);
    });
  }
}

/** Starts the WASM engine with a provider; false if BLAS is not on this machine. */
export async function starts(gemm: 'blas' | 'simd'): Promise<boolean> {
  try {
    await startEngine({ engine: 'wasm', gemm });
    return true;
  } catch (error) {
    if (gemm === 'blas' && !process.env.EQUISPHERE_BLAS) return false;
    throw error;
  }
}

function read(compute: () => tf.Tensor[]): { shape: number[]; values: Float32Array }[] {
  return tf.tidy(() => compute().map((t) => ({ shape: t.shape, values: Float32Array.from(t.dataSync()) })));
}
