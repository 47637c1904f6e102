import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../src/engine/start';
import { buildNetwork } from '../../src/models/network';
import { loadNetwork, type NetworkCard, networkNames, saveNetwork } from '../../src/results/networks';
import { assertClose } from '../close';

const folder = mkdtempSync(join(tmpdir(), 'equisphere-networks-'));
before(() => startEngine({ engine: 'wasm' }));
after(() => rmSync(folder, { recursive: true, force: true }));

const network = {
  family: 'cnn',
  task: 'classification',
  size: 8,
  features: [3, 4],
  kernelSizes: [3, 3],
  strides: [2, 1],
  classes: 10,
} as const;

test('a network that is published answers as it did; in half precision to three digits', async () => {
  const model = buildNetwork({ ...network, features: [3, 4], kernelSizes: [3, 3], strides: [2, 1] }, 5);
  const x = tf.randomUniform([2, 8, 8, 1], 0, 1, 'float32', 3);
  const expected = await (model.predict(x) as tf.Tensor).data();
  for (const [precision, tolerance] of [
    ['float32', 0],
    ['float16', 2e-3],
  ] as const) {
    const card = {
      name: `cnn-${precision}`,
      precision,
      experiment: { network, seed: 5 },
    } as unknown as NetworkCard;
    await saveNetwork(model, card, folder);
    const loaded = loadNetwork(card.name, folder);
    assert.equal(loaded.card.precision, precision);
    assertClose(await (loaded.model.predict(x) as tf.Tensor).data(), expected, tolerance);
  }
  assert.deepEqual(networkNames(folder), ['cnn-float16', 'cnn-float32']);
});

test('an unknown name is told with the known ones; without any, where they should be', () => {
  assert.throws(() => loadNetwork('cnn-float33', folder), /unknown network "cnn-float33".*cnn-float32/);
  assert.throws(() => loadNetwork('any', join(folder, 'nowhere')), /no trained networks in/);
});
