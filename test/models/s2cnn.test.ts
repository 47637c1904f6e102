import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { equivarianceError } from '../../src/analysis/equivariance';
import { S2Conv } from '../../src/layers/s2_conv';
import { SO3Conv } from '../../src/layers/so3_conv';
import { buildModel, modelNames, presets } from '../../src/models/presets';
import { type S2cnnConfig, s2cnn } from '../../src/models/s2cnn';
import { assertClose } from '../close';
import { startWasm } from '../engine_for_tests';

before(() => startWasm());

const small: S2cnnConfig = {
  task: 'segmentation',
  bandwidth: 4,
  features: [2, 3],
  bandLimits: [3, 4],
  maxBeta: [0.3, 0.3, 0.3],
  classes: 11,
  seed: 7,
};

test("the paper's network has 204,073 parameters, ours for classification 150k within 2 %", () => {
  assert.equal(s2cnn(presets['s2cnn-204k']).countParams(), 204073);
  const count = s2cnn(presets['s2cnn-150k']).countParams();
  assert.ok(Math.abs(count - 150000) < 0.02 * 150000, `${count}`);
});

test('logits have the shape of the task', () => {
  const segmentation = s2cnn(small);
  assert.deepEqual(segmentation.outputShape, [null, 8, 8, 11]);
  const classification = s2cnn({ ...small, task: 'classification', maxBeta: [0.3, 0.3], classes: 10 });
  assert.deepEqual((classification.predict(tf.zeros([2, 8, 8, 1])) as tf.Tensor).shape, [2, 10]);
});

test('weights come in forward order, kernel before bias, a block before its shortcut', () => {
  const shapes = s2cnn({ ...small, skips: true })
    .getWeights()
    .map((w) => w.shape.join('x'));
  assert.deepEqual(shapes, ['1x2x24', '2', '2x3x192', '3', '2x3x1', '3', '3x11x192', '11']);
});

test('on finer grids ReLU aliases less: the error of equivariance falls; weights stay', async () => {
  const config = {
    ...small,
    bandwidth: 8,
    features: [4, 5, 4],
    bandLimits: [6, 4, 6],
    maxBeta: [0.3, 0.4, 0.4, 0.4],
  };
  const plain = s2cnn(config).getWeights();
  const errors: number[] = [];
  for (const oversampling of [1, 1.5, 2]) {
    const model = s2cnn({ ...config, oversampling });
    model.getWeights().forEach((weight, i) => {
      assertClose(weight.dataSync(), plain[i].dataSync(), 0);
    });
    assert.deepEqual(model.outputShape, [null, 16, 16, 11]);
    errors.push((await equivarianceError(model, [16, 16, 1])).mean);
  }
  assert.ok(errors[1] < errors[0] / 2 && errors[2] < errors[1] / 1.5, errors.join(', '));
});

test('without ReLU the grid makes no difference', () => {
  const x = tf.randomNormal([2, 8, 8, 1], 0, 1, 'float32', 4);
  const layers = [undefined, 5].map((gridOut) => [
    new S2Conv({ filters: 2, bandOut: 3, maxBeta: 0.3, gridOut }),
    new SO3Conv({ filters: 2, bandOut: 4, maxBeta: 0.3, bandIn: 3 }),
  ]);
  const [coarse, fine] = layers.map((two) =>
    two.reduce<tf.Tensor>((y, layer) => layer.apply(y) as tf.Tensor, x),
  );
  assertClose(fine.dataSync(), coarse.dataSync(), 1e-5);
});

test('a model survives saving and loading', async () => {
  const model = s2cnn({ ...small, skips: true, inputScale: 3, logitScale: 2, oversampling: 1.5 });
  const x = tf.randomNormal([1, 8, 8, 1], 0, 1, 'float32', 3);
  let artifacts: tf.io.ModelArtifacts | null = null;
  await model.save(
    tf.io.withSaveHandler(async (saved) => {
      artifacts = JSON.parse(JSON.stringify({ ...saved, weightData: undefined }));
      artifacts!.weightData = saved.weightData;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(saved) };
    }),
  );
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts!));
  const [before, after] = [model, loaded].map((m) => (m.predict(x) as tf.Tensor).dataSync());
  assertClose(after, before, 0);
});

test('the same seed gives the same weights, another gives others', () => {
  const first = (seed: number) =>
    s2cnn({ ...small, seed })
      .getWeights()[0]
      .dataSync();
  assertClose(first(7), first(7), 0);
  assert.notDeepEqual(first(7), first(8));
});

test('a training step leaves no tensors behind', async () => {
  const model = s2cnn(small);
  const optimizer = tf.train.adam(1e-3);
  const x = tf.randomNormal([2, 8, 8, 1], 0, 1, 'float32', 3);
  const step = () => optimizer.minimize(() => tf.square(model.apply(x) as tf.Tensor).sum() as tf.Scalar);
  step();
  const held = tf.memory().numTensors;
  for (let i = 0; i < 3; i++) step();
  assert.equal(tf.memory().numTensors, held);
});

test('bad configurations and shapes are told in one line', () => {
  assert.throws(
    () => s2cnn({ ...small, bandlimits: [3] } as unknown as S2cnnConfig),
    /unknown key of s2cnn "bandlimits": did you mean "bandLimits"/,
  );
  assert.throws(
    () => s2cnn({ ...small, maxBeta: [0.3] }),
    /2 features for segmentation need 2 bandLimits and 3 entries of maxBeta, got 2 and 1/,
  );
  assert.throws(
    () => buildModel('s2cnn-quik', { task: 'segmentation', bandwidth: 8, seed: 1 }),
    /did you mean "s2cnn-quick"/,
  );
  assert.throws(
    () => buildModel('s2cnn-204k', { task: 'classification', bandwidth: 50, seed: 1 }),
    /network for segmentation/,
  );
  assert.throws(
    () => s2cnn({ ...small, oversampling: 0.5 }),
    /oversampling: expected a number from 1 to 2, got 0.5/,
  );
  assert.throws(() => s2cnn(small).predict(tf.zeros([1, 8, 6, 1])), /expected/);
});

test('every name builds for a task', () => {
  for (const name of modelNames.filter((n) => /quick|laptop/.test(n)))
    for (const task of ['classification', 'segmentation'] as const)
      assert.ok(buildModel(name, { task, bandwidth: 16, seed: 1 }).countParams() > 1000, name);
});
