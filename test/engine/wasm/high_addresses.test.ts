import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../../src/engine/start';
import { wasmHeap } from '../../../src/engine/wasm/memory/heap';
import { SO3Conv } from '../../../src/layers/so3_conv';
import { assertClose } from '../../close';
import { normal, providers, starts } from '../compare';

const half = 2 ** 31;

/** Leaves no room below 2 GB. Memory that is not written to costs nothing. */
function fillLowerHalf(): void {
  const heap = wasmHeap();
  for (let bytes = 2 ** 26; bytes >= 64; bytes /= 2)
    for (;;) {
      const block = heap.allocate(bytes);
      if (block < half) continue;
      heap.free(block);
      break;
    }
}

function compute(): tf.Tensor[] {
  const layer = new SO3Conv({ filters: 5, bandOut: 4, maxBeta: 0.3, activation: 'relu' });
  const grid = tf.grad((x: tf.Tensor) => (layer.apply(x) as tf.Tensor).square())(normal([3, 8, 8, 8, 3]));
  const [x, filter] = [normal([3, 14, 14, 7]) as tf.Tensor4D, normal([5, 5, 7, 6]) as tf.Tensor4D];
  const network = (image: tf.Tensor, kernel: tf.Tensor) =>
    tf.maxPool(tf.conv2d(image as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'same'), 2, 2, 'valid').square();
  return [grid, ...tf.grads(network)([x, filter]), tf.matMul(normal([150, 300]), normal([300, 90]))];
}

test('above 2 GB, where addresses are negative as signed integers, results are the same', async () => {
  const results: Float32Array[][] = [];
  const add = () =>
    tf.tidy(() => {
      const outputs = compute();
      const areHigh = outputs.every((output) => wasmHeap().pointer(output) >= half);
      results.push(outputs.map((output) => Float32Array.from(output.dataSync())));
      return areHigh;
    });
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 1 });
  assert.ok(!add());
  for (const gemm of providers) {
    if (!(await starts(gemm))) continue;
    await startEngine({ engine: 'wasm', gemm, threads: 2 });
    fillLowerHalf();
    assert.ok(add());
    results.at(-1)!.forEach((values, i) => {
      assertClose(values, results[0][i], 2e-6, `output ${i}, ${gemm}`);
    });
  }
});
