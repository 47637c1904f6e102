import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../src/engine/start';
import { type CnnConfig, cnn, cnnSizes } from '../../src/models/cnn';
import { assertClose } from '../close';
import { normal } from '../engine/compare';
import { readWeights, segmentationTwin } from '../reference/cnn';

before(() => startEngine({ engine: 'wasm' }));

const small: CnnConfig = {
  task: 'segmentation',
  size: 19,
  channels: 2,
  features: [4, 5, 6, 7],
  kernelSizes: [3, 2, 5, 3],
  strides: [1, 2, 1, 3],
  classes: 3,
  skips: true,
};

for (const skips of [true, false])
  test(`segmentation equals PyTorch's layers, ${skips ? 'with' : 'without'} skips`, () => {
    const config = { ...small, skips };
    const model = cnn(config);
    const image = normal([1, 19, 19, 2]);
    const logits = model.predict(image) as tf.Tensor;
    assert.deepEqual(logits.shape, [1, 19, 19, 3]);
    assertClose(logits.dataSync(), segmentationTwin(config, readWeights(model), image.dataSync()), 2e-6);
  });

test('classification: logits from a dense head on the flattened bottleneck', () => {
  const model = cnn({ ...small, task: 'classification' });
  assert.deepEqual((model.predict(normal([2, 19, 19, 2])) as tf.Tensor).shape, [2, 3]);
  assert.deepEqual(model.getLayer('head').getWeights()[0].shape, [cnnSizes(small)[4] ** 2 * 7, 3]);
});

test('weights come in forward order, kernel before bias, the main convolution before the skip', () => {
  const shapes = cnn({ ...small, features: [4, 5], kernelSizes: [3, 2], strides: [1, 2] })
    .getWeights()
    .map((w) => w.shape.join());
  const down = ['3,3,2,4', '4', '2,2,4,5', '5', '1,1,4,5', '5'];
  const up = ['2,2,4,5', '4', '1,1,5,4', '4', '3,3,3,4', '3'];
  assert.deepEqual(shapes, [...down, ...up]);
});

test('the same seed gives the same weights, another seed others, and layers differ', () => {
  const first = (seed: number) => readWeights(cnn({ ...small, seed }));
  const [a, b, c] = [first(5), first(5), first(6)];
  a.forEach(({ values }, i) => {
    assert.deepEqual(values, b[i].values);
    assert.notDeepEqual(values, c[i].values);
  });
  const same = cnn({ ...small, channels: 4, features: [4, 4], kernelSizes: [3, 3], strides: [1, 1] });
  assert.notDeepEqual(
    same.getLayer('down1').getWeights()[0].dataSync(),
    same.getLayer('down2').getWeights()[0].dataSync(),
  );
});

test('initial weights fill +-1/sqrt(fan-in); that of a transposed convolution counts its outputs', () => {
  const model = cnn({ ...small, features: [20, 30], kernelSizes: [3, 5], strides: [1, 1] });
  const largest = (layer: string, weight: number) =>
    Math.max(...model.getLayer(layer).getWeights()[weight].abs().dataSync());
  const fits = (value: number, fanIn: number) =>
    assert.ok(value <= 1 / Math.sqrt(fanIn) && value > 0.8 / Math.sqrt(fanIn), `${value} for ${fanIn}`);
  fits(largest('down2', 0), 25 * 20);
  fits(largest('down2', 1), 25 * 20);
  fits(largest('down2', 2), 20);
  fits(largest('up1', 0), 25 * 20);
  fits(largest('up1', 1), 25 * 20);
  fits(largest('up1', 2), 30);
});

test('a saved model comes back with its configuration and its weights', async () => {
  const model = cnn({ ...small, skips: true });
  const stored: { artifacts?: tf.io.ModelArtifacts } = {};
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      stored.artifacts = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const restored = await tf.loadLayersModel(tf.io.fromMemory(stored.artifacts!));
  const x = normal([2, 19, 19, 2]);
  const [a, b] = [model, restored].map((m) => (m.predict(x) as tf.Tensor).dataSync());
  assert.deepEqual(a, b);
});

test('summary() prints every layer', () => {
  const lines: string[] = [];
  cnn(small).summary(100, undefined, (line: string) => lines.push(line));
  for (const name of ['down1', 'down4', 'up1', 'up4'])
    assert.ok(
      lines.some((line) => line.includes(name)),
      name,
    );
});

test('a training step has gradients for all weights and leaves no tensors behind', async () => {
  const model = cnn(small);
  const x = normal([2, 19, 19, 2]);
  const optimizer = tf.train.sgd(0.01);
  const step = () => {
    const loss = optimizer.minimize(() => (model.apply(x) as tf.Tensor).square().mean() as tf.Scalar, true)!;
    const value = loss.dataSync()[0];
    loss.dispose();
    return value;
  };
  const initial = readWeights(model).map(({ values }) => Float32Array.from(values));
  const losses = [step(), step()];
  const tensors = tf.memory().numTensors;
  losses.push(step(), step());
  assert.equal(tf.memory().numTensors, tensors);
  assert.ok(losses[3] < losses[0], `${losses}`);
  for (const [i, { values }] of readWeights(model).entries())
    assert.notDeepEqual(Float32Array.from(values), initial[i], `weight ${i}`);
});

test('what is wrong with a configuration is said', () => {
  assert.throws(
    () => cnn({ ...small, kernelSize: [3] } as never),
    /unknown key of cnn "kernelSize".*"kernelSizes"/,
  );
  assert.throws(() => cnn({ ...small, task: 'segment' as never }), /unknown task "segment"/);
  assert.throws(() => cnn({ ...small, strides: [1, 1] }), /4, 4 and 2 entries/);
  assert.throws(() => cnn({ ...small, size: 6 }), /kernel 3 of 5 does not fit its image of 2/);
  assert.throws(() => cnn({ ...small, features: [4, 5.5, 6, 7] }), /features.*expected an integer/);
  assert.throws(() => cnn(small).predict(normal([1, 20, 20, 2])), /19,19,2/);
});
