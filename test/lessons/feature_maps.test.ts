import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import * as es from '../../src/index';
import { assertClose } from '../close';
import { startWasm } from '../engine_for_tests';

before(() => startWasm());

const { lessons } = es;
const sine = (length: number) => Float64Array.from({ length }, (_, i) => Math.sin(i + 1));
const turn = es.rotationZYZ(0.4, 1.2, -0.8);

test('feature maps are what the layers write, channel by channel, without what only scales', async () => {
  const shape = { features: [2, 3], bandLimits: [3, 2], maxBeta: [0.4, 0.4] };
  const model = es.s2cnn({ task: 'classification', bandwidth: 4, classes: 2, inputScale: 2, ...shape });
  const signal = sine(64);
  const tensors = tf.memory().numTensors;
  const maps = await lessons.featureMaps(model, signal);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(
    maps.map(({ layer, grid, channels }) => [layer, grid, channels.length]),
    [['s2_conv', [6, 6, 6], 2], ['so3_conv_1', [4, 4, 4], 3], ['so3_integrate', [], 3], ['linear', [], 2]],
  ); // biome-ignore format: one row a layer
  const logits = tf.tidy(() =>
    (model.predict(tf.tensor(Float32Array.from(signal), [1, 8, 8, 1])) as tf.Tensor).dataSync(),
  );
  assertClose(maps[3].channels.map(([value]) => value), logits, 1e-6); // biome-ignore format: one line
  const means = maps[1].channels.map((map) => es.so3Analysis(map, 2)[0]);
  assertClose(maps[2].channels.map(([value]) => value), means, 1e-5, 'the mean of the map before it'); // biome-ignore format: one line
});

test('the liveliest map varies most; of single points the largest', () => {
  const maps = (...channels: number[][]) =>
    lessons.liveliest({ layer: 'l', grid: [], channels: channels.map((map) => Float64Array.from(map)) });
  assert.equal(maps([9, 9], [0, 2], [0, 1]), 1);
  assert.equal(maps([1], [-3], [2]), 1);
});

test('maps turn by their spectra on the sphere and on the group, and on nothing else', () => {
  const [sphere, group] = [es.s2Synthesis(sine(9), 4), es.so3Synthesis(sine(35), 3, 4)];
  assertClose(lessons.turnMap(sphere, [8, 8], turn), es.rotateS2(sphere, 4, turn), 0);
  assertClose(lessons.turnMap(group, [8, 8, 8], turn), es.rotateSO3(group, 4, turn), 0);
  assert.throws(() => lessons.turnMap([1], [], turn), /no map on a grid of 0 angles/);
});

test('what is seen of a map on the group turns along with it, a slice does not', () => {
  const map = es.so3Synthesis(sine(35), 3, 3); // 6 points along each axis
  const turned = lessons.turnMap(map, [6, 6, 6], turn);
  const b = 24;
  const seen = lessons.seenMap(map, [6, 6, 6], b);
  assert.equal(seen.length, 4 * b * b);
  const expected = lessons.rotateByInterpolation(seen, b, turn);
  const error = (one: Float64Array, other: Float64Array) =>
    Math.sqrt(
      one.reduce((sum, v, i) => sum + (v - other[i]) ** 2, 0) / other.reduce((sum, v) => sum + v * v, 0),
    );
  const back = lessons.seenMap(turned, [6, 6, 6], b);
  assert.ok(error(back, expected) < 0.2, `${error(back, expected)}`);
  assert.ok(error(back, seen) > 0.8, `${error(back, seen)}`);
  const sphere = es.s2Synthesis(sine(9), 4);
  assertClose(lessons.seenMap(sphere, [8, 8], 6), es.s2Synthesis(sine(9), 6), 1e-12, 'on the sphere: itself');
});

test('power by degree adds up to the mean square', () => {
  const power = lessons.powerByDegree(Float64Array.of(2, 0, 1, 0, 0, 0, 0, 0, 3));
  assertClose(power, [4, 3, 45], 1e-12);
});

test('placed digits are all turned alike, and no more than there are', () => {
  const digits = es.drawGlyphs(3, 0, 'test');
  const data = lessons.placedDigits(digits, { bandwidth: 8, count: 2, rotation: turn });
  assert.equal(data.count, 2);
  const second = es.projectToSphere(digits.pixels.slice(784, 1568), { bandwidth: 8, rotation: turn });
  assertClose(data.inputs.slice(256), Array.from(second, (value) => value / 255), 1e-7); // biome-ignore format: one line
  assert.deepEqual([...new Set(data.masks.slice(256))].sort(), [0, digits.labels[1] + 1]);
  assert.throws(
    () => lessons.placedDigits(digits, { bandwidth: 8, count: 4, rotation: turn }),
    /from 1 to 3, got 4/,
  );
});

test('an oversampled network has the same weights and a smaller error; a CNN has no such grid', async () => {
  const network = es.loadNetwork('s2cnn-150k');
  const signals = [es.s2Synthesis(sine(36), 16)];
  const errorOf = async (factor: number) => {
    const model = lessons.oversampled(network, factor);
    const [own, other] = [model.getWeights(), network.model.getWeights()];
    for (const i of own.keys()) assert.deepEqual(own[i].dataSync(), other[i].dataSync());
    return (await es.equivarianceError(model, [32, 32, 1], { signals })).mean;
  };
  assert.ok((await errorOf(2)) < (await errorOf(1)) / 2);
  assert.throws(() => lessons.oversampled(es.loadNetwork('cnn-114k-rotated'), 2), /expected an S2CNN/);
});
