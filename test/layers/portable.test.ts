import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../src/engine/start';
import { S2Conv } from '../../src/layers/s2_conv';
import { SO3Conv } from '../../src/layers/so3_conv';
import { SO3Shortcut } from '../../src/layers/so3_shortcut';
import { SO3ToS2 } from '../../src/layers/so3_to_s2';
import type { SphericalLayer } from '../../src/layers/spherical_layer';
import { assertClose } from '../close';

/** Value and gradients of sum(y^2) by x, kernel and bias, on one engine. */
async function results(
  make: () => SphericalLayer,
  shape: number[],
  engine: 'wasm' | 'cpu',
): Promise<Float32Array[]> {
  await startEngine({ engine });
  const layer = make();
  const size = shape.reduce((product, n) => product * n, 1);
  const x = tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(1 + 0.7 * i)),
    shape,
  );
  const loss = (input: tf.Tensor) => tf.square(layer.apply(input) as tf.Tensor).sum();
  const y = layer.apply(x) as tf.Tensor;
  layer.setWeights([
    tf.tensor(
      Float32Array.from({ length: layer.weights[0].read().size }, (_, i) => Math.cos(3 * i)),
      layer.weights[0].shape as number[],
    ),
    tf.tensor(Float32Array.from({ length: layer.weights[1].read().size }, (_, i) => 0.1 * i)),
  ]);
  y.dispose();
  const { grads } = tf.variableGrads(() => loss(x) as tf.Scalar);
  const tensors = [layer.apply(x) as tf.Tensor, tf.grad(loss)(x), ...Object.values(grads)];
  return Promise.all(tensors.map(async (t) => (await t.data()) as Float32Array));
}

test("in TensorFlow.js's own operations the layers give the same values and gradients", async () => {
  for (const [bandOut, grids] of [
    [1, {}],
    [2, { gridOut: 4 }],
    [3, { bandIn: 2 }],
    [5, {}],
  ] as const)
    for (const upsampling of ['exact', 'released'] as const) {
      const size = { filters: 3, bandOut, ...grids, upsampling, activation: 'relu' as const };
      const cases: [string, () => SphericalLayer, number[]][] = [
        ['S2Conv', () => new S2Conv({ ...size, maxBeta: 0.3 }), [2, 6, 6, 2]],
        ['SO3Conv', () => new SO3Conv({ ...size, maxBeta: 0.3 }), [2, 6, 6, 6, 2]],
        ['SO3Shortcut', () => new SO3Shortcut(size), [2, 6, 6, 6, 2]],
        ['SO3ToS2', () => new SO3ToS2({ ...size, maxBeta: 0.3 }), [2, 6, 6, 6, 2]],
      ];
      for (const [name, make, shape] of cases) {
        const fast = await results(make, shape, 'wasm');
        const portable = await results(make, shape, 'cpu');
        for (const [i, what] of [
          'value',
          'gradient by x',
          'gradient by kernel',
          'gradient by bias',
        ].entries())
          assertClose(portable[i], fast[i], 1e-5, `${name} to ${bandOut}, ${upsampling}: ${what}`);
      }
    }
});
