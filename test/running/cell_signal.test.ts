import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { measureAnswers, orbit } from '../../src/analysis/test_time';
import { writeFigures } from '../../src/figures/write';
import { openStore } from '../../src/results/store';
import type { Job } from '../../src/running/job';
import { runAll } from '../../src/running/sweep';
import { evaluate } from '../../src/training/evaluate';
import { train } from '../../src/training/loop';
import { inCell } from '../cell';
import { anExperiment } from '../experiments/sample';
import { syntheticSpheres, tinyModel } from '../training/spheres';

before(() => tf.setBackend('cpu'));

const folder = mkdtempSync(join(tmpdir(), 'cell-'));
const spheres = syntheticSpheres(20, 3, 1);
const task = 'classification';

/** A job that runs until it is told to stop. */
function endless(): Job {
  let end = () => {};
  return {
    stop: () => end(),
    run: () => new Promise((_, reject) => (end = () => reject(new Error('stopped')))),
  } as unknown as Job;
}

const works: Record<string, () => Promise<unknown>> = {
  train: () =>
    train(tinyModel(task, 3), { train: spheres, validation: spheres }, { task, seed: 1, epochs: 1 }),
  evaluate: () => evaluate(tinyModel(task, 3), spheres, task),
  measureAnswers: () =>
    measureAnswers({ models: [tinyModel(task, 3)], task, bandwidth: 3, rotations: orbit(1, 1) }, spheres),
  runAll: () => {
    const status = () => {};
    return runAll([anExperiment()], { store: openStore(folder), jobs: [endless()], log: status, status });
  },
  writeFigures: () => writeFigures({ results: folder, folder: join(folder, 'figures') }),
};

for (const [name, work] of Object.entries(works))
  test(`${name} hears the interrupt of the notebook's cell that it was called in`, async () => {
    await assert.rejects(inCell(AbortSignal.abort(), work), /^Interrupted: interrupted/);
  });

test('a signal that is given counts in place of the cell', async () => {
  const { signal } = new AbortController();
  const { loss } = await inCell(AbortSignal.abort(), () =>
    evaluate(tinyModel(task, 3), spheres, task, { signal }),
  );
  assert.ok(loss > 0);
});
