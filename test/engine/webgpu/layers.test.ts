import { type TestContext, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../../src/engine/start';
import { Down } from '../../../src/layers/down';
import { S2Conv } from '../../../src/layers/s2_conv';
import { SO3Conv } from '../../../src/layers/so3_conv';
import { SO3Integrate } from '../../../src/layers/so3_integrate';
import { SO3Shortcut } from '../../../src/layers/so3_shortcut';
import { SO3ToS2 } from '../../../src/layers/so3_to_s2';
import { Up } from '../../../src/layers/up';
import { assertClose } from '../../close';
import { normal } from '../compare';
import { type Output, outputs, startsWebgpu, useShadersOnly } from './here';

/** A layer's value and the gradients of sum(y^2) by input and weights, all weights random, on the running engine. */
function results(make: () => tf.layers.Layer, shape: number[]): Promise<Output[]> {
  const layer = make();
  tf.tidy(() => {
    layer.apply(normal(shape));
    layer.setWeights(layer.weights.map((weight, i) => normal(weight.shape as number[], `weight ${i}`)));
  });
  const weights = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
  return outputs(() => {
    const x = tf.variable(normal(shape));
    const loss = () => tf.square(layer.apply(x) as tf.Tensor).sum() as tf.Scalar;
    const { grads } = tf.variableGrads(loss, [x, ...weights]);
    return [layer.apply(x) as tf.Tensor, ...[x, ...weights].map(({ name }) => grads[name])];
  });
}

async function compare(
  t: TestContext,
  cases: [what: string, make: () => tf.layers.Layer, shape: number[]][],
): Promise<void> {
  if (!(await startsWebgpu(t))) return;
  useShadersOnly();
  for (const [what, make, shape] of cases) {
    await startEngine({ engine: 'webgpu' });
    const actual = await results(make, shape);
    await startEngine({ engine: 'cpu' });
    const expected = await results(make, shape);
    const outputNames = ['value', 'gradient by x', 'gradient by kernel', 'gradient by bias'];
    expected.forEach(({ values }, i) => {
      assertClose(actual[i].values, values, 1e-5, `${what}, ${outputNames[i] ?? `output ${i}`}`);
    });
  }
}

for (const bandOut of [1, 2, 4])
  for (const upsampling of ['exact', 'released'] as const)
    test(`spherical layers from bandwidth 3 to ${bandOut}, ${upsampling}`, (t) => {
      const size = { filters: 2, bandOut, upsampling, activation: 'relu' as const };
      return compare(t, [
        ['S2Conv', () => new S2Conv({ ...size, maxBeta: 0.3 }), [2, 6, 6, 2]],
        ['SO3Conv', () => new SO3Conv({ ...size, maxBeta: 0.3 }), [2, 6, 6, 6, 3]],
        ['SO3Shortcut', () => new SO3Shortcut(size), [2, 6, 6, 6, 2]],
        ['SO3ToS2', () => new SO3ToS2({ ...size, maxBeta: 0.3 }), [2, 6, 6, 6, 1]],
      ]);
    });

test('the integral over the group', (t) =>
  compare(t, [
    ['SO3Integrate', () => new SO3Integrate(), [2, 6, 6, 6, 3]],
    ['SO3Integrate, bandwidth 1', () => new SO3Integrate(), [1, 2, 2, 2, 1]],
  ]));

test("the CNN's blocks, with and without shortcut", (t) =>
  compare(
    t,
    [false, true].flatMap((skip): [string, () => tf.layers.Layer, number[]][] => {
      const size = { filters: 3, kernelSize: 3, strides: 2, skip };
      return [
        [`Down, skip ${skip}`, () => new Down(size), [2, 8, 8, 2]],
        [`Up, skip ${skip}`, () => new Up({ ...size, outputSize: 8, rectify: true }), [2, 3, 3, 2]],
      ];
    }),
  ));
