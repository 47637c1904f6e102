import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summarise } from '../../src/analysis/summary';
import { layOut, resultsTable, tableRows } from '../../src/analysis/table';
import type { StoredResult } from '../../src/results/format';
import { aConfigRow, aFinalRow, anExperiment } from '../experiments/sample';
import { row } from './synthetic';

function result(model: string, seed: number, rotations: number, rotated: number): StoredResult {
  const sittings = [aConfigRow(anExperiment({ model, seed, rotations }))];
  return { sittings, validations: [], final: aFinalRow(rotated, rotated / 2) };
}

describe('results table', () => {
  it('has a line per model and training data, equivariant networks first, with means and spreads', () => {
    const table = resultsTable([
      result('cnn-quick-small', 1, 64, 50),
      result('s2cnn-quick', 1, 0, 80),
      result('cnn-quick-small', 2, 64, 54),
      { ...result('cnn-quick-small', 3, 64, 99), final: undefined },
    ]);
    assert.equal(
      table,
      [
        'segmentation: non-background mIoU in percent (built-in glyphs, bandwidth 8)',
        'model            parameters  training data     rotated   unrotated  converged  time',
        '---------------  ----------  -------------  ----------  ----------  ---------  ----------',
        's2cnn-quick            1234  64 unrotated         80.0        40.0  yes        1 min 30 s',
        'cnn-quick-small        1234  64 rotated     52.0 ± 2.0  26.0 ± 1.0  yes        1 min 30 s',
      ].join('\n'),
    );
  });

  it('is empty without finished experiments', () => {
    assert.equal(resultsTable([]), '');
  });

  it('tells mean and half the range, no range for one seed, and what has not converged', () => {
    const seeds = [row({ seed: 1, scoreRotated: 70 }), row({ seed: 2, scoreRotated: 73, converged: false })];
    const [two] = tableRows(summarise(seeds));
    assert.deepEqual([two.rotated, two.converged], ['71.5 ± 1.5', 'no']);
    const [one] = tableRows(summarise([row()]));
    assert.deepEqual([one.rotated, one.converged], ['70.0', 'yes']);
  });
});

describe('layOut', () => {
  it('puts words to the left and numbers to the right', () => {
    const table = layOut([
      { name: 'a', count: 5, change: '+1.0' },
      { name: 'bcd', count: 1234, change: '-10.0' },
    ]);
    assert.equal(
      table,
      ['name  count  change', '----  -----  ------', 'a         5    +1.0', 'bcd    1234   -10.0'].join('\n'),
    );
  });
});
