import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../../../src/engine/start';
import { assertClose } from '../../../close';
import { compareWithCpu, normal } from '../../compare';

const batches: [number[], number[]][] = [
  [[], []],
  [[4], [4]],
  [[3], [1]],
  [[1], [5]],
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
];

for (const [batchA, batchB] of batches)
  test(`matMul: batches [${batchA}] and [${batchB}], each operand transposed or not`, async () => {
    await compareWithCpu('product', () =>
      [false, true].flatMap((transposeA) =>
        [false, true].map((transposeB) => {
          const [m, k, n] = [7, 5, 9];
          const a = normal([...batchA, ...(transposeA ? [k, m] : [m, k])], 'a');
          const b = normal([...batchB, ...(transposeB ? [n, k] : [k, n])], 'b');
          return tf.matMul(a, b, transposeA, transposeB);
        }),
      ),
    );
  });

test('gradients of matMul', async () => {
  await compareWithCpu('gradients', () => {
    const product = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, true, false);
    return tf.grads(product as never)(
      [normal([3, 6, 4], 'a'), normal([3, 6, 5], 'b')],
      normal([3, 4, 5], 'dy'),
    );
  });
});

test('fused product: bias and activation, covered and not', async () => {
  await compareWithCpu('fused', () => {
    const [a, b, bias] = [normal([6, 4], 'a'), normal([4, 11], 'b'), normal([11], 'bias')];
    return (['linear', 'relu', 'relu6', 'elu'] as const).flatMap((activation) => [
      tf.fused.matMul({ a, b, bias, activation }),
      tf.fused.matMul({ a, b, activation }),
    ]);
  });
});

test('both batches broadcast (which the cpu backend gets wrong)', async () => {
  await startEngine({ engine: 'wasm' });
  tf.tidy(() => {
    const [a, b] = [normal([2, 1, 4, 5], 'a'), normal([1, 3, 5, 6], 'b')];
    const expected = tf.matMul(tf.tile(a, [1, 3, 1, 1]), tf.tile(b, [2, 1, 1, 1]));
    const actual = tf.matMul(a, b);
    assert.deepEqual(actual.shape, [2, 3, 4, 6]);
    assertClose(actual.dataSync(), expected.dataSync(), 1e-6);
  });
});
