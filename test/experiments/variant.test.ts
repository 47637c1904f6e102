import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExperimentFields } from '../../src/experiments/experiment';
import { experiment } from '../../src/experiments/experiment';
import { gridOf } from '../../src/experiments/grid';
import { tierOf } from '../../src/experiments/tiers';
import { variantOf } from '../../src/experiments/variant';

const [plain] = gridOf(tierOf('study'), { dataset: 'mnist', parts: ['E1'], models: ['s2cnn-204k'] });

test('a network as its preset has it is no variant, whatever the data are', () => {
  for (const e of gridOf(tierOf('study'), { dataset: 'mnist', parts: ['E1', 'E3', 'E7'] }))
    assert.equal(variantOf(e), undefined);
  const faults = gridOf(tierOf('study'), { dataset: 'mnist', parts: ['E8'] }).map(variantOf);
  assert.deepEqual([...new Set(faults)], [undefined, 'upsampling "released"']);
});

test('a changed network says what differs; one without a preset is none', () => {
  const fields = { ...plain, network: { ...plain.network, skips: true } } as ExperimentFields;
  const text = variantOf(experiment(fields)) ?? '';
  assert.ok(text === 'skips true' || text === 'skips default', text);
  assert.equal(variantOf(experiment({ ...fields, model: 'mine' })), undefined);
});
