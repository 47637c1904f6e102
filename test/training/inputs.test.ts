import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { SphericalDataset } from '../../src/datasets/spherical';
import type { Task } from '../../src/datasets/task';
import type { SphereSource } from '../../src/training/batches';
import { type EvaluateOptions, evaluate } from '../../src/training/evaluate';
import { train } from '../../src/training/loop';
import type { TrainOptions } from '../../src/training/options';
import { syntheticSpheres, tinyModel } from './spheres';

const good = syntheticSpheres(16, 3, 1);

before(() => tf.setBackend('cpu'));

const options = { task: 'classification', epochs: 1, seed: 1, batchSize: 4 } as const;

/** Asserts that train refuses, in one line and without a tensor left. */
async function refuses(
  change: Partial<Record<keyof TrainOptions, unknown>> & Record<string, unknown>,
  message: RegExp,
  set: SphericalDataset | SphereSource = good,
  validation = good,
): Promise<void> {
  const task = (change.task ?? 'classification') as Task;
  const model = tinyModel(task === 'segmentation' ? task : 'classification', 3);
  const tensors = tf.memory().numTensors;
  const all = { ...options, ...change } as TrainOptions;
  await assert.rejects(train(model, { train: set, validation }, all), { name: 'UsageError', message });
  assert.equal(tf.memory().numTensors, tensors);
  model.dispose();
}

/** An option, a value that cannot be, and what is said. */
const wrongOptions: [string, unknown, RegExp][] = [
  ['batchsize', 4, /unknown key of train "batchsize": did you mean "batchSize"/],
  ['onEpoch', () => {}, /unknown key of train "onEpoch"/],
  ['task', 'segmentaion', /unknown task "segmentaion": did you mean "segmentation"/],
  ['task', undefined, /unknown task "undefined"/],
  ['seed', undefined, /train: seed: expected an integer of at least 0, got undefined/],
  ['seed', 1.5, /train: seed: expected an integer of at least 0, got 1.5/],
  ['epochs', 0, /train: epochs: expected an integer of at least 1, got 0/],
  ['epochs', Number.NaN, /train: epochs: expected an integer of at least 1, got NaN/],
  ['epochs', undefined, /expected either epochs or steps, got neither/],
  ['steps', 5, /expected either epochs or steps, got both/],
  ['batchSize', 0, /train: batchSize: expected an integer of at least 1, got 0/],
  ['batchSize', 2.5, /train: batchSize: expected an integer of at least 1, got 2.5/],
  ['batchSize', '8', /train: batchSize: expected an integer of at least 1, got "8"/],
  ['learningRate', 0, /train: learningRate: expected a number above 0, got 0/],
  ['learningRate', Number.NaN, /train: learningRate: expected a number above 0, got NaN/],
  ['learningRate', Number.POSITIVE_INFINITY, /train: learningRate: expected a number above 0, got Infinity/],
  ['learningRate', '1e-3', /train: learningRate: expected a number above 0, got "1e-3"/],
  ['schedule', 'cosin', /unknown schedule "cosin": did you mean "cosine"/],
  ['warmup', -1, /train: warmup: expected an integer from 0 to 4, got -1/],
  ['warmup', 5, /train: warmup: expected an integer from 0 to 4, got 5/],
  ['validateEvery', 0, /train: validateEvery: expected an integer of at least 1, got 0/],
  ['patience', 0, /train: patience: expected an integer of at least 1, got 0/],
  ['patience', Number.NaN, /train: patience: expected an integer of at least 1, got NaN/],
  ['monitor', 'accuracy', /unknown monitor "accuracy"/],
  ['checkpointSeconds', -1, /train: checkpointSeconds: expected a number of at least 0, got -1/],
  ['classWeights', [1, 2], /expected 10 classWeights, got 2/],
  ['classWeights', new Array(11).fill(1), /expected 10 classWeights, got 11/],
  ['classWeights', [1, 1, 1, Number.NaN, 1, 1, 1, 1, 1, 1], /classWeights\[3\]: .* above 0, got NaN/],
  ['classWeights', [1, 1, 1, 0, 1, 1, 1, 1, 1, 1], /classWeights\[3\]: .* above 0, got 0/],
  ['classWeights', [1, 1, 1, -2, 1, 1, 1, 1, 1, 1], /classWeights\[3\]: .* above 0, got -2/],
  ['checkpoint', '', /train: checkpoint: expected the path of a file, got ""/],
  ['checkpoint', 5, /train: checkpoint: expected the path of a file, got number/],
  ['onValidation', 'yes', /train: onValidation: expected a function, got string/],
  ['onProgress', null, /train: onProgress: expected a function, got null/],
  ['log', {}, /train: log: expected a function, got object/],
];

/** A task, what is wrong with a set of spheres, and what is said. */
const wrongSets: [Task, Partial<SphericalDataset>, RegExp][] = [
  ['classification', { count: 0 }, /images: expected an integer of at least 1, got 0/],
  ['classification', { count: 17 }, /expected 612 pixels for 17 images, got 576/],
  ['classification', { labels: good.labels.subarray(0, 8) }, /expected 16 labels for 16 images, got 8/],
  ['classification', { labels: new Uint8Array(0) }, /got 0 \(several digits on a sphere have masks/],
  [
    'classification',
    { labels: changed(good.labels, 3, 10) },
    /labels\[3\]: expected an integer from 0 to 9, got 10/,
  ],
  ['classification', { labels: floats(good.labels, Number.NaN) }, /labels\[3\]: .*, got NaN/],
  ['classification', { labels: floats(good.labels, 2.5) }, /labels\[3\]: .*, got 2.5/],
  ['classification', { labels: floats(good.labels, -1) }, /labels\[3\]: .*, got -1/],
  ['segmentation', { masks: good.masks.subarray(1) }, /expected 576 masks for 16 images, got 575/],
  [
    'segmentation',
    { masks: changed(good.masks, 3, 11) },
    /masks\[3\]: expected an integer from 0 to 10, got 11/,
  ],
  [
    'segmentation',
    { inputs: changed(good.inputs, 7, Number.NaN) },
    /expected finite pixels, got NaN at number 7/,
  ],
  [
    'classification',
    { inputs: changed(good.inputs, 7, -Infinity) },
    /finite pixels, got -Infinity at number 7/,
  ],
  [
    'classification',
    { bandwidth: 4 },
    /the network's input: expected \[batch, 8, 8, 1\], got \[\?, 6, 6, 1\]/,
  ],
];

/** A copy with one element changed. */
function changed<T extends Uint8Array | Float32Array>(values: T, at: number, value: number): T {
  const copy = values.slice() as T;
  copy[at] = value;
  return copy;
}

/** As someone without types may pass them. */
function floats(labels: Uint8Array, odd: number): Uint8Array {
  return changed(Float32Array.from(labels), 3, odd) as unknown as Uint8Array;
}

function sampler(): SphereSource {
  const take = () => good;
  return { count: 16, bandwidth: 3, id: 'mine', take };
}

describe('train', () => {
  for (const [option, value, message] of wrongOptions)
    it(`refuses ${option} ${typeof value === 'function' ? '' : JSON.stringify(value)}`, () =>
      refuses({ [option]: value }, message));

  for (const [task, change, message] of wrongSets)
    it(`refuses to train or to validate on a set for ${task}: ${message.source}`, async () => {
      const bad = { ...good, ...change };
      await refuses({ task }, message, bad);
      await refuses({ task }, message, good, bad);
    });

  it('refuses to go without options', async () => {
    const model = tinyModel('classification', 3);
    for (const none of [undefined, null])
      await assert.rejects(train(model, { train: good, validation: good }, none as never), {
        name: 'UsageError',
        message: new RegExp(`^train: expected an object of .*, got ${none}$`),
      });
  });

  it('refuses a source to validate on', () =>
    refuses({}, /train: expected spheres .*, got a source, which only training takes/, good, {
      ...sampler(),
    } as never));

  it('refuses a network of the other task', async () => {
    const [labels, masks] = [tinyModel('classification', 3), tinyModel('segmentation', 3)];
    const go = (model: tf.LayersModel, task: Task) =>
      train(model, { train: good, validation: good }, { ...options, task });
    const message = (text: string) => ({ name: 'UsageError', message: text });
    await assert.rejects(
      go(labels, 'segmentation'),
      message("train: the network's logits for segmentation: expected [batch, 6, 6, 11], got [?, 10]"),
    );
    await assert.rejects(
      go(masks, 'classification'),
      message("train: the network's logits for classification: expected [batch, 10], got [?, 6, 6, 11]"),
    );
  });

  it('checks what a source makes, batch by batch', async () => {
    const source = (change: (made: SphericalDataset) => Partial<SphericalDataset>): SphereSource => ({
      count: 16,
      bandwidth: 3,
      id: 'mine',
      take: (samples) => {
        const made = syntheticSpheres(samples.length, 3, 4);
        return { ...made, ...change(made) };
      },
    });
    const labels = (made: SphericalDataset) => changed(made.labels, 1, 12);
    await refuses(
      {},
      /train: labels\[1\]: expected an integer from 0 to 9, got 12/,
      source((made) => ({ labels: labels(made) })),
    );
    const few = syntheticSpheres(3, 3, 4);
    await refuses(
      {},
      /train: expected 4 images of the source, got 3/,
      source(() => few),
    );
    await refuses({}, /train: images: expected an integer of at least 1, got 0/, {
      ...source(() => ({})),
      count: 0,
    });
  });
});

describe('evaluate', () => {
  const refusal = async (set: SphericalDataset, task: Task, more: object, message: RegExp) => {
    const model = tinyModel(task === 'segmentation' ? task : 'classification', 3);
    const tensors = tf.memory().numTensors;
    const go = evaluate(model, set, task, more as EvaluateOptions);
    await assert.rejects(go, { name: 'UsageError', message });
    assert.equal(tf.memory().numTensors, tensors);
  };

  it('refuses an empty set, and what train refuses', async () => {
    const empty = { ...good, count: 0, inputs: new Float32Array(0), labels: new Uint8Array(0) };
    await refusal(empty, 'classification', {}, /evaluate: images: expected an integer of at least 1, got 0/);
    for (const [task, change, message] of wrongSets) await refusal({ ...good, ...change }, task, {}, message);
  });

  it('refuses a source', () =>
    refusal(
      sampler() as never,
      'classification',
      {},
      /evaluate: .* got a source, which only training takes/,
    ));

  it('refuses options that cannot be', async () => {
    await refusal(good, 'classification', { batchSize: 0 }, /evaluate: batchSize: .* got 0/);
    await refusal(good, 'classification', { batchSize: Number.NaN }, /evaluate: batchSize: .* got NaN/);
    await refusal(good, 'classification', { prediction: true }, /did you mean "predictions"/);
    await refusal(good, 'clasification' as Task, {}, /did you mean "classification"/);
  });
});
