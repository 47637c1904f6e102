import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../src/engine/start';
import { type CnnConfig, cnn } from '../../src/models/cnn';
import { normal, starts } from '../engine/compare';

const config: CnnConfig = {
  task: 'segmentation',
  size: 12,
  features: [4, 6, 8],
  kernelSizes: [3, 5, 2],
  strides: [1, 1, 2],
  classes: 3,
  skips: true,
};

/** Losses of 20 steps of Adam on one batch with the running engine. */
function losses(): number[] {
  const model = cnn(config);
  const x = normal([4, 12, 12, 1]);
  const labels = tf.oneHot(tf.cast(tf.greater(x.reshape([-1]), 0), 'int32') as tf.Tensor1D, 3);
  const optimizer = tf.train.adam(0.01);
  return Array.from({ length: 20 }, () => {
    const loss = optimizer.minimize(() => {
      const logits = (model.apply(x) as tf.Tensor).reshape([-1, 3]);
      return tf.losses.softmaxCrossEntropy(labels, logits) as tf.Scalar;
    }, true)!;
    return loss.dataSync()[0];
  });
}

test('the losses of 20 steps agree between engines and providers', async () => {
  await startEngine({ engine: 'cpu' });
  const expected = losses();
  assert.ok(expected[19] < 0.9 * expected[0], `no learning: ${expected}`);
  for (const gemm of ['blas', 'simd'] as const) {
    if (!(await starts(gemm))) continue;
    losses().forEach((loss, step) => {
      assert.ok(
        Math.abs(loss / expected[step] - 1) < 1e-4,
        `${gemm}, step ${step}: ${loss}, not ${expected[step]}`,
      );
    });
  }
});
