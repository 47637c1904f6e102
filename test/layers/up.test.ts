import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { startEngine } from '../../src/engine/start';
import { Up } from '../../src/layers/up';
import { normal } from '../engine/compare';
import { assertGradients } from './gradients';

before(() => startEngine({ engine: 'wasm' }));

const config = { filters: 3, kernelSize: 3, strides: 2, outputSize: 12 };

test('an output size that no output padding gives is refused', () => {
  new Up(config).apply(normal([1, 5, 5, 2]));
  assert.throws(
    () => new Up({ ...config, outputSize: 13 }).apply(normal([1, 5, 5, 2])),
    /becomes 11 to 12, not 13/,
  );
});

test('wrong shapes and unknown keys are said', () => {
  const layer = new Up(config);
  layer.apply(normal([1, 5, 5, 2]));
  assert.throws(
    () => layer.apply(normal([1, 5, 5, 4])),
    /up: expected \[batch, height, width, 2\], got \[1, 5, 5, 4\]/,
  );
  assert.throws(() => new Up({ ...config, outputsize: 12 } as never), /did you mean "outputSize"/);
});

test('getConfig() makes the same layer again', () => {
  const layer = new Up({ ...config, skip: true, rectify: false, seed: 4, name: 'again' });
  assert.deepEqual(new Up(layer.getConfig() as never).getConfig(), layer.getConfig());
});

for (const skip of [true, false])
  test(`gradients ${skip ? 'with' : 'without'} skip equal those of plain TensorFlow.js`, () =>
    assertGradients(
      'up',
      () => new Up({ ...config, skip, name: 'same' }),
      () => normal([1, 5, 5, 2]),
    ));
