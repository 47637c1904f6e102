import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { measureAnswers, orbit } from '../../src/analysis/test_time';
import { drawGlyphs } from '../../src/datasets/glyphs';
import { SphereSampler, sphericalDataset } from '../../src/datasets/spherical';
import { startEngine } from '../../src/engine/start';
import type { Rotation } from '../../src/math/rotation';
import { cnn } from '../../src/models/cnn';
import { evaluate } from '../../src/training/evaluate';

before(() => startEngine({ engine: 'wasm' }));

const bandwidth = 6;
const recipe = { digits: drawGlyphs(12, 1, 'test'), bandwidth, images: 12, seed: 1 };
const data = sphericalDataset(recipe);
const plain = (task: 'segmentation' | 'classification', seed = 1) =>
  cnn({
    task,
    size: 12,
    features: [6, 8],
    kernelSizes: [3, 3],
    strides: [2, 1],
    classes: task === 'segmentation' ? 11 : 10,
    inputScale: 10,
    seed,
  });

for (const task of ['segmentation', 'classification'] as const)
  test(`${task}: one rotation is the plain answer, more of them make a CNN more equivariant`, async () => {
    const tensors = tf.memory().numTensors;
    const model = plain(task);
    const withRotations = (count: number) =>
      measureAnswers({ models: [model], task, bandwidth, rotations: orbit(count, 3) }, data, {
        batchSize: 5,
      });
    const [one, many] = [await withRotations(1), await withRotations(24)];
    const { score } = await evaluate(model, data, task);
    assert.equal(one.score, score);
    assert.ok(one.equivarianceError > 0.01);
    assert.ok(
      many.equivarianceError < one.equivarianceError / 2,
      `${many.equivarianceError} ${one.equivarianceError}`,
    );
    model.dispose();
    assert.equal(tf.memory().numTensors, tensors);
  });

test('spheres that are projected anew: the mean answer to the turned sets, and more of them are more equivariant', async () => {
  const model = plain('classification');
  const projected = (turned: Rotation) => new SphereSampler({ ...recipe, turned });
  const over = (count: number) =>
    measureAnswers({ models: [model], task: 'classification', bandwidth, rotations: orbit(count, 3) }, data, {
      batchSize: 5,
      projected,
    });
  const [one, many] = [await over(1), await over(24)];
  assert.equal(one.score, (await evaluate(model, data, 'classification')).score);
  assert.ok(many.equivarianceError < one.equivarianceError / 2);
  const classes = tf.tidy(() => {
    const answers = orbit(24, 3).map((rotation) => {
      const x = tf.tensor4d(projected(rotation).take([...data.labels.keys()]).inputs, [12, 12, 12, 1]);
      return tf.softmax(model.apply(x) as tf.Tensor);
    });
    return tf.addN(answers).argMax(-1).dataSync();
  });
  const right = classes.filter((found, i) => found === data.labels[i]).length;
  assert.ok(Math.abs(many.score - (100 * right) / 12) < 1e-9);
  model.dispose();
});

test('an ensemble of a network with itself answers as it does alone; of none there is no answer', async () => {
  const models = [plain('segmentation', 1), plain('segmentation', 2)];
  const measure = (list: tf.LayersModel[]) =>
    measureAnswers({ models: list, task: 'segmentation', bandwidth, rotations: orbit(1, 1) }, data);
  const [one, twice, two] = [
    await measure([models[0]]),
    await measure([models[0], models[0]]),
    await measure(models),
  ];
  assert.equal(twice.score, one.score);
  assert.ok(Math.abs(twice.equivarianceError - one.equivarianceError) < 1e-5);
  assert.notEqual(two.equivarianceError, one.equivarianceError);
  await assert.rejects(measure([]), /expected a network/);
  for (const model of models) model.dispose();
});
