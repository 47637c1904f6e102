import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { compareWithCpu, normal } from '../../compare';

test('sum over leading axes, and over others', async () => {
  await compareWithCpu(
    'sum',
    () => {
      const x = normal([5, 37, 3, 13]);
      return [[0], [0, 1], [0, 1, 2], [2, 0, 1], [0, 1, 2, 3], [1], [3], [0, 3]].flatMap((axes) => [
        tf.sum(x, axes),
        tf.sum(x, axes, true),
      ]);
    },
    1e-5,
  );
});

test('the sum of many rows keeps its precision', async () => {
  await compareWithCpu('sum', () => [tf.sum(tf.fill([300000, 3], 0.1), 0).div(30000)], 1e-4);
});

test('unsortedSegmentSum: empty segments, rows of no segment, several trailing axes', async () => {
  await compareWithCpu('segments', () => {
    const ids = tf.tensor1d([3, 0, 3, 1, 0, 3, 5], 'int32');
    return [[7], [7, 5], [7, 2, 3]].map((shape) => tf.unsortedSegmentSum(normal(shape), ids, 6));
  });
});

test('the gradient of gather', async () => {
  await compareWithCpu('gather', () => {
    const indices = tf.tensor1d([2, 0, 2, 2, 1], 'int32');
    return [0, 1, 2].map((axis) => tf.grad((x) => tf.gather(x, indices, axis).square())(normal([4, 3, 5])));
  });
});
