import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { experimentId } from '../../src/experiments/experiment';
import { expectedSeconds, gridOf } from '../../src/experiments/grid';
import { modelsOf, tierNames, tierOf } from '../../src/experiments/tiers';
import { modelNames } from '../../src/models/presets';
import { openStore } from '../../src/results/store';
import { Estimate } from '../../src/running/estimate';
import { aConfigRow, aFinalRow } from './sample';

const quick = gridOf(tierOf('quick'), { dataset: 'mnist' });

describe('tiers', () => {
  for (const name of tierNames) {
    it(`${name}: every experiment is valid and there once`, () => {
      const ids = gridOf(tierOf(name), { dataset: 'mnist' }).map(experimentId);
      assert.ok(ids.length > 0);
      assert.equal(new Set(ids).size, ids.length);
    });
  }

  it('name models that exist', () => {
    for (const name of tierNames)
      for (const model of modelsOf(tierOf(name))) assert.ok(modelNames.includes(model), model);
  });

  it('the quick one holds what the study is about, for both tasks and two seeds', () => {
    for (const task of ['classification', 'segmentation'])
      for (const seed of [1, 2]) {
        const part = quick.filter((e) => e.task === task && e.seed === seed);
        const rotated = part.filter((e) => e.rotations > 0);
        assert.ok(part.some((e) => e.model.startsWith('s2cnn') && e.rotations === 0));
        assert.ok(rotated.every((e) => e.model.startsWith('cnn') && e.rotations === e.images));
        const cnns = [...new Set(rotated.map((e) => e.model))];
        assert.equal(cnns.length, 2);
        for (const cnn of cnns) {
          assert.ok(rotated.filter((e) => e.model === cnn).length >= 4);
          assert.ok(part.some((e) => e.model === cnn && e.rotations === 0));
        }
      }
  });

  it('order experiments so that an early stop leaves whole comparisons', () => {
    const firstOfSeed2 = quick.findIndex((e) => e.seed === 2);
    assert.ok(quick.slice(firstOfSeed2).every((e) => e.seed === 2));
    assert.ok(quick.slice(0, 2).every((e) => e.model.startsWith('s2cnn')));
  });

  it('can be run in part', () => {
    const part = gridOf(tierOf('quick'), {
      dataset: 'glyphs',
      tasks: ['segmentation'],
      models: ['cnn-quick-small'],
      seeds: [7],
    });
    assert.ok(part.length > 0);
    assert.ok(part.every((e) => e.task === 'segmentation' && e.model === 'cnn-quick-small' && e.seed === 7));
    assert.ok(part.every((e) => e.dataset === 'glyphs'));
  });

  it('name what they do not know', () => {
    assert.throws(() => tierOf('qick'), /unknown tier "qick": did you mean "quick"/);
    const unknown = { dataset: 'mnist', models: ['cnn-quick-big'] } as const;
    assert.throws(() => gridOf(tierOf('quick'), unknown), /unknown model of the quick tier "cnn-quick-big"/);
  });
});

describe('estimate', () => {
  const [s2cnn] = quick;
  const cnns = quick.filter((e) => e.model === 'cnn-quick-small' && e.task === s2cnn.task);

  it("is the tier's guess at first", () => {
    const store = openStore(mkdtempSync(join(tmpdir(), 'estimate-')));
    const total = quick.reduce((sum, e) => sum + expectedSeconds(e), 0);
    assert.equal(new Estimate(store, quick).seconds(quick), total);
  });

  it('learns from finished experiments, of the same model before all others', () => {
    const store = openStore(mkdtempSync(join(tmpdir(), 'estimate-')));
    const [first] = cnns;
    store.append(first, aConfigRow(first));
    store.append(first, { ...aFinalRow(), seconds: 3 * expectedSeconds(first), steps: first.steps });
    const estimate = new Estimate(store, quick);
    close(estimate.seconds([cnns[1]]), 3 * expectedSeconds(cnns[1]));
    close(estimate.seconds([s2cnn]), 3 * expectedSeconds(s2cnn));
    estimate.learn(s2cnn, { seconds: expectedSeconds(s2cnn) / 2, steps: s2cnn.steps / 2 });
    close(estimate.seconds([s2cnn]), expectedSeconds(s2cnn));
    close(estimate.seconds([cnns[1]]), 3 * expectedSeconds(cnns[1]));
  });
});

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-9 * expected, `expected ${expected}, got ${actual}`);
}
