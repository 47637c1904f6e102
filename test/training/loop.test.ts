import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { drawGlyphs } from '../../src/datasets/glyphs';
import type { SphericalDataset } from '../../src/datasets/spherical';
import { SphereSampler, sphericalDataset } from '../../src/datasets/spherical';
import type { Task } from '../../src/datasets/task';
import { writeArrays } from '../../src/training/arrays';
import type { SphereSource } from '../../src/training/batches';
import { evaluate } from '../../src/training/evaluate';
import { type History, train } from '../../src/training/loop';
import type { TrainOptions } from '../../src/training/options';
import { fallAfter, latestFall } from '../../src/training/plateau';
import type { TrainProgress } from '../../src/training/progress';
import { Interrupted } from '../../src/util/interrupted';
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
  return history.validations.map(({ seconds, ...row }) => row);
}

/** Goes on in a new model, as often as it takes: `end` stops each sitting after some batches, in its own way. */
async function inPieces(
  task: Task,
  batches: number,
  end: 'signal' | 'kill',
  options: Partial<TrainOptions> = {},
) {
  const checkpoint = join(folder, `${task}-${batches}-${end}.checkpoint`);
  for (let sitting = 1; sitting < 100; sitting++) {
    const stop = new AbortController();
    let left = batches;
    const onProgress = () => {
      if (--left > 0) return;
      if (end === 'kill') throw new Error('killed');
      stop.abort();
    };
    try {
      return {
        ...(await trained(task, { ...options, checkpoint, onProgress, signal: stop.signal })),
        sitting,
      };
    } catch (error) {
      assert.ok(error instanceof Interrupted || (error as Error).message === 'killed', String(error));
    }
  }
  throw new Error('never finished');
}

describe('train', () => {
  it('learns, and leaves the model with the weights of its best validation', async () => {
    const { history, model } = await trained('classification', { epochs: 20, schedule: 'constant' });
    const best = Math.max(...history.validations.map((row) => row.validationScore));
    assert.ok(best > 80, `best validation accuracy ${best}`);
    const row = history.validations.find(({ step }) => step === history.bestStep);
    assert.equal(row?.validationScore, best);
    assert.equal((await evaluate(model, data.validation, 'classification')).score, best);
  });

  it('goes back to the best weights from later, worse ones', async () => {
    const { history, model } = await trained('classification', {
      epochs: 20,
      learningRate: 0.3,
      schedule: 'constant',
    });
    const { validations, bestStep } = history;
    const best = validations.find(({ step }) => step === bestStep)!.validationScore;
    assert.ok(best > validations[validations.length - 1].validationScore, 'the last is worse than the best');
    assert.equal((await evaluate(model, data.validation, 'classification')).score, best);
  });

  it('stops at a validation loss that is not finite', async () => {
    for (const task of ['classification', 'segmentation'] as const)
      await assert.rejects(
        trained(task, { epochs: undefined, steps: 1, learningRate: 1e38, schedule: 'constant' }),
        { name: 'UsageError', message: /^train: the validation loss became \S+ at step 1 \(learning rate/ },
      );
  });

  it('shuffles every pass anew, and sees every sample once in each', async () => {
    const sampler = new SphereSampler({ digits: drawGlyphs(70, 1), bandwidth: 3, images: 70, seed: 4 });
    const seen: number[] = [];
    const source: SphereSource = {
      id: sampler.id,
      count: sampler.count,
      bandwidth: sampler.bandwidth,
      take: (samples) => {
        seen.push(...Array.from(samples));
        return sampler.take(samples);
      },
    };
    const model = tinyModel('classification', 3);
    await train(model, { ...data, train: source }, { ...base, epochs: 3, task: 'classification' });
    const passes = [0, 70, 140].map((start) => seen.slice(start, start + 70));
    const inOrder = Array.from({ length: 70 }, (_, i) => i);
    for (const pass of passes)
      assert.deepEqual(
        [...pass].sort((a, b) => a - b),
        inOrder,
      );
    assert.equal(new Set([inOrder, ...passes].map(String)).size, 4);
  });

  it('counts passes in steps, the last batch of each a short one', async () => {
    const { history } = await trained('classification');
    assert.deepEqual([history.steps, history.spheres, history.stoppedEarly], [20, 280, false]);
    assert.deepEqual(
      history.validations.map(({ step, spheres, epoch }) => [step, spheres, epoch]),
      [
        [5, 70, 1],
        [10, 140, 2],
        [15, 210, 3],
        [20, 280, 4],
      ],
    );
    const inSteps = await trained('classification', { epochs: undefined, steps: 20 });
    assert.deepEqual(numbers(inSteps.history), numbers(history));
  });

  it('validates every so many steps and at the very end', async () => {
    const { history } = await trained('classification', { epochs: undefined, steps: 13, validateEvery: 4 });
    assert.deepEqual(
      history.validations.map(({ step, spheres, epoch }) => [step, spheres, epoch]),
      [
        [4, 64, 64 / 70],
        [8, 118, 118 / 70],
        [12, 172, 172 / 70],
        [13, 188, 188 / 70],
      ],
    );
    const rare = await trained('classification', { epochs: undefined, steps: 3, validateEvery: 100 });
    assert.deepEqual(
      rare.history.validations.map((row) => row.step),
      [3],
    );
  });

  it('gives the mean loss since the last validation', async () => {
    const seen: number[] = [];
    const onProgress = ({ loss }: TrainProgress) => seen.push(loss);
    const { history } = await trained('classification', { epochs: 2, validateEvery: 2, onProgress });
    const steps = history.validations.map((row) => row.step);
    assert.deepEqual(
      history.validations.map((row) => row.trainLoss),
      steps.map((step) => seen[step - 1]),
    );
  });

  for (const task of ['classification', 'segmentation'] as const) {
    const options = { validateEvery: 3, warmup: 2, classWeights: undefined };
    it(`gives the same ${task} weights, bit for bit, however often it is interrupted`, async () => {
      const whole = await trained(task, options);
      for (const batches of [1, 3, 5]) {
        const pieces = await inPieces(task, batches, 'signal', options);
        assert.ok(pieces.sitting > 3);
        assert.deepEqual(pieces.weights, whole.weights);
        assert.deepEqual(numbers(pieces.history), numbers(whole.history));
      }
    });

    it(`gives the same ${task} weights when killed, from the last timed checkpoint`, async () => {
      const whole = await trained(task, options);
      const pieces = await inPieces(task, 4, 'kill', { ...options, checkpointSeconds: 0 });
      assert.ok(pieces.sitting > 3);
      assert.deepEqual(pieces.weights, whole.weights);
      assert.deepEqual(numbers(pieces.history), numbers(whole.history));
    });
  }

  it('saves nothing between validations before its time', async () => {
    const checkpoint = join(folder, 'rare.checkpoint');
    const seen: Buffer[] = [];
    const onProgress = () => seen.push(readFileSync(checkpoint));
    await trained('classification', { checkpoint, onProgress, epochs: 2 });
    const changes = seen.slice(1).map((file, i) => !file.equals(seen[i]));
    assert.deepEqual(changes, [false, false, false, false, true, false, false, false, false]);
  });

  it('falls at a plateau with the trapezoid, interrupted or not', async () => {
    // Spheres so easy that all are right after a few steps: nothing is left to gain.
    const options = { schedule: 'trapezoid', epochs: undefined, steps: 200, validateEvery: 5 } as const;
    const whole = await trained('classification', options);
    const { steps, converged, stoppedEarly } = whole.history;
    assert.deepEqual([converged, stoppedEarly], [true, true]);
    const scores = whole.history.validations.map((row) => ({ step: row.step, score: row.validationScore }));
    const fall = scores.reduce(
      (fall, _, i) => fallAfter(scores.slice(0, i + 1), fall, 200, 'classification'),
      latestFall(200),
    );
    assert.ok(fall.atPlateau);
    assert.equal(steps, fall.end);
    assert.equal(whole.history.validations[scores.length - 1].step, fall.end);
    const pieces = await inPieces('classification', 17, 'signal', options);
    assert.deepEqual(pieces.weights, whole.weights);
    assert.deepEqual(numbers(pieces.history), numbers(whole.history));
    assert.equal(pieces.history.converged, true);
  });

  it('has not converged where only the budget ended the trapezoid', async () => {
    const options = { schedule: 'trapezoid', epochs: undefined, steps: 10, validateEvery: 2 } as const;
    const { history } = await trained('classification', { ...options, learningRate: 1e-30 });
    assert.deepEqual([history.steps, history.converged, history.stoppedEarly], [10, false, false]);
  });

  it('is the same on spheres that are made when they are asked for', async () => {
    const recipe = { digits: drawGlyphs(70, 1), bandwidth: 3, images: 70, seed: 4 };
    const go = async (set: SphericalDataset | SphereSource) => {
      const model = tinyModel('segmentation', 3);
      const history = await train(model, { ...data, train: set }, { ...base, task: 'segmentation' });
      return { history: numbers(history), weights: flatWeights(model) };
    };
    assert.deepEqual(await go(new SphereSampler(recipe)), await go(sphericalDataset(recipe)));
  });

  it('depends on the seed of the shuffles', async () => {
    const [one, same, other] = [
      await trained('classification'),
      await trained('classification'),
      await trained('classification', { seed: 6 }),
    ];
    assert.deepEqual(one.weights, same.weights);
    assert.notDeepEqual(one.weights, other.weights);
  });

  it('stops when the validation has not got better `patience` times', async () => {
    const { history } = await trained('classification', { epochs: 50, learningRate: 1e-30, patience: 3 });
    assert.deepEqual([history.steps, history.bestStep, history.stoppedEarly], [20, 5, true]);
  });

  it('saves the checkpoint when interrupted before the first batch', async () => {
    const checkpoint = join(folder, 'early.checkpoint');
    await assert.rejects(trained('classification', { checkpoint, signal: AbortSignal.abort() }), {
      name: 'Interrupted',
      message: 'interrupted at step 0',
    });
    assert.ok(existsSync(checkpoint));
  });

  it('says at which step it was interrupted, in a validation too', async () => {
    for (const [hook, message] of [
      ['onProgress', 'interrupted at step 1'],
      ['onValidation', 'interrupted at step 5'], // 70 samples in batches of 16
    ] as const) {
      const stop = new AbortController();
      const run = trained('classification', { [hook]: () => stop.abort(), signal: stop.signal });
      await assert.rejects(run, { name: 'Interrupted', message });
    }
  });

  it('ends with a clear error when the loss is not a number', async () => {
    await assert.rejects(
      trained('classification', { learningRate: 1e38 }),
      /the loss became (NaN|Infinity) at step \d+ \(learning rate 1e\+38\)/,
    );
  });

  it('leaves no tensor behind, whatever ends it', async () => {
    const model = tinyModel('segmentation', 3);
    const before = tf.memory().numTensors;
    await trained('segmentation', { epochs: 2 }, model);
    await evaluate(model, data.validation, 'segmentation', { predictions: true });
    const throws = (what: 'onProgress' | 'onValidation') =>
      assert.rejects(trained('segmentation', { [what]: () => assert.fail('mine') }, model), /mine/);
    await throws('onProgress');
    await throws('onValidation');
    await assert.rejects(trained('segmentation', { learningRate: 1e38 }, model));
    assert.equal(tf.memory().numTensors, before);
    const broken = tf.sequential({ layers: tinyModel('segmentation', 3).layers });
    const held = tf.memory().numTensors;
    broken.apply = () => {
      tf.zeros([3]);
      throw new Error('mine');
    };
    await assert.rejects(trained('segmentation', {}, broken), /mine/);
    await assert.rejects(evaluate(broken, data.validation, 'segmentation'), /mine/);
    assert.equal(tf.memory().numTensors, held);
  });

  it('tells where it is and the time left', async () => {
    const seen: TrainProgress[] = [];
    await trained('classification', { onProgress: (p) => seen.push(p) });
    assert.deepEqual(
      seen.map(({ step, steps }) => [step, steps]),
      Array.from({ length: 20 }, (_, i) => [i + 1, 20]),
    );
    assert.deepEqual([seen[19].spheres, seen[19].epoch], [280, 4]);
    assert.ok(seen.every(({ secondsLeft }) => Number.isFinite(secondsLeft) && secondsLeft >= 0));
  });
});

describe('a checkpoint', () => {
  const spoilt = (name: string) => join(folder, `${name}.checkpoint`);

  it('is taken up by nothing but the training that it belongs to', async () => {
    const checkpoint = spoilt('foreign');
    const whole = await trained('classification', { checkpoint });
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const same = { ...data.train, inputs: data.train.inputs.slice() };
    const other = { ...same, inputs: data.train.inputs.map((v, i) => (i === 7 ? v + 1e-6 : v)) };
    const go = (
      options: Partial<TrainOptions>,
      set: SphericalDataset = same,
      model = tinyModel('classification', 3),
    ) =>
      train(model, { ...data, train: set }, { ...base, task: 'classification', checkpoint, log, ...options });
    await go({});
    assert.match(lines[0], /going on after step 20 of 20/);
    const wider = tf.sequential({
      layers: [...tinyModel('classification', 3).layers, tf.layers.activation({ activation: 'linear' })],
    });
    const cases: [Partial<TrainOptions>, SphericalDataset?, tf.LayersModel?][] = [
      [{ seed: 6 }],
      [{ belongsTo: 'another experiment' }],
      [{ validateEvery: 4 }],
      [{ warmup: 1 }],
      [{}, other],
      [{}, { ...same, labels: same.labels.map((label, i) => (i === 3 ? (label + 1) % 6 : label)) }],
      [{}, same, wider],
    ];
    for (const [i, given] of cases.entries()) {
      lines.length = 0;
      await go(...given);
      assert.match(lines[0], /checkpoint not used: .*of another training/, `case ${i}`);
    }
    lines.length = 0;
    const afresh = await trained('classification', { checkpoint, log });
    assert.match(lines[0], /checkpoint not used/);
    assert.deepEqual(afresh.weights, whole.weights);
  });

  it('that cannot be written is an error before any work', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const onProgress = () => assert.fail('a step was done');
    const checkpoint = join(file, 'checkpoint');
    await assert.rejects(trained('classification', { checkpoint, onProgress }), {
      name: 'UsageError',
      message: /cannot write the checkpoint: .*file: expected a folder, found a file/,
    });
  });

  it('is not used if a single bit of it is wrong, and trained afresh', async () => {
    const checkpoint = spoilt('damaged');
    const whole = await trained('classification', { checkpoint });
    const good = readFileSync(checkpoint);
    const places = [0, 5, 36, 41, good.indexOf('"bestStep":') + 12, good.length - 5];
    for (const place of places) {
      const bytes = Buffer.from(good);
      bytes[place] ^= 1;
      writeFileSync(checkpoint, bytes);
      const lines: string[] = [];
      const afresh = await trained('classification', { checkpoint, log: (line) => lines.push(line) });
      assert.match(lines[0], /checkpoint not used: .*(damaged|not a file of weights)/, `byte ${place}`);
      assert.deepEqual(afresh.weights, whole.weights);
    }
    for (const head of [null, {}, { kind: 'weights' }]) {
      writeArrays(checkpoint, head as object, [new Float32Array(3)]);
      const lines: string[] = [];
      const afresh = await trained('classification', { checkpoint, log: (line) => lines.push(line) });
      assert.match(lines[0], /not a checkpoint/);
      assert.deepEqual(afresh.weights, whole.weights);
    }
  });

  it('keeps a score that is no number', async () => {
    // Nothing but background in the masks, and a model that says so: no class has an IoU.
    const empty = { ...data.validation, masks: new Uint8Array(data.validation.masks.length) };
    const model = tinyModel('segmentation', 3);
    const bias = model.getWeights();
    model.setWeights([...bias.slice(0, 3), tf.tensor1d([1e3, ...new Array(10).fill(0)])]);
    const checkpoint = spoilt('nan');
    const options = { ...base, task: 'segmentation', checkpoint, learningRate: 1e-30 } as const;
    const first = await train(model, { train: empty, validation: empty }, options);
    const again = await train(model, { train: empty, validation: empty }, options);
    assert.ok(first.validations.every((row) => Number.isNaN(row.validationScore)));
    assert.deepEqual(again, first);
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
