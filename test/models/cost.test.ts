import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../src/engine/start';
import { wasmHeap } from '../../src/engine/wasm/memory/heap';
import type { GemmProvider } from '../../src/engine/wasm/products/gemm';
import { simdProvider } from '../../src/engine/wasm/products/simd';
import { cnn } from '../../src/models/cnn';
import { networkCost } from '../../src/models/cost';
import { s2cnn } from '../../src/models/s2cnn';

let counted = 0;

/** Counts the multiply-adds of the products that pass through it. */
const counting = (simd: GemmProvider): GemmProvider => ({
  ...simd,
  bind: (lane, panel) => {
    const product = simd.bind(lane, panel);
    return (...args) => {
      counted += args[2] * args[3] * args[4];
      product(...args);
    };
  },
});

before(async () => {
  await startEngine({ engine: 'wasm' });
  await wasmHeap().employ(counting(simdProvider(wasmHeap().kernels)));
});
after(() => wasmHeap().employ(simdProvider(wasmHeap().kernels)));

function countedIn(model: tf.LayersModel, batch: number, size: number): number {
  counted = 0;
  tf.tidy(() => void model.predict(tf.randomUniform([batch, size, size, 1])));
  return counted;
}

const equivariant = { features: [3, 5], bandLimits: [5, 3], classes: 10, bandwidth: 6 };
const networks: Record<string, () => tf.LayersModel> = {
  segmentation: () => s2cnn({ ...equivariant, task: 'segmentation', maxBeta: [0.2, 0.2, 0.2], skips: true }),
  'segmentation, oversampled': () =>
    s2cnn({ ...equivariant, task: 'segmentation', maxBeta: [0.2, 0.2, 0.2], oversampling: 1.5 }),
  classification: () => s2cnn({ ...equivariant, task: 'classification', maxBeta: [0.2, 0.2] }),
};

for (const [name, build] of Object.entries(networks))
  test(`an S2CNN's multiply-adds are those of the products that a further sphere takes: ${name}`, () => {
    const model = build();
    countedIn(model, 1, 12); // tables are made once
    // What does not depend on the batch is the spectra of the kernels.
    const further = countedIn(model, 3, 12) - countedIn(model, 2, 12);
    assert.equal(networkCost(model).multiplyAdds, further);
  });

test("a CNN's are counted by hand", () => {
  const sizes = { size: 8, features: [3, 4], kernelSizes: [3, 2], strides: [2, 1], skips: true };
  // 8 -> 3 -> 2 -> 3 -> 8; skips around the second and third convolution
  const down = 3 * 3 * (9 * 1 * 3) + 2 * 2 * (4 * 3 * 4 + 3 * 4);
  const up = 2 * 2 * (4 * 3 * 4 + 3 * 4) + 3 * 3 * (9 * 11 * 3);
  const map = networkCost(cnn({ ...sizes, task: 'segmentation', classes: 11 }));
  assert.equal(map.multiplyAdds, down + up);
  const dense = 2 * 2 * 4 * 10;
  const answer = networkCost(cnn({ ...sizes, task: 'classification', classes: 10 }));
  assert.equal(answer.multiplyAdds, down + dense);
  assert.equal(answer.parameters, 27 + 3 + 48 + 4 + 12 + 4 + 160 + 10);
  assert.equal(answer.bytes, 4 * answer.parameters);
});
