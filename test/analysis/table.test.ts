import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { resultsTable } from '../../src/analysis/table';
import type { StoredResult } from '../../src/results/store';
import { aConfigRow, aFinalRow, anExperiment } from '../experiments/sample';

function result(model: string, seed: number, rotations: number, rotated: number): StoredResult {
  const config = aConfigRow('a', anExperiment({ model, seed, rotations }));
  return { config, epochs: [], final: aFinalRow(rotated, rotated / 2) };
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
        'segmentation: non-background mIoU in percent (glyphs, bandwidth 8)',
        'model            parameters  training data    rotated  unrotated  by area        time',
        '---------------  ----------  -------------  ---------  ---------  -------  ----------',
        's2cnn-quick            1234  64 unrotated        80.0       40.0           1 min 30 s',
        'cnn-quick-small        1234  64 rotated     52.0 ±2.0  26.0 ±1.0           1 min 30 s',
      ].join('\n'),
    );
  });

  it('is empty without finished experiments', () => {
    assert.equal(resultsTable([]), '');
  });
});
