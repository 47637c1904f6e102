import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { compareWithCpu, normal } from '../../compare';

test('slice: runs and others, every type', async () => {
  await compareWithCpu('slice', () => {
    const x = normal([5, 4, 3]);
    return [
      tf.slice(x, [2, 0, 0], [2, 4, 3]),
      tf.slice(x, [1, 2, 0], [1, 2, 3]),
      tf.slice(x, [1, 2, 1], [1, 1, 2]),
      tf.slice(x, [0, 1, 1], [5, 2, 2]),
      tf.slice(x, [0, 0, 0], [5, 4, 3]),
      tf.slice(x, [4], [-1]),
      tf.slice(x, [5, 0, 0], [0, 4, 3]),
      tf.slice(x.mul<tf.Tensor>(10).toInt(), [3], [2]),
      tf.slice(x.greater(0), [1, 1, 0], [1, 3, 3]),
      tf.slice1d(x.flatten() as tf.Tensor1D, 7, 11),
    ];
  });
});

test('split: sizes, equal parts, other axes; and gradients', async () => {
  await compareWithCpu('split', () => {
    const x = normal([7, 4]);
    const squares = (parts: tf.Tensor[]) =>
      tf.addN(
        parts.map((part, i) =>
          part
            .square()
            .mul(i + 1)
            .sum(),
        ),
      );
    return [
      ...tf.split(x, [1, 0, 4, 2]),
      ...tf.split(x, 7),
      ...tf.split(x, [1, 3], 1),
      ...tf.split(x.flatten(), [5, -1]),
      tf.grad((y: tf.Tensor) => squares(tf.split(y, [3, 4])))(x),
    ];
  });
});
