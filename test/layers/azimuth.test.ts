import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../src/engine/start';
import { azimuthMargins, foldAzimuth, padAzimuth } from '../../src/layers/azimuth';
import { Down } from '../../src/layers/down';
import { Up } from '../../src/layers/up';
import { type CnnConfig, cnn } from '../../src/models/cnn';
import { assertClose } from '../close';
import { normal } from '../engine/compare';
import { assertGradients } from './gradients';

before(() => startEngine({ engine: 'wasm' }));

const padding = 'azimuth' as const;

/** x [batch, beta, alpha, channels] turned by whole azimuths. */
function turned(x: tf.Tensor4D, steps: number): tf.Tensor4D {
  const width = x.shape[2];
  const part = (first: number, count: number) => x.slice([0, 0, first, 0], [-1, -1, count, -1]);
  return tf.concat([part(width - steps, steps), part(0, width - steps)], 2);
}

test('Down goes round: as on three copies of the map side by side, of which the middle one is kept', () => {
  for (const [kernelSize, strides] of [
    [3, 1],
    [5, 2],
    [2, 3],
    [4, 4],
  ])
    for (const skip of [false, true]) {
      const config = { filters: 3, kernelSize, strides, skip, name: 'same' };
      const x = normal([2, 9, 12, 2]) as tf.Tensor4D;
      const { left } = azimuthMargins('test', kernelSize, strides, 12);
      const copies = tf.concat([x, x, x], 2).slice([0, 0, 12 - left, 0], [-1, -1, 24, -1]);
      const [round, open] = [new Down({ ...config, padding }), new Down(config)];
      const y = round.apply(x) as tf.Tensor;
      const expected = (open.apply(copies) as tf.Tensor).slice([0, 0, 0, 0], [-1, -1, 12 / strides, -1]);
      assert.deepEqual(y.shape, expected.shape);
      assertClose(
        y.dataSync(),
        expected.dataSync(),
        1e-6,
        `kernel ${kernelSize}, stride ${strides}, ${skip}`,
      );
    }
});

test('folding is the adjoint of padding', () => {
  for (const margins of [
    { left: 0, right: 0 },
    { left: 0, right: 1 },
    { left: 2, right: 3 },
  ]) {
    const x = normal([2, 3, 5, 2], 'x') as tf.Tensor4D;
    const y = normal([2, 3, 5 + margins.left + margins.right, 2], 'y') as tf.Tensor4D;
    const inner = (a: tf.Tensor, b: tf.Tensor) => a.mul(b).sum().dataSync();
    assertClose(inner(padAzimuth(x, margins), y), inner(x, foldAzimuth(y, margins)), 1e-5);
  }
});

for (const skip of [true, false]) {
  const config = { filters: 3, kernelSize: 3, strides: 2, skip, padding, name: 'same' };
  test(`gradients ${skip ? 'with' : 'without'} skip equal those of plain TensorFlow.js`, async () => {
    await assertGradients(
      'down',
      () => new Down(config),
      () => normal([1, 8, 6, 2]),
    );
    await assertGradients(
      'up',
      () => new Up({ ...config, outputSize: 12 }),
      () => normal([1, 5, 4, 2]),
    );
  });
}

const config: CnnConfig = {
  task: 'segmentation',
  size: 24,
  features: [3, 4, 5],
  kernelSizes: [3, 5, 3],
  strides: [1, 2, 2],
  classes: 3,
  skips: true,
};

/** Largest difference between turning before and after the network. */
function turnError(model: tf.LayersModel, steps: number): number {
  const x = normal([2, 24, 24, 1]) as tf.Tensor4D;
  const [before, after] = [model.predict(turned(x, steps)), turned(model.predict(x) as tf.Tensor4D, steps)];
  return tf
    .sub(before as tf.Tensor, after)
    .abs()
    .max()
    .dataSync()[0];
}

test('a network commutes with turns by its total stride, and its map has the size of the image', () => {
  const model = cnn({ ...config, padding });
  assert.deepEqual(model.outputShape, [null, 24, 24, 3]);
  assert.equal(model.countParams(), cnn(config).countParams());
  for (const steps of [4, 8, 12]) assert.ok(turnError(model, steps) < 1e-6, `turned by ${steps}`);
  assert.ok(turnError(model, 1) > 1e-2, 'not by less than its stride');
  assert.ok(turnError(cnn(config), 4) > 1e-2, 'nor without padding');
});

test('for classification the bottleneck is as wide as the image over the total stride', () => {
  const model = cnn({ ...config, task: 'classification', padding });
  assert.deepEqual(model.outputShape, [null, 3]);
  assert.deepEqual(model.getLayer('down3').outputShape, [null, 4, 6, 5]);
});

test('what does not close is refused', () => {
  assert.throws(
    () => cnn({ ...config, strides: [1, 2, 5], padding }),
    /a stride of 5 does not divide 12 azimuths/,
  );
  assert.throws(
    () => new Down({ filters: 1, kernelSize: 5, strides: 1, padding }).apply(normal([1, 9, 3, 1])),
    /a kernel of 5 goes round 3 azimuths more than once/,
  );
  assert.throws(() => cnn({ ...config, padding: 'azimut' as never }), /did you mean "azimuth"/);
});
