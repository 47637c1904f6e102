import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { publishedFolder } from '../../src/commands/folders';
import { type Experiment, experimentId } from '../../src/experiments/experiment';
import { gridOf } from '../../src/experiments/grid';
import { recipes } from '../../src/experiments/study';
import { tierOf } from '../../src/experiments/tiers';
import type { StoredResult } from '../../src/results/format';
import { storedResults } from '../../src/results/read';
import { bestTrials } from './best_trials';
import { aConfigRow, aFinalRow, anExperiment } from './sample';

function trial(validationRotated: number, fields: Partial<Experiment> = {}): StoredResult {
  const { rotated, unrotated, samples, ...final } = { ...aFinalRow(), validationRotated };
  const { network, ...named } = anExperiment({ testImages: 0 });
  return { sittings: [aConfigRow(anExperiment({ ...named, ...fields }))], validations: [], final };
}

describe('bestTrials', () => {
  it('picks the highest score on rotated validation spheres, for each family and task', () => {
    const trials = [
      trial(50, { learningRate: 0.001 }),
      trial(70, { learningRate: 0.002 }),
      trial(60, { learningRate: 0.004 }),
      trial(80, { model: 's2cnn-quick' }),
      trial(90, { task: 'classification' }),
      { ...trial(99, { learningRate: 0.008 }), final: undefined },
    ];
    const found = bestTrials(trials).map((t) => [
      t.family,
      t.task,
      t.trials,
      t.best.learningRate,
      t.validationRotated,
    ]);
    assert.deepEqual(found, [
      ['cnn', 'segmentation', 3, 0.002, 70],
      ['s2cnn', 'segmentation', 1, 0.003, 80],
      ['cnn', 'classification', 1, 0.003, 90],
    ]);
  });

  it('looks at the longest trials alone', () => {
    const [short, longer] = [trial(99, { steps: 10 }), trial(50, { steps: 20, learningRate: 0.002 })];
    assert.equal(bestTrials([short, longer])[0].best.learningRate, 0.002);
  });

  it('refuses trials that saw test images, that differ in their data, or that are as good', () => {
    assert.throws(() => bestTrials([trial(50, { testImages: 8 })]), /must not see test images/);
    assert.throws(
      () => bestTrials([trial(50), trial(60, { images: 128 })]),
      /cnn for segmentation mix images/,
    );
    assert.throws(() => bestTrials([trial(50), trial(60, { dataset: 'mnist' })]), /mix dataset/);
    assert.throws(() => bestTrials([trial(50), trial(50, { warmup: 2 })]), /as good/);
    const older = trial(60, { learningRate: 0.002 });
    older.sittings[0].numbers = older.sittings[0].numbers + 1;
    assert.throws(() => bestTrials([trial(50), older]), /cnn for segmentation mix versions of the numbers/);
  });
});

describe('the tuning tier', () => {
  const grid = gridOf(tierOf('tuning'), { dataset: 'mnist' });

  it('gives each family and task six trials, and the CNNs three longer ones, on validation spheres alone', () => {
    const counts = new Map<string, number>();
    for (const { network, task, testImages } of grid) {
      assert.equal(testImages, 0);
      counts.set(`${network.family} ${task}`, (counts.get(`${network.family} ${task}`) ?? 0) + 1);
    }
    assert.deepEqual(Object.fromEntries(counts), {
      'cnn segmentation': 9,
      'cnn classification': 9,
      's2cnn segmentation': 6,
      's2cnn classification': 6,
    });
  });

  it("tries the study's recipes, among others", () => {
    for (const family of ['s2cnn', 'cnn'] as const)
      for (const task of ['segmentation', 'classification'] as const) {
        const { batchSize, learningRate, warmup } = recipes[family][task];
        assert.ok(
          grid.some(
            (e) =>
              e.network.family === family &&
              e.task === task &&
              e.batchSize === batchSize &&
              e.learningRate === learningRate &&
              e.warmup === warmup,
          ),
          `${family} ${task}`,
        );
      }
  });

  const folder = join(publishedFolder, 'tuning');
  const skip = existsSync(folder) ? false : `no trials at ${folder} yet`;

  it("has chosen the study's recipes", { skip }, () => {
    const published = storedResults(folder);
    const ids = new Set(published.filter(({ final }) => final).map(({ sittings: [{ id }] }) => id));
    assert.ok(
      grid.every((e) => ids.has(experimentId(e))),
      'not all trials are published',
    );
    for (const { family, task, trials, best } of bestTrials(published)) {
      assert.equal(trials, family === 'cnn' ? 9 : 6);
      const { batchSize, learningRate, warmup } = recipes[family][task];
      const { batchSize: b, learningRate: r, warmup: w } = best;
      assert.deepEqual({ batchSize: b, learningRate: r, warmup: w }, { batchSize, learningRate, warmup });
    }
  });
});
