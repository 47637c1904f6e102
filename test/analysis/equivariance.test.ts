import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { equivarianceError, interpolationError } from '../../src/analysis/equivariance';
import { rotateByInterpolation } from '../../src/analysis/interpolation';
import { errorsByLayer } from '../../src/lessons/layer_errors';
import { azimuths, betas, quadratureWeights } from '../../src/math/grid';
import { randomRotation, rotationZYZ } from '../../src/math/rotation';
import { rotateS2, rotateSO3 } from '../../src/math/spectral_rotation';
import { s2Analysis, s2Synthesis } from '../../src/math/transform';
import { s2cnn } from '../../src/models/s2cnn';
import { Random } from '../../src/util/random';
import { startWasm } from '../engine_for_tests';

before(() => startWasm());

/** Multiplies a signal by 1 + cos beta / 2, which no rotation leaves alone, and keeps what comes out. */
function tilted(b: number) {
  const factors = Array.from(betas(b), (beta) => 1 + Math.cos(beta) / 2);
  const outputs: Float64Array[] = [];
  const map = (x: tf.Tensor) => {
    const y = tf.mul(x, tf.tensor(factors, [1, 2 * b, ...Array(x.rank - 2).fill(1)]));
    outputs.push(Float64Array.from(y.dataSync()));
    return y;
  };
  return { map, outputs };
}

for (const [where, b, rank, rotate] of [
  ['sphere', 8, 2, rotateS2],
  ['group', 4, 3, rotateSO3],
] as const)
  test(`the error on the ${where} is that of the sums over the grid with quadrature weights`, async () => {
    const { map, outputs } = tilted(b);
    const shape = [...Array(rank).fill(2 * b), 1];
    const { mean } = await equivarianceError(map, shape, { trials: 1, degrees: b - 2, seed: 5 });
    const [plain, rotated] = outputs;
    const expected = rotate(plain, b, randomRotation(Random.of(5, 'equivariance')));
    const weights = quadratureWeights(b);
    const square = (at: (i: number) => number) =>
      plain.reduce((sum, _, i) => sum + weights[Math.floor(i / (2 * b) ** (rank - 1))] * at(i) ** 2, 0);
    const error = Math.sqrt(square((i) => rotated[i] - expected[i]) / square((i) => expected[i]));
    assert.ok(Math.abs(mean / error - 1) < 1e-4, `${mean}, but ${error} over the grid`);
  });

test('what lies on no grid is refused, input or output', async () => {
  const same = (x: tf.Tensor) => x.clone();
  for (const shape of [
    [15, 15, 1],
    [16, 12, 1],
    [16, 1],
    [8, 8, 6, 1],
    [0, 0, 1],
  ])
    await assert.rejects(equivarianceError(same, shape), /^UsageError: grid: expected/);
  const valid = tf.layers.conv2d({ filters: 1, kernelSize: 2, inputShape: [8, 8, 1] }); // leaves 7 of 8
  await assert.rejects(equivarianceError(valid, [8, 8, 1]), /even number of points along each axis, got 7/);
});

test('a map to zero has no error; one to zero before the rotation alone, or to what is not finite, is refused', async () => {
  const zero = await equivarianceError((x) => x.mul(0), [8, 8, 1]);
  assert.deepEqual(zero, { mean: 0, worst: 0 });
  let calls = 0;
  await assert.rejects(
    equivarianceError((x) => x.mul(calls++), [8, 8, 1]),
    /output is zero everywhere/,
  );
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
    await assert.rejects(
      equivarianceError((x) => x.mul(value), [8, 8, 1]),
      /^UsageError: equivarianceError: the output is not finite/,
    );
});

test('options that make no sense are refused, for network and baseline alike', async () => {
  for (const [options, message] of [
    [{ degrees: 5 }, /degrees on a grid of bandwidth 4: expected an integer from 1 to 4, got 5/],
    [{ degrees: 0 }, /degrees on a grid of bandwidth 4/],
    [{ trials: 0 }, /trials: expected an integer of at least 1, got 0/],
    [{ degree: 3 } as object, /did you mean "degrees"/],
  ] as const) {
    await assert.rejects(
      equivarianceError((x) => x.clone(), [8, 8, 1], options),
      message,
    );
    assert.throws(() => interpolationError(4, options), message);
  }
  assert.throws(() => interpolationError(7.5), /bandwidth: expected an integer/);
});

test('interpolation turns a constant without error, and smooth signals with one of second order', () => {
  assert.ok(interpolationError(8, { degrees: 1 }) < 1e-12);
  const [coarse, fine] = [16, 32].map((b) => interpolationError(b, { degrees: 4 }));
  assert.ok(Math.abs(coarse / fine - 4) < 0.4, `${coarse} at twice the grid's step, ${fine} at once`);
});

test('interpolation goes on across the poles: a coordinate of space is turned well everywhere', () => {
  const b = 16;
  const coordinate = (beta: number, alpha: number) => Math.sin(beta) * Math.cos(alpha);
  const x = Array.from(betas(b)).flatMap((beta) =>
    Array.from(azimuths(b), (alpha) => coordinate(beta, alpha)),
  );
  for (const tilt of [0.02, 0.05, 2]) {
    const rotation = rotationZYZ(0.3, tilt, 0.1); // a small tilt takes the points about a pole across it
    const exact = rotateS2(x, b, rotation);
    const worst = Math.max(
      ...rotateByInterpolation(Float64Array.from(x), b, rotation).map((v, i) => Math.abs(v - exact[i])),
    );
    assert.ok(worst < 0.01, `off by ${worst}`); // the square of a step of the grid
  }
});

test('behind each layer: a baseline for maps on the sphere alone, of the degrees of the input', async () => {
  const network = s2cnn({
    task: 'segmentation',
    bandwidth: 8,
    classes: 2,
    features: [2, 2],
    bandLimits: [4, 4],
    maxBeta: [0.4, 0.4, 0.4],
  });
  for (const degrees of [undefined, 3]) {
    const rows = await errorsByLayer(network, { trials: 1, degrees });
    const onSphere = network.layers.filter(({ outputShape }) => outputShape.length === 4).map((l) => l.name);
    const baseline = interpolationError(8, { trials: 1, degrees });
    for (const { layer, error, interpolation } of rows) {
      assert.ok(error > 0);
      assert.equal(interpolation, onSphere.includes(layer) ? baseline : undefined, layer);
    }
    assert.ok(rows.some(({ interpolation }) => interpolation) && rows.some((r) => !('interpolation' in r)));
  }
});

test('a baseline on a coarser grid has as many of the degrees as fit there', async () => {
  const pool = tf.layers.averagePooling2d({ poolSize: 2, inputShape: [16, 16, 1] });
  const [row] = await errorsByLayer(tf.sequential({ layers: [pool] }), { trials: 1, degrees: 6 });
  assert.equal(row.interpolation, interpolationError(4, { trials: 1, degrees: 4 }));
});

test('own signals: cut off at the degrees, one a trial, the same for network and baseline', async () => {
  const random = Random.of(3, 'signals');
  const signals = [0, 1].map(() => Float64Array.from({ length: 256 }, () => random.normal()));
  const { map, outputs } = tilted(8);
  await equivarianceError(map, [16, 16, 1], { signals, degrees: 3 });
  assert.equal(outputs.length, 4, 'two trials');
  const factors = Array.from(betas(8), (beta) => 1 + Math.cos(beta) / 2);
  const cut = s2Synthesis(s2Analysis(signals[1], 8, 3), 8);
  for (const [i, value] of outputs[2].entries())
    assert.ok(Math.abs(value - cut[i] * factors[Math.floor(i / 16)]) < 1e-5, `point ${i}`);
  const constant = new Float64Array(256).fill(2);
  assert.ok(interpolationError(8, { signals: [constant] }) < 1e-12);
  assert.ok(interpolationError(8, { signals }) > 0.1);
  const wide = (x: tf.Tensor) => x.clone();
  await assert.rejects(equivarianceError(wide, [16, 16, 2], { signals }), /signals have one channel/);
  await assert.rejects(
    equivarianceError(wide, [16, 16, 1], { signals, trials: 3 }),
    /trials: expected an integer from 1 to 2/,
  );
  const [row] = await errorsByLayer(
    tf.sequential({ layers: [tf.layers.averagePooling2d({ poolSize: 2, inputShape: [16, 16, 1] })] }),
    { signals },
  );
  const onFour = signals.map((signal) => s2Synthesis(s2Analysis(signal, 8, 4), 4));
  assert.equal(row.interpolation, interpolationError(4, { signals: onFour, degrees: 4 }));
});
