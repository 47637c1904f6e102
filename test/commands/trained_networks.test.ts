import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { publishedNetworks } from '../../src/commands/trained_networks';
import { startEngine } from '../../src/engine/start';
import { networkNames } from '../../src/results/networks';
import { experimentOf } from '../../src/results/read';

before(() => startEngine());

test('every published network is found by its result, and loads, an S2CNN with a finer grid as well', () => {
  const { results, rows, load } = publishedNetworks();
  assert.equal(rows.length, networkNames().length);
  for (const row of rows) {
    const e = experimentOf(results, row);
    for (const change of row.family === 's2cnn' ? [{}, { oversampling: 2 }] : [{}]) {
      const model = load(e, change);
      assert.equal(model.countParams(), row.parameters);
      model.dispose();
    }
  }
});
