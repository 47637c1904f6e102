import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../src/engine/start';
import { buildModel } from '../../src/models/presets';
import { networkDigest } from '../../src/training/recipe';
import { tinyModel } from './spheres';

before(() => startEngine({ engine: 'cpu' }));

test('a network is the same whatever TensorFlow.js calls its layers', () => {
  const [one, two] = [tinyModel('segmentation', 3), tinyModel('segmentation', 3)];
  const names = ({ layers }: tf.LayersModel) => layers.map((layer) => layer.name);
  assert.notDeepEqual(names(one), names(two));
  assert.equal(networkDigest(one), networkDigest(two));
});

for (const name of ['s2cnn-quick', 'cnn-quick-small', 'cnn-1m']) {
  const build = (change: object = {}, model = name) =>
    buildModel(model, { task: 'segmentation', bandwidth: 14, seed: 1, ...change });

  test(`${name}: built twice it is one network`, () => {
    assert.equal(networkDigest(build()), networkDigest(build()));
  });

  test(`${name}: anything else about it makes another network`, () => {
    const others = [
      build({ bandwidth: 16 }),
      build({ inputRange: 255 }),
      build({ task: 'classification' }, 'cnn-quick-large'),
    ];
    const frozen = build();
    frozen.layers[2].trainable = false;
    const digests = [build(), frozen, ...others].map(networkDigest);
    assert.equal(new Set(digests).size, digests.length);
  });
}
