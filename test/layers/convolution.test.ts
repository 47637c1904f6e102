import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { wasmHeap } from '../../src/engine/wasm/memory/heap';
import { Down } from '../../src/layers/down';
import { groupPoints, kernelGrid, spherePoints } from '../../src/layers/kernel_grid';
import { S2Conv } from '../../src/layers/s2_conv';
import { SO3Conv } from '../../src/layers/so3_conv';
import { SO3Integrate } from '../../src/layers/so3_integrate';
import { SO3Shortcut } from '../../src/layers/so3_shortcut';
import { SO3ToS2 } from '../../src/layers/so3_to_s2';
import { s2Synthesis, so3SpectrumSize, so3Synthesis } from '../../src/math/transform';
import { Random } from '../../src/util/random';
import { assertClose } from '../close';
import { startWasm } from '../engine_for_tests';
import { golden } from '../golden';
import { directConvolution, groupValue, sphereValue } from '../reference/convolution';

before(() => startWasm());

const random = Random.of(3, 'convolution test');
const normal = (n: number) => Float64Array.from({ length: n }, () => random.normal());

/** Signals [channel][point] as a batch of one, channels last. */
function batchOfOne(signals: Float64Array[], shape: number[]): tf.Tensor {
  const channels = signals.length;
  const values = Float32Array.from(
    { length: channels * signals[0].length },
    (_, i) => signals[i % channels][Math.floor(i / channels)],
  );
  return tf.tensor(values, [1, ...shape, channels]);
}

test('the filter grids agree with the golden points', () => {
  const file = golden('grids');
  assertClose(spherePoints(kernelGrid(0.2)).flat(), file.array('s2_max_beta_0.2pi'), 2e-6);
  assertClose(groupPoints(kernelGrid(0.2)).flat(), file.array('so3_max_beta_0.2pi'), 2e-6);
});

test('S2 convolution is a weighted sum over the points of the filter', async () => {
  const [b, bandOut] = [4, 3];
  for (const filters of [1, 5]) {
    const spectra = [normal(bandOut ** 2), normal(bandOut ** 2)];
    const x = batchOfOne(
      spectra.map((s) => s2Synthesis(s, b)),
      [8, 8],
    );
    const layer = new S2Conv({ filters, bandOut, maxBeta: 0.3 });
    const z = await (layer.apply(x) as tf.Tensor).data();
    const points = spherePoints(kernelGrid(0.3)).map(([beta, alpha]) => [beta, alpha, 0] as const);
    const scale = (2 * b) / (bandOut * Math.sqrt(points.length * 2));
    const kernel = await layer.getWeights()[0].data();
    assertClose(z, directConvolution(spectra, bandOut, kernel, points, scale, bandOut, sphereValue), 1e-5);
  }
});

test('SO(3) convolution is a weighted sum over the points of the filter', async () => {
  const b = 2;
  for (const [inputs, filters] of [
    [1, 1],
    [2, 6],
    [5, 3],
  ]) {
    const spectra = Array.from({ length: inputs }, () => normal(so3SpectrumSize(b)));
    const x = batchOfOne(
      spectra.map((s) => so3Synthesis(s, b, b)),
      [4, 4, 4],
    );
    const layer = new SO3Conv({ filters, bandOut: 2, maxBeta: 0.4 });
    const z = await (layer.apply(x) as tf.Tensor).data();
    const points = groupPoints(kernelGrid(0.4));
    const scale = 1 / Math.sqrt(points.length * inputs);
    const kernel = await layer.getWeights()[0].data();
    assertClose(z, directConvolution(spectra, b, kernel, points, scale, 2, groupValue), 1e-5);
  }
});

/**
 * Without ReLU a layer is linear in x, in the kernel and in the bias, so finite differences are exact:
 * f(p + d) - f(p) = <gradient, d> for f = <y, cotangent>.
 */
async function checkGradients(layer: tf.layers.Layer, shape: number[]): Promise<void> {
  const x = tf.randomNormal(shape, 0, 1, 'float32', 11);
  const y = layer.apply(x) as tf.Tensor;
  const cotangent = tf.randomNormal(y.shape, 0, 1, 'float32', 12);
  const variables = layer.trainableWeights.map((w) => w.read() as tf.Variable);
  const value = async (input: tf.Tensor) =>
    (
      await tf
        .mul(layer.apply(input) as tf.Tensor, cotangent)
        .sum()
        .data()
    )[0];
  const dx = tf.grad((input) => tf.mul(layer.apply(input) as tf.Tensor, cotangent).sum())(x);
  const { grads } = tf.variableGrads(() => tf.mul(layer.apply(x) as tf.Tensor, cotangent).sum() as tf.Scalar);
  const base = await value(x);
  const size = Math.abs(base) + (await y.norm().data())[0] * (await cotangent.norm().data())[0];

  const direction = tf.randomNormal(shape, 0, 1, 'float32', 13);
  const predicted = (await tf.mul(dx, direction).sum().data())[0];
  assert.ok(Math.abs((await value(x.add(direction))) - base - predicted) < 1e-5 * size, 'gradient by x');
  for (const variable of variables) {
    const old = variable.clone();
    const step = tf.randomNormal(variable.shape, 0, 1, 'float32', 14);
    const expected = (await tf.mul(grads[variable.name], step).sum().data())[0];
    variable.assign(old.add(step));
    const difference = (await value(x)) - base;
    variable.assign(old as tf.Tensor);
    assert.ok(
      Math.abs(difference - expected) < 1e-5 * size,
      `gradient by ${variable.name}: ${difference}, ${expected}`,
    );
  }
}

test('gradients agree with finite differences, bandwidth down, level and up, finer grids, both kinds of upsampling', async () => {
  for (const [bandOut, grids] of [
    [2, {}],
    [3, { bandIn: 2, gridOut: 4 }],
    [5, {}],
  ] as const)
    for (const upsampling of ['exact', 'released'] as const) {
      const size = { filters: 5, bandOut, ...grids, upsampling };
      await checkGradients(new S2Conv({ ...size, maxBeta: 0.3 }), [2, 6, 6, 2]);
      await checkGradients(new SO3Conv({ ...size, maxBeta: 0.3 }), [2, 6, 6, 6, 3]);
      await checkGradients(new SO3Shortcut(size), [2, 6, 6, 6, 3]);
      await checkGradients(new SO3ToS2({ ...size, maxBeta: 0.3 }), [2, 6, 6, 6, 3]);
    }
});

test('so they do for any number of filters, which kernels take four at a time, and beyond eight orders', async () => {
  for (const filters of [1, 2, 3, 4, 6, 7])
    await checkGradients(new SO3Conv({ filters, bandOut: 3, maxBeta: 0.3 }), [1, 6, 6, 6, 2]);
  await checkGradients(new SO3Conv({ filters: 5, bandOut: 10, maxBeta: 0.3 }), [1, 20, 20, 20, 2]);
});

test('a batch is its samples one by one, in value and gradients, however it is divided', () => {
  const size = { filters: 5, bandOut: 3, activation: 'relu' } as const;
  const cases: [tf.layers.Layer, number[]][] = [
    [new S2Conv({ ...size, maxBeta: 0.3 }), [6, 6, 2]],
    [new SO3Conv({ ...size, maxBeta: 0.3 }), [6, 6, 6, 3]],
    [new SO3Shortcut(size), [6, 6, 6, 3]],
    [new SO3ToS2({ ...size, maxBeta: 0.3 }), [6, 6, 6, 3]],
  ];
  for (const [layer, shape] of cases) {
    const batch = tf.randomNormal([9, ...shape], 0, 1, 'float32', 31);
    const all = layer.apply(batch) as tf.Tensor;
    const cotangents = tf.randomNormal(all.shape, 0, 1, 'float32', 32);
    const gradients = (x: tf.Tensor, cotangent: tf.Tensor) => {
      const objective = (input: tf.Tensor) => tf.mul(layer.apply(input) as tf.Tensor, cotangent).sum();
      const { grads } = tf.variableGrads(() => objective(x) as tf.Scalar);
      return [tf.grad(objective)(x), ...Object.values(grads)];
    };
    const [dx, ...dWeights] = gradients(batch, cotangents);
    const singles = tf.split(batch, 9).map((x, i) => gradients(x, cotangents.slice([i], [1])));
    const name = layer.getClassName();
    const ones = tf.concat(tf.split(batch, 9).map((x) => layer.apply(x) as tf.Tensor));
    assertClose(all.dataSync(), ones.dataSync(), 1e-6, `${name}: values`);
    assertClose(
      dx.dataSync(),
      tf.concat(singles.map(([one]) => one)).dataSync(),
      1e-6,
      `${name}: gradient by x`,
    );
    dWeights.forEach((sum, i) => {
      const added = tf.addN(singles.map(([, ...one]) => one[i]));
      assertClose(sum.dataSync(), added.dataSync(), 1e-5, `${name}: gradient by weight ${i}`);
    });
  }
});

test('a fused ReLU hides no NaN', async () => {
  for (const channels of [1, 8]) {
    const layer = new SO3Conv({ filters: channels, bandOut: 3, maxBeta: 0.3, activation: 'relu' });
    const values = await (layer.apply(tf.fill([1, 6, 6, 6, 2], Number.NaN)) as tf.Tensor).data();
    assert.ok(values.every(Number.isNaN));
  }
});

test('a fused ReLU is a ReLU, in value and in gradient', async () => {
  const config = { filters: 3, bandOut: 3, maxBeta: 0.3 };
  const [fused, plain] = [new SO3Conv({ ...config, activation: 'relu' }), new SO3Conv(config)];
  const x = tf.randomNormal([2, 6, 6, 6, 2], 0, 1, 'float32', 21);
  const relu = (input: tf.Tensor) => tf.relu(plain.apply(input) as tf.Tensor);
  assertClose(await (fused.apply(x) as tf.Tensor).data(), await relu(x).data(), 1e-6);
  plain.setWeights(fused.getWeights());
  const of = (f: (input: tf.Tensor) => tf.Tensor) =>
    tf.grad((input: tf.Tensor) => f(input).square().sum())(x);
  assertClose(await of((input) => fused.apply(input) as tf.Tensor).data(), await of(relu).data(), 1e-5);
});

test('the integral of 1 over the group is 1', async () => {
  const y = new SO3Integrate().apply(tf.ones([2, 10, 10, 10, 3])) as tf.Tensor;
  assertClose(await y.data(), new Array(6).fill(1), 5e-6);
});

test('whole numbers and truth values are read as numbers', () => {
  const layers = [
    new S2Conv({ filters: 2, bandOut: 3, maxBeta: 0.3 }),
    new Down({ filters: 2, kernelSize: 3, strides: 1 }),
  ];
  const values = Array.from({ length: 64 }, (_, i) => (i * 7) % 5);
  for (const layer of layers)
    for (const dtype of ['int32', 'bool'] as const) {
      const x = tf.tensor4d(dtype === 'bool' ? values.map((v) => v % 2) : values, [1, 8, 8, 1], dtype);
      const [actual, expected] = [x, x.toFloat()].map((input) =>
        (layer.apply(input) as tf.Tensor).dataSync(),
      );
      assert.ok(expected.some((value) => value > 0.01));
      assertClose(actual, expected, 0, `${layer.getClassName()} of ${dtype}`);
    }
});

test('what no layer casts is refused by our kernels: no kernel reads numbers of another type', () => {
  const float = tf.ones([2, 3]);
  const whole = tf.ones([2, 3], 'int32');
  const inputs = { a: float, b: whole };
  assert.throws(() => tf.engine().runKernel('RectifySum', inputs), /expected a tensor of float32, got int32/);
  const labels = tf.tensor1d([0, 1]);
  assert.throws(
    () => tf.engine().runKernel('SoftmaxCrossEntropy', { logits: float, labels }),
    /expected a tensor of int32, got float32/,
  );
});

test('gradients are computed where they are asked for: none by the image of a first layer', () => {
  const layers: [tf.layers.Layer, string][] = [
    [new SO3Conv({ filters: 2, bandOut: 3, maxBeta: 0.3 }), 'spherical'],
    [new Down({ filters: 2, kernelSize: 3, strides: 1 }), 'plain'],
  ];
  for (const [layer, kind] of layers) {
    const x = tf.ones(kind === 'plain' ? [1, 8, 8, 1] : [1, 6, 6, 6, 1]);
    layer.apply(x);
    const loss = () => (layer.apply(x) as tf.Tensor).square().sum() as tf.Scalar;
    let made = 0;
    const heap = wasmHeap();
    const output = heap.output.bind(heap);
    heap.output = (shape, ...rest) => {
      if (shape.join() === x.shape.join()) made++;
      return output(shape, ...rest);
    };
    try {
      tf.variableGrads(loss);
    } finally {
      heap.output = output;
    }
    assert.equal(made, 0, kind);
  }
});

test('a wrong shape is told in one line', () => {
  assert.throws(() => new SO3Conv({ filters: 1, bandOut: 2, maxBeta: 0.2 }).apply(tf.zeros([2, 4, 4, 1])), {
    message: 'so3Conv: expected [batch, 2b, 2b, 2b, channels], got [2, 4, 4, 1]',
  });
  assert.throws(() => new S2Conv({ filters: 1, bandOut: 2, maxBeta: 3 }), /maxBeta is in units of pi/);
});
