import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { S2Conv } from '../../src/layers/s2_conv';
import { SO3Conv } from '../../src/layers/so3_conv';
import { SO3Integrate } from '../../src/layers/so3_integrate';
import { SO3Shortcut } from '../../src/layers/so3_shortcut';
import { SO3ToS2 } from '../../src/layers/so3_to_s2';
import { channelsLast } from '../channels';
import { assertClose } from '../close';
import { startWasm } from '../engine_for_tests';
import { golden } from '../golden';

before(() => startWasm());

const tolerance = 1e-5;
const maxBeta = 0.2;
const upsampling = 'released';

/** Value and gradients of sum(y^2) against the released code; exact derivatives where its own are not. */
async function compare(name: string, layer: tf.layers.Layer, prefix = ''): Promise<void> {
  const file = golden(name);
  const exact = golden('exact_grads_layers');
  const last = (key: string, from = file) => channelsLast(from.array(key), from.shape(key));
  const x = tf.tensor(last('x').values, last('x').shape);
  layer.build(x.shape);
  const kernel = tf.tensor(file.array(`${prefix}kernel`), file.shape(`${prefix}kernel`));
  layer.setWeights([kernel, tf.tensor1d(file.array(`${prefix}bias`))]);
  assertClose(await (layer.apply(x) as tf.Tensor).data(), last('y').values, tolerance, `${name}: y`);

  const loss = () => tf.square(layer.apply(x) as tf.Tensor).sum() as tf.Scalar;
  const dx = tf.grad((input) => tf.square(layer.apply(input) as tf.Tensor).sum())(x);
  const overridden = `${name}.grad_x`;
  const expected =
    name === 'so3_convolution_up' || name === 'so3_to_s2' ? last(overridden, exact) : last('grad_x');
  assertClose(await dx.data(), expected.values, tolerance, `${name}: gradient by x`);
  const { grads } = tf.variableGrads(loss);
  const [dKernel, dBias] = layer.trainableWeights.map((weight) => grads[(weight.read() as tf.Variable).name]);
  assertClose(
    await dKernel.data(),
    file.array(`grad_${prefix}kernel`),
    tolerance,
    `${name}: gradient by kernel`,
  );
  assertClose(await dBias.data(), file.array(`grad_${prefix}bias`), tolerance, `${name}: gradient by bias`);
}

test('S2 convolution', () =>
  compare('s2_convolution', new S2Conv({ filters: 3, bandOut: 6, maxBeta, upsampling })));

test('SO(3) convolution, bandwidth down', () =>
  compare('so3_convolution_down', new SO3Conv({ filters: 3, bandOut: 4, maxBeta, upsampling })));

test('SO(3) convolution, bandwidth up', () =>
  compare('so3_convolution_up', new SO3Conv({ filters: 3, bandOut: 6, maxBeta, upsampling })));

test('SO(3) shortcut', () =>
  compare('so3_shortcut_down', new SO3Shortcut({ filters: 3, bandOut: 4, upsampling }), 'conv.'));

test('SO(3) to S2', () => compare('so3_to_s2', new SO3ToS2({ filters: 2, bandOut: 8, maxBeta, upsampling })));

test('integral over SO(3)', async () => {
  const file = golden('so3_integrate');
  const x = channelsLast(file.array('x'), file.shape('x'));
  const y = new SO3Integrate().apply(tf.tensor(x.values, x.shape)) as tf.Tensor;
  assertClose(await y.data(), file.array('y'), tolerance, 'integral');
});
