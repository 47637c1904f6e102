import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { equivarianceError, expectEquivariant } from '../../src/analysis/equivariance';
import { S2Conv } from '../../src/layers/s2_conv';
import { SO3Conv } from '../../src/layers/so3_conv';
import { SO3Integrate } from '../../src/layers/so3_integrate';
import { SO3Shortcut } from '../../src/layers/so3_shortcut';
import { SO3ToS2 } from '../../src/layers/so3_to_s2';
import { startWasm } from '../engine_for_tests';

before(() => startWasm());

const tolerance = 1e-5;

for (const b of [8, 16]) {
  const channels = b === 8 ? 3 : 1;
  const sphere = [2 * b, 2 * b, channels];
  const group = [2 * b, 2 * b, 2 * b, channels];
  const options = { trials: b === 8 ? 3 : 1 };
  const config = { filters: 2, bandOut: b, maxBeta: 0.3 };
  for (const bandOut of [b / 2, b, b + 2]) {
    const size = { ...config, bandOut };
    test(`linear layers are equivariant from bandwidth ${b} to ${bandOut}`, async () => {
      await expectEquivariant(new S2Conv(size), sphere, tolerance, options);
      await expectEquivariant(new SO3Conv(size), group, tolerance, options);
      await expectEquivariant(new SO3Shortcut({ filters: 2, bandOut }), group, tolerance, options);
      await expectEquivariant(new SO3ToS2(size), group, tolerance, options);
    });
  }
  test(`the integral over SO(3) is invariant, bandwidth ${b}`, async () => {
    await expectEquivariant(new SO3Integrate(), group, tolerance, options);
  });
}

test('released upsampling is not equivariant', async () => {
  const layer = new SO3Conv({ filters: 1, bandOut: 8, maxBeta: 0.4, upsampling: 'released' });
  const { mean } = await equivarianceError(layer, [8, 8, 8, 1]);
  assert.ok(mean > 1e-3, `error ${mean}`);
});

test('expectEquivariant rejects a plain convolution', async () => {
  const plain = tf.layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same', inputShape: [16, 16, 1] });
  await assert.rejects(expectEquivariant(plain, [16, 16, 1], 1e-2), /not equivariant: relative error/);
});

test('a shift of the azimuth by whole grid steps passes through every layer', async () => {
  const layer = new SO3Conv({ filters: 2, bandOut: 4, maxBeta: 0.3, activation: 'relu' });
  const x = tf.randomNormal([1, 8, 8, 8, 2], 0, 1, 'float32', 5);
  const shift = (t: tf.Tensor) =>
    tf.concat([t.slice([0, 0, 5], [-1, -1, 3]), t.slice([0, 0, 0], [-1, -1, 5])], 2);
  const difference = tf.sub(layer.apply(shift(x)) as tf.Tensor, shift(layer.apply(x) as tf.Tensor));
  assert.ok((await difference.abs().max().data())[0] < 1e-5);
});
