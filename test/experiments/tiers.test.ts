import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startEngine } from '../../src/engine/start';
import { type Experiment, experimentId, variantOf } from '../../src/experiments/experiment';
import { faultNames, rotationsOfEach } from '../../src/experiments/fidelity';
import { expectedSeconds, experimentAt, gridOf } from '../../src/experiments/grid';
import type { Series } from '../../src/experiments/tier';
import { modelsOf, partsOf, tierNames, tierOf, tierWith } from '../../src/experiments/tiers';
import { buildNetwork } from '../../src/models/network';
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
    for (const name of ['constructor', '__proto__']) assert.throws(() => tierOf(name), /unknown tier/);
    assert.throws(() => tierOf('qick'), /unknown tier "qick": did you mean "quick"/);
    const unknown = { dataset: 'mnist', models: ['cnn-quick-big'] } as const;
    assert.throws(() => gridOf(tierOf('quick'), unknown), /unknown model of the quick tier "cnn-quick-big"/);
  });
});

describe('the study', () => {
  const study = gridOf(tierOf('study'), { dataset: 'mnist' });
  const part = (name: string) => gridOf(tierOf('study'), { dataset: 'mnist', parts: [name] });

  it('has the parts that are trainings, and nothing outside them', () => {
    const parts = ['E1', 'E10', 'E11', 'E2', 'E3', 'E4', 'E5', 'E7', 'E8', 'anchor'];
    assert.deepEqual(partsOf(tierOf('study')).sort(), parts);
    assert.equal(
      new Set(partsOf(tierOf('study')).flatMap((name) => part(name).map(experimentId))).size,
      study.length,
    );
  });

  it('asks in each part what it is for', () => {
    const both = (experiments: Experiment[]) => new Set(experiments.map((e) => e.network.family)).size === 2;
    for (const [name, task] of [['E1', 'segmentation'], ['E2', 'classification']]) // biome-ignore format: pairs
      assert.ok(both(part(name)) && part(name).every((e) => e.task === task && e.dataset === 'mnist'), name);
    for (const e of [...part('E1'), ...part('E2')])
      assert.equal(e.rotations, e.network.family === 'cnn' ? e.images : 0);
    assert.ok(part('E3').every((e) => e.network.family === 'cnn' && e.rotations === 0));
    assert.ok(
      both(part('E4')) && part('E4').every((e) => e.digitsPerSphere === 4 && e.task === 'segmentation'),
    );
    assert.ok(both(part('E5')) && part('E5').every((e) => e.dataset === 'fashion-mnist'));
    assert.ok(part('E7').every((e) => e.rotations > 0 && e.rotations < e.images));
    const ways = new Set(part('E8').map((e) => e.fidelity));
    assert.deepEqual([...ways].sort(), ['corrected', ...faultNames, 'released'].sort());
    const corrected = part('E8').filter((e) => e.fidelity === 'corrected');
    assert.ok(corrected.every((e) => variantOf(e) === 'upsampling released'));
    assert.deepEqual([...new Set(part('E10').map(variantOf))], ['oversampling 1.5', 'oversampling 2']);
    assert.ok(part('E11').every((e) => variantOf(e) === 'padding azimuth' && e.rotations === e.images));
    const [anchor, ...others] = part('anchor');
    assert.deepEqual(others, []);
    assert.deepEqual([anchor.bandwidth, anchor.steps * anchor.batchSize], [50, 30000]);
    assert.equal(variantOf(anchor), '');
  });

  it('runs its waves one after the other, and in each one seed after the other', () => {
    const waves = (e: Experiment) =>
      tierOf('study')
        .series.filter((s) => fits(s, e))
        .map((s) => s.wave);
    const order = study.map((e) => Math.min(...waves(e)));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    assert.deepEqual([...new Set(order)], [1, 2, 3]);
    const third = study.filter((_, i) => order[i] === 3).map((e) => e.seed);
    assert.deepEqual(
      third,
      [...third].sort((a, b) => a - b),
    );
  });

  it('gives each fault the rotations that go with it', () => {
    for (const e of part('E8').filter(({ rotations }) => rotations > 0)) {
      const isShared = e.fidelity === 'rotations' || e.fidelity === 'released';
      assert.equal(e.rotations, isShared ? Math.ceil(e.images / 500) : e.images, e.fidelity);
    }
  });

  it('leaves out series with a data set of their own where glyphs are asked for', () => {
    const glyphs = gridOf(tierOf('study'), { dataset: 'glyphs' });
    assert.equal(glyphs.length, study.filter(({ dataset }) => dataset !== 'fashion-mnist').length);
    assert.ok(glyphs.every((e) => e.dataset === 'glyphs'));
  });

  it("has networks of the paper's exact sizes, classification within 2 %", async () => {
    await startEngine({ engine: 'cpu' });
    const wanted: Record<string, number> = {
      's2cnn-204k': 204_073,
      'cnn-218k': 218_144,
      'cnn-1m': 1_042_013,
      'cnn-5.5m': 5_519_335,
    };
    const about: Record<string, number> = {
      's2cnn-150k': 150e3,
      'cnn-114k': 114e3,
      'cnn-0.5m': 0.5e6,
      'cnn-2.5m': 2.5e6,
    };
    for (const tier of ['study', 'paper'])
      for (const model of modelsOf(tierOf(tier))) {
        const e = gridOf(tierOf(tier), { dataset: 'mnist', models: [model] })[0];
        const built = buildNetwork(e.network, 1);
        const count = built.countParams();
        built.dispose();
        if (model in wanted) assert.equal(count, wanted[model], `${model} of the ${tier} tier`);
        else assert.ok(Math.abs(count / about[model] - 1) < 0.02, `${model} of the ${tier} tier: ${count}`);
      }
  });
});

/** Whether an experiment is one of a series of the study. */
function fits(series: Series, e: Experiment): boolean {
  const {
    task,
    model,
    images,
    seeds = tierOf('study').seeds,
    dataset = 'mnist',
    digitsPerSphere = 1,
    bandwidth = tierOf('study').bandwidth,
  } = series;
  const rotations = series.rotations === 'each' ? rotationsOfEach(e.images, e.fidelity) : series.rotations;
  return (
    task === e.task &&
    model === e.model &&
    bandwidth === e.bandwidth &&
    dataset === e.dataset &&
    digitsPerSphere === e.digitsPerSphere &&
    rotations === e.rotations &&
    (series.fidelity ?? 'corrected') === e.fidelity &&
    (variantOf(e) === '') === (series.variant === undefined) &&
    images.includes(e.images) &&
    seeds.includes(e.seed)
  );
}

describe('gridOf', () => {
  it('refuses what the tier does not have, and a selection of nothing', () => {
    const of = (choice: object) => () => gridOf(tierOf('study'), { dataset: 'mnist', ...choice });
    assert.throws(of({ parts: ['E9'] }), /unknown part of the study tier "E9"/);
    assert.throws(of({ tasks: ['segment'] }), /unknown task "segment"/);
    assert.throws(of({ seed: [1] }), /unknown key of gridOf "seed": did you mean "seeds"/);
    assert.throws(
      of({ parts: ['E1'], tasks: ['classification'] }),
      /has no experiments of classification, E1 on mnist/,
    );
    assert.throws(of({ dataset: 'glyphs', parts: ['E5'] }), /has no experiments of E5 on glyphs/);
  });
});

describe('experimentAt', () => {
  it("is the tier's own experiment at the tier's own amounts", () => {
    const usual = [
      ...quick,
      ...gridOf(tierOf('study'), { dataset: 'mnist', parts: ['E1', 'E2', 'E3', 'E7'] }),
    ];
    for (const e of usual) {
      const { id, ...own } = { id: experimentId(e), ...e };
      assert.equal(experimentId(experimentAt(tierWith(e.task, e.model), own)), id);
    }
  });

  it('trains a network of the tier with any data by its recipe', () => {
    const choice = { task: 'classification', model: 's2cnn-quick', dataset: 'mnist' } as const;
    const e = experimentAt(tierOf('quick'), { ...choice, images: 100, rotations: 10 });
    const [own] = quick.filter(({ task, model }) => task === choice.task && model === choice.model);
    assert.deepEqual(e, { ...own, images: 100, rotations: 10 });
  });

  it('refuses what the tier does not train for the task', () => {
    assert.throws(() => tierWith('segmentation', 'cnn-114k'), /unknown model for segmentation "cnn-114k"/);
    const choice = {
      task: 'segmentation',
      model: 'cnn-1m',
      dataset: 'mnist',
      images: 9,
      rotations: 0,
    } as const;
    assert.throws(
      () => experimentAt(tierOf('quick'), choice),
      /unknown model of the quick tier for segmentation/,
    );
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
