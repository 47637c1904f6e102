import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../../../src/engine/start';
import { compareWithCpu, normal } from '../../compare';

const resizeTo = (size: number) => (x: tf.Tensor) =>
  tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [size, size + 1]) as tf.Tensor;

for (const [from, to] of [
  [5, 8],
  [8, 5],
  [39, 80],
  [7, 7],
])
  test(`nearest-neighbour resizing and its gradient: ${from} to ${to}`, async () => {
    await compareWithCpu('resize', () => {
      const [x, dy] = [normal([2, from, from + 2, 5]), normal([2, to, to + 1, 5], 'dy')];
      return [resizeTo(to)(x), tf.grad(resizeTo(to))(x, dy)];
    });
  });

for (const engine of ['wasm', 'cpu'] as const)
  test(`the gradient is the adjoint, for a batch, too: ${engine}`, async () => {
    await startEngine({ engine });
    tf.tidy(() => {
      const [x, dy] = [normal([3, 5, 6, 2]), normal([3, 8, 9, 2], 'dy')];
      const there = tf.sum(tf.mul(resizeTo(8)(x), dy)).dataSync()[0];
      const back = tf.sum(tf.mul(tf.grad(resizeTo(8))(x, dy), x)).dataSync()[0];
      assert.ok(Math.abs(there - back) < 1e-4 * Math.abs(there), `${there} and ${back}`);
    });
  });
