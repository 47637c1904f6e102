import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { buildModel } from '../../src/models/presets';
import { lossAndGradients, partsOf } from '../../src/training/gradients';
import { crossEntropy } from '../../src/training/losses';
import { assertClose } from '../close';
import { normal } from '../engine/compare';
import { startWasm } from '../engine_for_tests';

before(() => startWasm());

const bandwidth = 12;
const batch = 45; // not a multiple of its parts
const model = () => buildModel('s2cnn-quick', { task: 'segmentation', bandwidth, seed: 1 });

function trainable(network: tf.LayersModel): tf.Variable[] {
  return network.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

/** Labels 0, 1 and 2; class 0 alone in the first samples. */
function labels(): tf.Tensor {
  const pixels = (2 * bandwidth) ** 2;
  const values = Int32Array.from({ length: batch * pixels }, (_, i) => (i < 20 * pixels ? 0 : (i * 7) % 3));
  return tf.tensor(values, [batch, 2 * bandwidth, 2 * bandwidth], 'int32');
}

for (const classWeights of [
  undefined,
  [0.5, 1, 0.25, 1, 1, 1, 1, 1, 1, 1, 1],
  [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
])
  test(`loss and gradients in parts are those of the whole batch; class weights ${classWeights ?? 'equal'}`, () => {
    const network = model();
    assert.ok(partsOf(network, batch) > 1);
    const weights = trainable(network);
    const [x, y] = [normal([batch, 2 * bandwidth, 2 * bandwidth, 1]), labels()];
    const whole = tf.variableGrads(
      () => crossEntropy(network.apply(x) as tf.Tensor, y, classWeights),
      weights,
    );
    const before = tf.memory().numTensors;
    const parts = lossAndGradients(network, x, y, weights, classWeights);
    assert.equal(tf.memory().numTensors - before, 1 + weights.length);
    assertClose(parts.value.dataSync(), whole.value.dataSync(), 1e-6, 'loss');
    for (const { name } of weights)
      assertClose(parts.grads[name].dataSync(), whole.grads[name].dataSync(), 1e-5, name);
  });

test('batches are divided where the maps of a part fill the caches, and a part has samples enough', () => {
  assert.equal(partsOf(model(), 8), 1);
  const large = buildModel('s2cnn-204k', { task: 'segmentation', bandwidth: 16, seed: 1 });
  assert.equal(partsOf(large, 32), 4);
  const paper = buildModel('s2cnn-204k', { task: 'segmentation', bandwidth: 50, seed: 1 });
  assert.equal(partsOf(paper, 32), 1);
  const cnn = buildModel('cnn-1m', { task: 'segmentation', bandwidth: 16, seed: 1 });
  assert.equal(partsOf(cnn, 32), 1);
});
