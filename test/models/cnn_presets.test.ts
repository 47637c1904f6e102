import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { startEngine } from '../../src/engine/start';
import { cnn, cnnSizes } from '../../src/models/cnn';
import { cnnPresets } from '../../src/models/cnn_presets';

before(() => startEngine({ engine: 'wasm' }));

test("the paper's segmentation networks have exactly its parameters", () => {
  const counts = { 'cnn-218k': 218144, 'cnn-1m': 1042013, 'cnn-5.5m': 5519335 };
  for (const [name, count] of Object.entries(counts)) {
    const model = cnn(cnnPresets[name]('segmentation', 100));
    assert.equal(model.countParams(), count, name);
    assert.deepEqual(model.outputShape, [null, 100, 100, 11]);
    model.dispose();
  }
});

test("their maps have the paper's sizes", () => {
  const sizes = (name: string) => cnnSizes(cnnPresets[name]('segmentation', 100)).join('-');
  assert.equal(sizes('cnn-218k'), '100-96-94-86-80-39');
  assert.equal(sizes('cnn-1m'), '100-98-96-92-44-42-38');
  assert.equal(sizes('cnn-5.5m'), '100-98-94-92-43-39-37-18');
});

test("the classification networks are within 2 % of the paper's parameters", () => {
  for (const [name, count] of Object.entries({ 'cnn-114k': 114e3, 'cnn-0.5m': 0.5e6, 'cnn-2.5m': 2.5e6 })) {
    const model = cnn(cnnPresets[name]('classification', 100));
    assert.ok(Math.abs(model.countParams() / count - 1) < 0.02, `${name}: ${model.countParams()}`);
    model.dispose();
  }
});

test('the quick networks fit spheres of bandwidth 8 to 14', () => {
  const bounds = { 'cnn-quick-small': [15e3, 35e3], 'cnn-quick-large': [100e3, 200e3] };
  for (const [name, [low, high]] of Object.entries(bounds))
    for (const task of ['classification', 'segmentation'] as const)
      for (const size of [16, 20, 28]) {
        const model = cnn(cnnPresets[name](task, size));
        const count = model.countParams();
        assert.ok(count >= low && count <= high, `${name} for ${task} at ${size}: ${count}`);
        model.dispose();
      }
});

test('a network for one task is not to be had for another', () => {
  assert.throws(() => cnnPresets['cnn-1m']('classification', 100), /cnn-1m is a network for segmentation/);
});
