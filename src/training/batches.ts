import * as tf from '@tensorflow/tfjs';
import type { SphericalDataset } from '../datasets/spherical';
import type { Task } from '../datasets/task';

/** Spheres that are made when they are asked for: a training set that memory would not hold. */
export interface SphereSource {
  count: number;
  bandwidth: number;
  /** names the samples: sources of the same id make the same ones */
  readonly id: string;
  /** @param samples indices */
  take(samples: ArrayLike<number>): SphericalDataset;
}

/** Targets of a task, flat: one class per sample, or one per pixel. */
export function targets(data: SphericalDataset, task: Task): Uint8Array {
  return task === 'classification' ? data.labels : data.masks;
}

/**
 * Copies some samples into tensors, which the caller disposes of.
 * @param samples their indices
 * @returns x [samples, 2b, 2b, 1]; y int32, [samples] or [samples, 2b, 2b]
 */
export function batchTensors(
  data: SphericalDataset,
  task: Task,
  samples: ArrayLike<number>,
): { x: tf.Tensor4D; y: tf.Tensor } {
  const side = 2 * data.bandwidth;
  const pixels = side * side;
  const perTarget = task === 'classification' ? 1 : pixels;
  const source = targets(data, task);
  const x = new Float32Array(samples.length * pixels);
  const y = new Int32Array(samples.length * perTarget);
  for (let i = 0; i < samples.length; i++) {
    const s = samples[i];
    x.set(data.inputs.subarray(s * pixels, (s + 1) * pixels), i * pixels);
    y.set(source.subarray(s * perTarget, (s + 1) * perTarget), i * perTarget);
  }
  return {
    x: tf.tensor4d(x, [samples.length, side, side, 1]),
    y: tf.tensor(y, task === 'classification' ? [samples.length] : [samples.length, side, side], 'int32'),
  };
}
