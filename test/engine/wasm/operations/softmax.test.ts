import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { crossEntropy } from '../../../../src/training/losses';
import { compareWithCpu, normal, providers, starts } from '../../compare';

const lossAndGradient = (logits: tf.Tensor, labels: tf.Tensor, weights?: number[]) => {
  const { value, grad } = tf.valueAndGrad((z: tf.Tensor) => crossEntropy(z, labels, weights).mul(3))(logits);
  return [value, grad];
};

test('cross-entropy and its gradient: rows across blocks, odd numbers of classes, class weights', async () => {
  await compareWithCpu('cross-entropy', () =>
    [
      [3, 2],
      [64, 10],
      [200, 11],
      [131, 3],
    ].flatMap(([rows, classes]) => {
      const labels = tf.tensor1d(
        Array.from({ length: rows }, (_, i) => (7 * i) % classes),
        'int32',
      );
      const logits = normal([rows, classes]).mul(4);
      const weights = Array.from({ length: classes }, (_, c) => 0.5 + c);
      return [...lossAndGradient(logits, labels), ...lossAndGradient(logits, labels, weights)];
    }),
  );
});

test('cross-entropy of very large and very different logits', async () => {
  const logits = [
    [1e4, -1e4, 0],
    [-300, -380, -301],
    [90, 0, 2],
  ];
  const labels = [1, 0, 2];
  await compareWithCpu('cross-entropy', () =>
    lossAndGradient(tf.tensor2d(logits), tf.tensor1d(labels, 'int32')),
  );
});

test('a label that is none of the classes is an error, and the heap stays whole', async () => {
  for (const gemm of providers) {
    if (!(await starts(gemm))) continue;
    for (const label of [3, -1, 2 ** 30])
      assert.throws(
        () => crossEntropy(tf.tensor2d([[1, 2, 3]]), tf.tensor1d([label], 'int32')),
        /a label is none of the classes 0..2/,
      );
  }
});
