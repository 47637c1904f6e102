import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { startEngine } from '../../src/engine/start';
import { Down } from '../../src/layers/down';
import { normal } from '../engine/compare';
import { assertGradients } from './gradients';

before(() => startEngine({ engine: 'wasm' }));

const config = { filters: 3, kernelSize: 3, strides: 2 };

test('a kernel larger than the image is refused', () => {
  assert.throws(
    () => new Down(config).apply(normal([1, 2, 5, 2])),
    /a kernel of 3 does not fit an image of 2/,
  );
});

test('wrong shapes and unknown keys are said', () => {
  const layer = new Down(config);
  layer.apply(normal([1, 8, 7, 2]));
  assert.throws(
    () => layer.apply(normal([1, 8, 7, 4])),
    /down: expected \[batch, height, width, 2\], got \[1, 8, 7, 4\]/,
  );
  assert.throws(() => new Down({ ...config, kernelsize: 3 } as never), /did you mean "kernelSize"/);
});

test('getConfig() makes the same layer again', () => {
  const layer = new Down({ ...config, skip: true, rectify: false, seed: 4, name: 'again' });
  assert.deepEqual(new Down(layer.getConfig() as never).getConfig(), layer.getConfig());
});

for (const skip of [true, false])
  test(`gradients ${skip ? 'with' : 'without'} skip equal those of plain TensorFlow.js`, () =>
    assertGradients(
      'down',
      () => new Down({ ...config, skip, name: 'same' }),
      () => normal([1, 8, 7, 2]),
    ));
