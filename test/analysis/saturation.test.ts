import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootstrapSaturation } from '../../src/analysis/bootstrap';
import { equivalentImages, fitSaturation, type Point, scoreAt } from '../../src/analysis/saturation';
import { Random } from '../../src/util/random';

const amounts = [500, 1000, 2000, 4000, 8000, 16000, 32000, 64000];

function curve(limit: number, amplitude: number, exponent: number, noise = 0, seeds = 1): Point[] {
  const random = Random.of(7, 'noise');
  return Array.from({ length: seeds }, () =>
    amounts.map((n) => ({ n, score: limit - amplitude * n ** -exponent + noise * random.normal() })),
  ).flat();
}

test('a fit of exact points gives back limit, amplitude and exponent', () => {
  for (const [limit, amplitude, exponent] of [
    [90, 900, 0.5],
    [62, 150, 0.25],
    [99, 30_000, 1.2],
  ]) {
    const fit = fitSaturation(curve(limit, amplitude, exponent));
    assert.ok(Math.abs(fit.limit - limit) < 1e-3, `limit ${fit.limit}, not ${limit}`);
    assert.ok(Math.abs(fit.amplitude / amplitude - 1) < 1e-3, `amplitude ${fit.amplitude}, not ${amplitude}`);
    assert.ok(Math.abs(fit.exponent / exponent - 1) < 1e-4, `exponent ${fit.exponent}, not ${exponent}`);
    assert.ok(fit.rmse < 1e-4, `rmse ${fit.rmse}`);
  }
});

test('no other parameters near a fit describe noisy points better', () => {
  const points = curve(80, 700, 0.45, 1);
  const fit = fitSaturation(points);
  const error = (f: { limit: number; amplitude: number; exponent: number }) =>
    points.reduce((sum, { n, score }) => sum + (score - scoreAt({ ...f, rmse: 0 }, n)) ** 2, 0);
  for (const factor of [0.99, 1.01])
    for (const key of ['limit', 'amplitude', 'exponent'] as const)
      assert.ok(error({ ...fit, [key]: fit[key] * factor }) > error(fit), `${key} times ${factor} is better`);
});

test('the limit never lies above 100, and a falling curve is fitted by a level', () => {
  const steep = fitSaturation([
    { n: 100, score: 10 },
    { n: 1000, score: 45 },
    { n: 10000, score: 80 },
  ]);
  assert.ok(steep.limit <= 100);
  const falling = fitSaturation([
    { n: 100, score: 50 },
    { n: 1000, score: 48 },
    { n: 10000, score: 46 },
  ]);
  assert.equal(falling.amplitude, 0);
  assert.equal(falling.limit, 48);
});

test('fewer than three amounts cannot be fitted', () => {
  assert.throws(
    () =>
      fitSaturation([
        { n: 1, score: 1 },
        { n: 1, score: 2 },
        { n: 2, score: 3 },
      ]),
    /three different/,
  );
});

test('equivalentImages inverts the curve, and is infinite at its limit and above', () => {
  const fit = fitSaturation(curve(90, 900, 0.5));
  assert.ok(Math.abs(equivalentImages(fit, scoreAt(fit, 3000)) / 3000 - 1) < 1e-9);
  assert.equal(equivalentImages(fit, fit.limit), Number.POSITIVE_INFINITY);
  assert.equal(equivalentImages(fit, 99), Number.POSITIVE_INFINITY);
});

test('a bootstrap interval holds the true limit, is narrower with less noise, and repeats with its seed', () => {
  const limit = (points: Point[]) =>
    bootstrapSaturation(points, (fit) => fit.limit, { random: Random.of(1, 'bootstrap'), resamples: 200 });
  for (const seeds of [1, 3]) {
    const [rough, fine] = [limit(curve(80, 900, 0.5, 1, seeds)), limit(curve(80, 900, 0.5, 0.1, seeds))];
    assert.ok(rough.low < 80 && 80 < rough.high, `${seeds} seeds: 80 outside ${rough.low} to ${rough.high}`);
    assert.ok(fine.high - fine.low < rough.high - rough.low);
    assert.deepEqual(limit(curve(80, 900, 0.5, 1, seeds)), rough);
  }
});

test('a bootstrap can take infinite values', () => {
  const options = { random: Random.of(2), resamples: 100 };
  const worth = bootstrapSaturation(curve(60, 500, 0.5, 0.5, 2), (fit) => equivalentImages(fit, 75), options);
  assert.equal(worth.low, Number.POSITIVE_INFINITY);
});
