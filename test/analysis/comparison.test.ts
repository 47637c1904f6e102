import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareResults, spreadOfRepeats } from '../../src/analysis/comparison';
import { row, study } from './synthetic';

const published = study();
/** The same experiments with other scores. */
const shifted = (by: (i: number) => number) =>
  published.map((r, i) => ({ ...r, scoreRotated: r.scoreRotated + by(i) }));

describe('spreadOfRepeats', () => {
  it('is three root mean squares of the differences, for each task', () => {
    const rows = [...published, ...study('classification')];
    const again = rows.map((r, i) => ({
      ...r,
      scoreRotated: r.scoreRotated + (r.task === 'segmentation' ? (i % 2 ? 1 : -1) : 0.5),
    }));
    const spread = spreadOfRepeats(rows, again);
    assert.deepEqual(Object.keys(spread).sort(), ['classification', 'segmentation']);
    assert.ok(Math.abs(spread.segmentation - 3) < 1e-12);
    assert.ok(Math.abs(spread.classification - 1.5) < 1e-12);
  });

  it('knows nothing of a task that was not computed twice', () => {
    assert.deepEqual(spreadOfRepeats(published, []), {});
    assert.deepEqual(Object.keys(spreadOfRepeats([...published, ...study('classification')], published)), [
      'segmentation',
    ]);
  });

  it('takes the same experiments alone, with numbers of the same version', () => {
    const other = { ...published[0], scoreRotated: 0 };
    assert.deepEqual(spreadOfRepeats(published, [{ ...other, id: 'another' }]), {});
    assert.deepEqual(spreadOfRepeats(published, [{ ...other, numbers: 99 }]), {});
  });
});

describe('compareResults', () => {
  it('finds the same results equal in every bit', () => {
    const { rows, verdict } = compareResults(published, published, { segmentation: 1 });
    assert.equal(rows.length, published.length);
    assert.ok(rows.every((r) => r.equal && r.inside && r.difference === 0));
    assert.equal(
      verdict,
      'reproduced: 18 of 18 inside the spread, 18 of 18 equal in every bit, largest difference 0.0 points',
    );
  });

  it('tells what lies inside the spread from what does not', () => {
    const own = shifted((i) => (i === 0 ? -2.5 : 0.5));
    const { rows, verdict } = compareResults(own, published, { segmentation: 1 });
    assert.deepEqual(
      rows.map(({ inside }) => inside),
      own.map((_, i) => i > 0),
    );
    assert.ok(rows.every(({ equal }) => !equal));
    assert.equal(rows[0].difference, -2.5);
    assert.match(
      verdict,
      /^not all reproduced: 17 of 18 inside the spread, 0 of 18 equal .*difference 2\.5 points$/,
    );
  });

  it('calls equal what is equal in both scores', () => {
    const own = published.map((r) => ({ ...r, scoreUnrotated: r.scoreUnrotated + 1e-9 }));
    assert.ok(compareResults(own, published, { segmentation: 1 }).rows.every(({ equal }) => !equal));
  });

  it('says so where the spread is not known', () => {
    const { rows, verdict } = compareResults(
      shifted(() => 0.5),
      published,
      {},
    );
    assert.ok(rows.every((r) => r.inside === undefined));
    assert.match(
      verdict,
      /^compared: 0 of 18 equal in every bit, .*, how far 18 of them may differ is not known$/,
    );
  });

  it('says so where nothing, or not everything, is published', () => {
    const own = row({ seed: 77 });
    assert.match(compareResults([own], published, {}).verdict, /^none of these experiments is published/);
    const { verdict } = compareResults([...published, own], published, { segmentation: 1 });
    assert.match(verdict, /, 1 more are not published$/);
  });
});
