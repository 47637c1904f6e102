import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPaperCurves } from '../../src/analysis/paper';
import { type Point, pointsOf } from '../../src/analysis/points';
import { equivalentImages, fitSaturation, type SaturationFit, scoreAt } from '../../src/analysis/saturation';
import { Random } from '../../src/util/random';
import { amounts, draw, laws } from './curves';

const near = (actual: number, expected: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);

const withScores = (scores: number[]) => amounts.map((images, i) => ({ images, score: scores[i] }));

test('the curve of the paper that lies flat at 49.4 tends to 49 to 51', () => {
  const curve = readPaperCurves().filter(
    (p) => p.task === 'segmentation' && p.dataset === 'mnist' && p.trainRotated && p.model === 'CNN 218k',
  );
  const fit = fitSaturation(pointsOf(curve));
  assert.ok(fit.limit > 49 && fit.limit < 51, `limit ${fit.limit}`);
  assert.deepEqual([fit.family, fit.atBound, curve.length], ['logistic', false, 12]);
  assert.deepEqual(equivalentImages(fit, 73.67), {
    answerable: false,
    why: 'limit',
    reason: `its curve tends to ${fit.limit.toFixed(1)} %`,
  });
});

for (const family of ['straight', 'power', 'logistic'] as const)
  test(`points on a ${family} curve give it back, chosen among all families`, () => {
    const law = laws[family];
    const fit = fitSaturation(draw(law));
    assert.equal(fit.family, family);
    for (const n of [300, 1000, 64_000, 256_000]) near(scoreAt(fit, n), scoreAt(law, n), 1e-3, `at ${n}`);
    assert.ok(fit.rmse < 1e-4 && fit.heldOut! < 1e-2, `rmse ${fit.rmse}, held out ${fit.heldOut}`);
    assert.ok(fit.limit === law.limit || Math.abs(fit.limit - law.limit) < 1e-3, `limit ${fit.limit}`);
    assert.ok(!fit.atBound);
  });

test('no other parameters near a fit describe noisy points better', () => {
  for (const family of ['straight', 'power', 'logistic'] as const) {
    const points = draw(laws[family], { noise: 1, seeds: 2 });
    const fit = fitSaturation(points, { family });
    const error = (f: SaturationFit) =>
      points.reduce((sum, { images, score }) => sum + (score - scoreAt(f, images)) ** 2, 0);
    near(Math.sqrt(error(fit) / points.length), fit.rmse, 1e-9, 'rmse');
    for (const factor of [0.99, 1.01]) {
      const others = [
        { ...fit, base: factor * fit.base },
        { ...fit, gain: factor * fit.gain },
        ...fit.shape.map((_, k) => ({ ...fit, shape: fit.shape.map((v, i) => (i === k ? factor * v : v)) })),
      ];
      for (const other of others) assert.ok(error(other) > error(fit), `${family}: a better fit beside it`);
    }
  }
});

test('heldOut is the error at the largest n of the curve fitted without it', () => {
  const points = draw(laws.power, { noise: 1, seeds: 3 });
  const largest = Math.max(...amounts);
  const before = fitSaturation(
    points.filter(({ images }) => images < largest),
    { family: 'power' },
  );
  const held = points
    .filter(({ images }) => images === largest)
    .map(({ score }) => score - scoreAt(before, largest));
  const expected = Math.sqrt(held.reduce((sum, error) => sum + error ** 2, 0) / 3);
  near(fitSaturation(points, { family: 'power' }).heldOut!, expected, 1e-9, 'heldOut');
});

test('the family that foretells the largest n is chosen, though another fits all points better', () => {
  const points = withScores([10, 22, 30, 36, 40, 43, 45, 52]);
  const [chosen, bent] = [fitSaturation(points), fitSaturation(points, { family: 'power' })];
  assert.ok(bent.rmse < chosen.rmse && chosen.heldOut! < bent.heldOut!);
  assert.equal(chosen.family, 'straight');
});

test('families that foretell it equally well, up to the scatter, are told apart by all points', () => {
  const points = withScores([20, 21, 22, 26, 34, 42, 47, 53]);
  const [chosen, line] = [fitSaturation(points), fitSaturation(points, { family: 'straight' })];
  assert.ok(line.heldOut! < chosen.heldOut! && chosen.heldOut! < line.heldOut! + 1);
  assert.equal(chosen.family, 'logistic');
});

test('three amounts settle a straight line only, and a forced power law says that nothing was held out', () => {
  const points = draw(laws.power).filter(({ images }) => images <= 2000);
  assert.equal(fitSaturation(points).family, 'straight');
  assert.equal(fitSaturation(points, { family: 'power' }).heldOut, null);
});

test('a limit that the points do not settle is at its bound', () => {
  const slow = amounts.map((images) => ({ images, score: 120 - 110 * (images / 500) ** -0.08 }));
  const fit = fitSaturation(slow, { family: 'power' });
  assert.deepEqual([fit.limit, fit.atBound, fit.bounds], [100, true, ['limit 100 %']]);
  const answer = equivalentImages(fit, 35);
  assert.ok(!answer.answerable && answer.why === 'bound' && /bound: limit 100 %/.test(answer.reason));
});

test('a step is the steepest curve of the search, and not chosen', () => {
  const step = amounts.map((images) => ({ images, score: images < 5000 ? 20 : 60 }));
  const fit = fitSaturation(step, { family: 'logistic' });
  assert.ok(fit.atBound && fit.bounds.includes('steepness 8'), `${fit.bounds}`);
  assert.notEqual(fitSaturation(step).family, 'logistic');
});

test('a falling curve is fitted by a level, and said not to rise', () => {
  const fit = fitSaturation(amounts.map((images, i) => ({ images, score: 50 - i })));
  near(fit.limit, 46.5, 1e-9, 'limit');
  assert.deepEqual([fit.gain, fit.bounds], [0, ['no rise']]);
});

test('points that cannot be fitted are refused', () => {
  const two = [1, 1, 2].map((images) => ({ images, score: images }));
  assert.throws(() => fitSaturation(two), /expected at least 3 different numbers of images, got 2/);
  assert.throws(() => fitSaturation(draw(laws.power).slice(0, 3), { family: 'logistic' }), /at least 4 diff/);
  for (const bad of [
    { images: 0, score: 1 },
    { images: 8, score: Number.NaN },
  ])
    assert.throws(() => fitSaturation([...draw(laws.power), bad]), /expected a number of images and a score/);
  assert.throws(() => fitSaturation(draw(laws.power), { family: 'powr' as 'power' }), /did you mean "power"/);
  assert.throws(() => fitSaturation(draw(laws.power), { famly: 'power' } as object), /did you mean "family"/);
});

test('equivalentImages inverts the curve of every family', () => {
  for (const law of Object.values(laws)) {
    const fit = fitSaturation(draw(law));
    for (const n of [700, 3000, 90_000]) {
      const answer = equivalentImages(fit, scoreAt(fit, n));
      assert.ok(answer.answerable);
      near(answer.images / n, 1, 1e-9, fit.family);
    }
  }
});

test('equivalentImages goes four times beyond the data, up and down, and no farther', () => {
  const fit = fitSaturation(draw(laws.straight));
  const why = (n: number) => {
    const answer = equivalentImages(fit, scoreAt(fit, n));
    return answer.answerable ? 'answerable' : answer.why;
  };
  assert.deepEqual(
    [120, 130, 255_000, 257_000].map(why),
    ['below', 'answerable', 'answerable', 'beyond'],
  ); // biome-ignore format: one list
});

test('equivalentImages does not answer for runs that had not converged, unless told that they had', () => {
  const points: Point[] = draw(laws.power).map((point, i) => ({ ...point, converged: i > 1 }));
  const fit = fitSaturation(points);
  assert.deepEqual(fit.convergence, { runs: 8, unconverged: 2, unknown: 0 });
  assert.deepEqual(equivalentImages(fit, 60), {
    answerable: false,
    why: 'unconverged',
    reason: '2 of 8 runs had not converged',
  });
  assert.ok(equivalentImages(fit, 60, { converged: true }).answerable);
  assert.ok(equivalentImages(fitSaturation(draw(laws.power)), 60).answerable);
  assert.ok(!equivalentImages(fitSaturation(draw(laws.power)), 60, { converged: false }).answerable);
  assert.throws(() => equivalentImages(fit, Number.NaN), /expected a score in percent, got NaN/);
});

test('a flat curve tends to its level, of every family, though rounding lets it rise', () => {
  const flat = [1, 2, 4, 8].map((images) => ({ images, score: 50 }));
  for (const family of [undefined, 'straight', 'power', 'logistic'] as const) {
    const fit = fitSaturation(flat, { family });
    near(fit.limit, 50, 1e-9, `limit, ${family}`);
    assert.ok(fit.gain === 0 && fit.bounds.includes('no rise'), `${family}: ${fit.gain}, ${fit.bounds}`);
  }
});

test('a rise within the scatter is none: nearly all of 60 noisy flat curves tend to their mean', () => {
  const fits = Array.from({ length: 60 }, (_, study) => {
    const random = Random.of(study, 'flat');
    const points = [...amounts.slice(1), ...amounts.slice(1)].map((images) => ({
      images,
      score: 49.4 + 0.4 * random.normal(),
    }));
    return fitSaturation(points);
  });
  const flat = fits.filter(({ bounds }) => bounds.includes('no rise'));
  assert.ok(flat.length >= 54, `${flat.length} of 60`);
  for (const { limit, atBound } of flat) assert.ok(atBound && Math.abs(limit - 49.4) < 0.5, `limit ${limit}`);
});

test('scores that are no percentages, n that are no numbers of images, and words for true are refused', () => {
  for (const score of [-1, 101])
    assert.throws(
      () => fitSaturation([...draw(laws.power), { images: 8, score }]),
      /^UsageError: fitSaturation: expected scores in percent, got/,
    );
  const fit = fitSaturation(draw(laws.power));
  for (const score of [-1, 101])
    assert.throws(() => equivalentImages(fit, score), /expected a score in percent, got/);
  for (const n of [0, -1, Number.NaN]) assert.throws(() => scoreAt(fit, n), /scoreAt: number of images: exp/);
  assert.throws(
    () => equivalentImages(fit, 60, { converged: 'no' as unknown as boolean }),
    /converged: expected true or false, got no/,
  );
});
