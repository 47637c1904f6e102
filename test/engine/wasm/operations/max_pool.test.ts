import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { compareWithCpu, normal } from '../../compare';

const cases: [image: number[], window: number, stride: number][] = [
  [[2, 9, 8, 5], 3, 1],
  [[2, 11, 10, 4], 3, 2],
  [[1, 12, 12, 1], 9, 1],
  [[3, 7, 9, 13], 2, 3],
];

for (const [image, window, stride] of cases)
  test(`maxPool and its gradient: [${image}], window ${window}, stride ${stride}`, async () => {
    await compareWithCpu('pool', () => {
      const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, window, stride, 'valid');
      const y = pool(normal(image));
      return [y, tf.grad(pool)(normal(image), normal(y.shape, 'dy'))];
    });
  });

test('of equal values the first takes the gradient, as in PyTorch', async () => {
  await compareWithCpu('ties', () => {
    const x = tf.round(normal([2, 8, 8, 6])) as tf.Tensor4D;
    const y = tf.maxPool(x, 3, 1, 'valid');
    return [tf.grad((a) => tf.maxPool(a as tf.Tensor4D, 3, 1, 'valid'))(x, normal(y.shape))];
  });
});

test('with padding: the same values, but no gradient', async () => {
  await compareWithCpu('padded', () => [tf.maxPool(normal([2, 7, 7, 3]) as tf.Tensor4D, 3, 2, 'same')]);
  const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 3, 2, 'same');
  assert.throws(() => tf.grad(pool)(normal([2, 7, 7, 3])), /padding/);
});
