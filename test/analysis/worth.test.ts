import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contestOf } from '../../src/analysis/contest';
import { imagesWorth } from '../../src/analysis/worth';
import { worthOf } from '../../src/lessons/worth';
import type { ResultRow } from '../../src/results/rows';
import { Random } from '../../src/util/random';
import { draw, laws } from './curves';
import { row } from './synthetic';

const runs = [70, 71, 69].map((score) => ({ score }));
const options = () => ({ random: Random.of(1), resamples: 100, family: 'power' as const });

test('the worth is the number of images at which the curve reaches the mean score, within its interval', () => {
  const { answer, interval, level } = imagesWorth(
    draw(laws.power, { noise: 0.5, seeds: 3 }),
    runs,
    options(),
  );
  assert.ok(answer.answerable && Math.abs(answer.images / 8000 - 1) < 0.15, JSON.stringify(answer)); // 40 / sqrt(16) = 10
  assert.ok(interval.given && interval.low < answer.images && answer.images < interval.high);
  assert.match(interval.meaning, /, and the level from its 3 runs$/);
  assert.ok(
    level.score === 70 && level.interval.given && level.interval.low < 69 && level.interval.high > 71,
  );
});

test('the interval grows with the scatter of the equivariant network', () => {
  const width = (scores: number[]) => {
    const points = draw(laws.power, { noise: 0.5, seeds: 3 });
    const { interval } = imagesWorth(
      points,
      scores.map((score) => ({ score })),
      options(),
    );
    return interval.given ? Math.log(interval.high / interval.low) : Number.NaN;
  };
  const [steady, unsteady] = [width([70, 70.1, 69.9]), width([70, 71, 69])];
  assert.ok(unsteady > 2 * steady, `${steady} for steady runs, ${unsteady} for unsteady ones`);
});

test('one equivariant run gives an answer without an interval, and says why', () => {
  const { answer, interval, level } = imagesWorth(
    draw(laws.power, { noise: 0.5 }),
    runs.slice(0, 1),
    options(),
  );
  assert.ok(answer.answerable && !interval.given && !level.interval.given);
  assert.match(interval.reason, /one run does not tell/);
});

test('no answer has no interval, for the same reason', () => {
  const { answer, interval } = imagesWorth(draw(laws.power), [{ score: 90 }, { score: 91 }], options());
  assert.ok(!answer.answerable && answer.why === 'limit');
  assert.deepEqual(interval, { given: false, reason: answer.reason });
});

test('equivariant runs that had not converged give no answer', () => {
  const open = runs.map((run, i) => ({ ...run, converged: i > 0 }));
  const { answer } = imagesWorth(draw(laws.power), open, options());
  assert.deepEqual(answer, {
    answerable: false,
    why: 'unconverged',
    reason: 'of the equivariant network 1 of 3 runs had not converged',
  });
});

test('an end of an interval that lies too far beyond the data is open', () => {
  const { answer, interval } = imagesWorth(
    draw(laws.power, { noise: 1, seeds: 2 }),
    [{ score: 76 }, { score: 79 }],
    options(),
  );
  assert.ok(answer.answerable && interval.given && interval.high === Number.POSITIVE_INFINITY);
});

test('without an equivariant run there is nothing to compare', () => {
  assert.throws(
    () => imagesWorth(draw(laws.power), [], options()),
    /expected runs of an equivariant network/,
  );
});

const plain = (given: Partial<ResultRow>) =>
  [250, 1000, 4000].map((images) =>
    row({ family: 'cnn', model: 'cnn-a', parameters: 1000, images, rotations: images, ...given }),
  );

test('a contest: the S2CNN that never saw a rotation against CNNs that saw nothing else', () => {
  const own = [row({ seed: 1 }), row({ seed: 2 })];
  const others = [
    row({ rotations: 2000, scoreRotated: 99 }), // rotated
    ...[20, 8000].map((images) => row({ images, scoreRotated: 99 })), // far from the fewest of a CNN, which are 250
    { ...row({ scoreRotated: 99 }), run: 'of my own' },
    row({ model: 's2cnn-tiny', parameters: 99, scoreRotated: 1 }), // smaller
  ];
  const unrotated = row({ family: 'cnn', model: 'cnn-a', parameters: 1000, scoreRotated: 99 });
  const small = plain({});
  const large = plain({ model: 'cnn-b', parameters: 9000 });
  const contest = contestOf([...large, ...others, ...own, unrotated, ...small]);
  assert.deepEqual(contest, { equivariant: own, plain: [small, large] });
});

test('a contest leaves out CNNs with less than three amounts, and runs that share rotations more than others', () => {
  const shared = [250, 1000, 4000].map((images) => ({ ...plain({})[0], images, rotations: images / 50 }));
  assert.deepEqual(contestOf([...plain({}), ...shared]).plain, [plain({})]);
  assert.deepEqual(contestOf(shared).plain, [shared]);
  assert.deepEqual(contestOf(plain({}).slice(1)), { equivariant: [], plain: [] });
  assert.deepEqual(contestOf(plain({}).map((own) => ({ ...own, rotations: 0 }))).plain, []);
});

test('options and scores that make no sense are refused', () => {
  const worth = (own: object, scores = [70, 71]) =>
    imagesWorth(
      draw(laws.power),
      scores.map((score) => ({ score })),
      own as ReturnType<typeof options>,
    );
  for (const level of [0, 1, 90, Number.NaN])
    assert.throws(() => worth({ ...options(), level }), /imagesWorth: expected a level between 0 and 1/);
  assert.throws(() => worth({ ...options(), levle: 0.9 }), /did you mean "level"/);
  assert.throws(() => worth({ resamples: 100 }), /imagesWorth: random: expected a generator/);
  for (const score of [Number.NaN, 140])
    assert.throws(() => worth(options(), [70, score]), /imagesWorth: score: expected a number from 0 to 100/);
});

test('a worth mixes no studies', () => {
  const others: Partial<ResultRow>[] = [{ numbers: 99 }, { tier: 'study' }, { task: 'classification' }];
  for (const other of [...others, { dataset: 'mnist' as const }])
    assert.throws(
      () => worthOf([...plain({}), row(), row({ seed: 2, ...other })]),
      new RegExp(`^UsageError: these results mix ${Object.keys(other)[0]} `),
    );
});
