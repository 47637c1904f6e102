import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Task } from '../../src/training/batches';
import { evaluate } from '../../src/training/evaluate';
import { Interrupted } from '../../src/training/interrupted';
import { type History, train } from '../../src/training/loop';
import type { TrainOptions } from '../../src/training/options';
import { flatWeights, syntheticSpheres, tinyModel } from './spheres';

const data = { train: syntheticSpheres(70, 3, 1), validation: syntheticSpheres(40, 3, 2) };
const base = { epochs: 4, seed: 5, batchSize: 16, learningRate: 0.01, schedule: 'cosine' } as const;
const folder = mkdtempSync(join(tmpdir(), 'loop-'));

before(() => tf.setBackend('cpu'));

async function trained(task: Task, options: Partial<TrainOptions> = {}, model = tinyModel(task, 3)) {
  const history = await train(model, data, { ...base, task, ...options });
  return { history, weights: flatWeights(model), model };
}

/** The rows without their seconds. */
function numbers(history: History) {
  return history.epochs.map(({ seconds, ...row }) => row);
}

/** Stops after `batches` batches, then goes on in a new model; as often as it takes. */
async function inPieces(task: Task, batches: number, options: Partial<TrainOptions> = {}) {
  const checkpoint = join(folder, `${task}-${batches}.checkpoint`);
  for (let sitting = 0; sitting < 100; sitting++) {
    const stop = new AbortController();
    let left = batches;
    const onProgress = () => --left === 0 && stop.abort();
    try {
      return await trained(task, { ...options, checkpoint, onProgress, signal: stop.signal });
    } catch (error) {
      assert.ok(error instanceof Interrupted, String(error));
    }
  }
  throw new Error('never finished');
}

describe('train', () => {
  it('learns, and leaves the model with the weights of its best epoch', async () => {
    const { history, model } = await trained('classification', { epochs: 20, schedule: 'constant' });
    const best = Math.max(...history.epochs.map((row) => row.validationScore));
    assert.ok(best > 80, `best validation accuracy ${best}`);
    assert.equal(history.epochs[history.bestEpoch - 1].validationScore, best);
    assert.equal((await evaluate(model, data.validation, 'classification')).score, best);
  });

  for (const task of ['classification', 'segmentation'] as const) {
    it(`gives the same ${task} weights, bit for bit, however often it is interrupted`, async () => {
      const whole = await trained(task);
      for (const batches of [1, 3, 5]) {
        const pieces = await inPieces(task, batches);
        assert.deepEqual(pieces.weights, whole.weights);
        assert.deepEqual(numbers(pieces.history), numbers(whole.history));
      }
    });
  }

  it('depends on the seed of the shuffles', async () => {
    const [one, same, other] = [
      await trained('classification'),
      await trained('classification'),
      await trained('classification', { seed: 6 }),
    ];
    assert.deepEqual(one.weights, same.weights);
    assert.notDeepEqual(one.weights, other.weights);
  });

  it('stops when the validation has not got better for `patience` epochs', async () => {
    const { history } = await trained('classification', { epochs: 50, learningRate: 0, patience: 3 });
    assert.deepEqual([history.epochs.length, history.bestEpoch, history.stoppedEarly], [4, 1, true]);
  });

  it('starts afresh, and says so, if the checkpoint is damaged or of another training', async () => {
    const checkpoint = join(folder, 'spoilt.checkpoint');
    const whole = await trained('classification', { checkpoint });
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    await trained('classification', { checkpoint, seed: 6, log });
    const bytes = readFileSync(checkpoint);
    bytes[bytes.length - 5] ^= 1;
    writeFileSync(checkpoint, bytes);
    const afresh = await trained('classification', { checkpoint, log });
    assert.deepEqual(afresh.weights, whole.weights);
    assert.match(lines[0], /checkpoint not used: .*another training/);
    assert.match(lines[1], /checkpoint not used: .*damaged/);
  });

  it('saves the checkpoint when interrupted before the first batch', async () => {
    const checkpoint = join(folder, 'early.checkpoint');
    await assert.rejects(trained('classification', { checkpoint, signal: AbortSignal.abort() }), Interrupted);
    assert.ok(existsSync(checkpoint));
  });

  it('ends with a clear error when the loss is not a number', async () => {
    await assert.rejects(
      trained('classification', { learningRate: 1e38 }),
      /the loss became (NaN|Infinity) in epoch \d+, batch \d+ \(learning rate 1e\+38\)/,
    );
  });

  it('leaves no tensor behind', async () => {
    const model = tinyModel('segmentation', 3);
    const before = tf.memory().numTensors;
    await trained('segmentation', { epochs: 2 }, model);
    await evaluate(model, data.validation, 'segmentation', { predictions: true });
    await assert.rejects(trained('segmentation', { learningRate: 1e38 }, model));
    assert.equal(tf.memory().numTensors, before);
  });

  it('tells the time left', async () => {
    const seen: number[] = [];
    await trained('classification', { onProgress: (p) => seen.push(p.secondsLeft) });
    assert.equal(seen.length, 20);
    assert.ok(seen.every((s) => Number.isFinite(s) && s >= 0));
  });
});

describe('evaluate', () => {
  it('does not depend on the size of its batches', async () => {
    const model = tinyModel('segmentation', 3);
    const options = { predictions: true };
    const one = await evaluate(model, data.validation, 'segmentation', { ...options, batchSize: 7 });
    const other = await evaluate(model, data.validation, 'segmentation', { ...options, batchSize: 40 });
    assert.deepEqual(one.confusion, other.confusion);
    assert.deepEqual(one.predictions, other.predictions);
    assert.ok(Math.abs(one.loss - other.loss) < 1e-6);
    assert.equal(
      one.confusion.flat().reduce((sum, n) => sum + n),
      40 * 36,
    );
  });
});
