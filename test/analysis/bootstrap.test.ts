import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandOf, bootstrapSaturation, redrawCurves } from '../../src/analysis/bootstrap';
import { curveAt, curveInverse } from '../../src/analysis/curve_fit';
import { type Interval, intervalCaption, intervalOf } from '../../src/analysis/interval';
import { lackOfFit } from '../../src/analysis/lack_of_fit';
import type { Point } from '../../src/analysis/points';
import { fitSaturation } from '../../src/analysis/saturation';
import { imagesWorth, meanInterval } from '../../src/analysis/worth';
import { Random } from '../../src/util/random';
import { draw, laws } from './curves';

function ends(interval: Interval): [number, number] {
  assert.ok(interval.given, intervalCaption(interval));
  return [interval.low, interval.high];
}

const share = (hits: boolean[]) => Math.round((100 * hits.filter(Boolean).length) / hits.length);

for (const seeds of [2, 3, 5])
  test(`intervals of 90 % hold the true limit and the true worth in 85 to 95 % of studies with ${seeds} seeds`, () => {
    const hits: Record<string, boolean[]> = { limit: [], worth: [] };
    const target = curveInverse(laws.power, 65);
    for (let study = 0; study < 200; study++) {
      const random = Random.of(study, 'coverage', seeds);
      const options = { random, resamples: 100, family: 'power' as const };
      const points = draw(laws.power, { noise: 1, seeds, random });
      const runs = Array.from({ length: seeds }, () => ({ score: 65 + random.normal() }));
      const limit = bootstrapSaturation(points, (curve) => curve.limit, options);
      const worth = imagesWorth(points, runs, options).interval;
      if (limit.given) hits.limit.push(limit.low <= 80 && 80 <= limit.high);
      if (worth.given) hits.worth.push(worth.low <= target && target <= worth.high);
    }
    for (const [what, own] of Object.entries(hits)) {
      assert.ok(own.length > 190, `${what}: ${own.length} intervals of 200`);
      assert.ok(share(own) >= 85 && share(own) <= 95, `${what}: ${share(own)} %`);
    }
  });

test('on a straight line the bootstrap gives the interval of Student', () => {
  // At the middle of the amounts the line's score is the mean of the 8 points: +- t(6 degrees, 95 %) s / sqrt(8).
  const points = draw(laws.straight, { noise: 1 });
  const fit = fitSaturation(points, { family: 'straight' });
  const middle = Math.sqrt(500 * 64000);
  const options = { random: Random.of(3), resamples: 4000, family: 'straight' as const };
  const [low, high] = ends(bootstrapSaturation(points, (curve) => curveAt(curve, middle), options));
  const expected = (1.943 * fit.rmse * Math.sqrt(8 / 6)) / Math.sqrt(8);
  assert.ok(Math.abs((high - low) / 2 / expected - 1) < 0.06, `+-${(high - low) / 2}, Student +-${expected}`);
});

test('the mean of a few runs has the interval of Student, cut for two runs', () => {
  const scores = [70, 72, 71, 69.5, 73];
  for (const [count, t] of [[3, 2.92], [5, 2.132]]) {
    const some = scores.slice(0, count);
    const mean = some.reduce((sum, x) => sum + x, 0) / count;
    const error = Math.sqrt(some.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1) / count);
    const [low, high] = ends(meanInterval(some, 0.9, Random.of(1)));
    assert.ok(Math.abs((high - low) / (2 * t * error) - 1) < 0.1, `${count} runs: ${low} to ${high}`);
  } // biome-ignore format: pairs
  const [low, high] = ends(meanInterval([70, 72], 0.9, Random.of(1)));
  assert.ok(high - low > 2 * 4.5 && high - low < 2 * 6.2, `${low} to ${high}: Student's are 71 +- 6.31`);
  assert.equal(meanInterval([70], 0.9, Random.of(1)).given, false);
});

test('an interval is narrower with less noise and a lower level, and repeats with its seed', () => {
  const limit = (noise: number, level?: number) => {
    const points = draw(laws.power, { noise, seeds: 2 });
    return ends(
      bootstrapSaturation(points, (curve) => curve.limit, { random: Random.of(1), resamples: 100, level }),
    );
  };
  const width = ([low, high]: [number, number]) => high - low;
  assert.ok(width(limit(0.1)) < width(limit(1)) / 4);
  assert.ok(width(limit(1, 0.5)) < width(limit(1)) / 1.5);
  assert.deepEqual(limit(1), limit(1));
});

test('resamples choose their family anew: a limit is not taken for certain because one family has one', () => {
  const slow = { ...laws.power, base: 30, shape: [0.25], limit: 70 };
  const points = draw(slow, { noise: 1, seeds: 2 });
  const fit = fitSaturation(points);
  const redrawn = redrawCurves(points, fit, { random: Random.of(1), resamples: 60 });
  assert.ok('curves' in redrawn && new Set(redrawn.curves.map(({ family }) => family)).size > 1);
  const forced = redrawCurves(points, fit, { random: Random.of(1), resamples: 60, family: fit.family });
  assert.ok('curves' in forced && new Set(forced.curves.map(({ family }) => family)).size === 1);
});

test('no interval, and the reason, where the fit lies at a bound or the runs are too few', () => {
  const options = { random: Random.of(1), resamples: 50 };
  const reason = (points: Point[], family?: 'power' | 'logistic') => {
    const interval = bootstrapSaturation(points, (curve) => curve.limit, { ...options, family });
    assert.ok(!interval.given);
    return intervalCaption(interval);
  };
  const falling = draw(laws.power).map(({ images, score }) => ({ images, score: 100 - score }));
  assert.equal(reason(falling), 'No interval: the fitted curve lies at a bound: no rise');
  const few = draw(laws.power, { noise: 1 }).filter(({ images }) => images <= 4000);
  assert.equal(reason(few, 'power'), 'No interval: 4 runs are too few for a curve of 3 numbers');
});

test('no interval where the curve misses the points by more than they scatter', () => {
  const bent = draw(laws.logistic, { noise: 0.3, seeds: 3 }).filter(({ images }) =>
    [500, 2000, 8000, 32_000].includes(images),
  );
  const interval = bootstrapSaturation(bent, (curve) => curve.limit, { random: Random.of(1), resamples: 20 });
  assert.match(
    intervalCaption(interval),
    /^No interval: the \w+ curve misses the points by more than they scatter$/,
  );
});

test('the F test rejects one true curve in ten at a tenth, and false ones', () => {
  const rejected = (law: keyof typeof laws) =>
    Array.from({ length: 200 }, (_, study) => {
      const random = Random.of(study, 'fit');
      const points = draw(laws[law], { noise: 1, seeds: 3, random });
      return lackOfFit(points, fitSaturation(points, { family: 'straight' })) > 1.2816;
    });
  assert.ok(Math.abs(share(rejected('straight')) - 10) <= 5, `${share(rejected('straight'))} % of true ones`);
  assert.equal(share(rejected('power')), 100);
});

test('a caption says how much an interval holds and how it was made', () => {
  const points = draw(laws.power, { noise: 1 });
  const interval = bootstrapSaturation(points, (curve) => curve.limit, {
    random: Random.of(1),
    resamples: 20,
  });
  assert.equal(
    intervalCaption(interval),
    '90 % interval: scores drawn again about the fitted curve, its family chosen anew each time, the true curve taken to be of one of them',
  );
});

test('an interval leaves out equal shares at both ends, infinite values included', () => {
  const values = Array.from({ length: 101 }, (_, i) => (i > 97 ? Number.POSITIVE_INFINITY : i));
  assert.deepEqual(ends(intervalOf(values, 0.9, '')), [5, 95]);
  assert.deepEqual(ends(intervalOf(values, 0.98, '')), [1, Number.POSITIVE_INFINITY]);
});

test('a band holds its curve and widens beyond the data', () => {
  const points = draw(laws.power, { noise: 1, seeds: 3 });
  const fit = fitSaturation(points);
  const redrawn = redrawCurves(points, fit, { random: Random.of(1), resamples: 100 });
  assert.ok('curves' in redrawn);
  const [inside, beyond] = bandOf(redrawn.curves, [8000, 256_000], 0.9);
  assert.ok(inside[0] < curveAt(fit, 8000) && curveAt(fit, 8000) < inside[1]);
  assert.ok(beyond[1] - beyond[0] > inside[1] - inside[0]);
});

test('levels and numbers of resamples that make no sense are refused', () => {
  const points = draw(laws.power, { noise: 1 });
  const random = Random.of(1);
  assert.throws(
    () => bootstrapSaturation(points, (c) => c.limit, { random, level: 90 }),
    /level between 0 and 1/,
  );
  assert.throws(() => bootstrapSaturation(points, (c) => c.limit, { random, resamples: 0 }), /resamples/);
});

test('a curve misses points of seeds that agree exactly, unless it passes through them', () => {
  const twice = (scores: number[]) =>
    scores.flatMap((score, i) => [1, 2].map(() => ({ images: 500 * 2 ** i, score })));
  const jagged = twice([10, 40, 12, 45, 14, 50]);
  assert.equal(lackOfFit(jagged, fitSaturation(jagged, { family: 'straight' })), Number.POSITIVE_INFINITY);
  const options = { random: Random.of(1), resamples: 20 };
  assert.match(intervalCaption(bootstrapSaturation(jagged, (curve) => curve.limit, options)), /^No interval/);
  for (const law of Object.values(laws)) {
    const exact = [...draw(law), ...draw(law), ...draw(law)];
    assert.equal(lackOfFit(exact, fitSaturation(exact)), Number.NEGATIVE_INFINITY, law.family);
  }
});

test('an unknown option, no generator, and a statistic that is no number are refused', () => {
  const points = draw(laws.power, { noise: 1 });
  const random = Random.of(1);
  const bootstrap = (options: object, statistic = Number.NaN) =>
    bootstrapSaturation(points, () => statistic, options as { random: Random });
  assert.throws(() => bootstrap({ random, sample: 20 }), /unknown key of bootstrapSaturation "sample"/);
  assert.throws(() => bootstrap({}), /bootstrapSaturation: random: expected a generator/);
  assert.throws(() => bootstrap({ random, resamples: 20 }), /expected a statistic that is a number, got NaN/);
  assert.ok(bootstrap({ random, resamples: 20 }, Number.POSITIVE_INFINITY).given);
});
