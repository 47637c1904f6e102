import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareResults, spreadOfRepeats } from '../../src/analysis/comparison';
import { row, study } from './synthetic';

const published = study();
/** The same experiments with other scores. */
const shifted = (by: (i: number) => number) =>
  published.map((r, i) => ({ ...r, scoreRotated: r.scoreRotated + by(i) }));

/** The same, each at so many binomial scales from its published score, in turn above and below it. */
const apart = (scales: number, rows = published) =>
  rows.map((r, i) => {
    const sign = i % 2 ? 1 : -1;
    return {
      ...r,
      scoreRotated: r.scoreRotated + sign * scales * Math.sqrt(r.scoreRotated * (100 - r.scoreRotated)),
    };
  });

describe('spreadOfRepeats', () => {
  it('is the root mean square of the differences on the scale of the score, for each task', () => {
    const rows = [...published, ...study('classification')];
    const again = [...apart(0.01), ...apart(0.02, study('classification'))];
    const spread = spreadOfRepeats(rows, again);
    assert.deepEqual(Object.keys(spread).sort(), ['classification', 'segmentation']);
    assert.ok(Math.abs(spread.segmentation - 0.01) < 1e-4);
    assert.ok(Math.abs(spread.classification - 0.02) < 4e-4);
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

  it('is zero of equal scores, those of 0 and 100 among them', () => {
    const ends = [0, 100].map((scoreRotated, seed) => row({ seed, scoreRotated }));
    assert.deepEqual(spreadOfRepeats(ends, ends), { segmentation: 0 });
  });
});

describe('compareResults', () => {
  it('finds the same results equal in every bit', () => {
    const { rows, verdict } = compareResults(published, published, apart(0.01));
    assert.equal(rows.length, published.length);
    assert.ok(rows.every((r) => r.equal && r.inside && r.difference === 0));
    assert.equal(
      verdict,
      'reproduced: 18 of 18 inside the spread, 18 of 18 equal in every bit, largest difference 0.0 points',
    );
  });

  it('finds results equal that are those of the second computation, however far apart the two are', () => {
    const again = shifted((i) => (i === 0 ? 20 : 0.01));
    const { rows, verdict } = compareResults(again, published, again);
    assert.ok(rows.every((r) => r.equal && r.inside));
    assert.match(
      verdict,
      /^reproduced: 18 of 18 .* 18 of 18 equal in every bit, largest difference 20\.0 points$/,
    );
  });

  it('tells what lies inside four deviations from what does not', () => {
    const own = apart(0.039);
    own[0] = { ...own[0], scoreRotated: published[0].scoreRotated - 2.5 };
    const { rows, verdict } = compareResults(own, published, apart(0.01));
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
    assert.ok(compareResults(own, published, published).rows.every(({ equal }) => !equal));
  });

  it('says so where the spread is not known', () => {
    const { rows, verdict } = compareResults(
      shifted(() => 0.5),
      published,
    );
    assert.ok(rows.every((r) => r.inside === undefined));
    assert.match(
      verdict,
      /^compared: 0 of 18 equal in every bit, .*, how far 18 of them may differ is not known$/,
    );
  });

  it('says so where nothing, or not everything, is published', () => {
    const own = row({ seed: 77 });
    assert.match(compareResults([own], published).verdict, /^none of these experiments is published/);
    const { verdict } = compareResults([...published, own], published, apart(0.01));
    assert.match(verdict, /, 1 more are not published$/);
  });
});
