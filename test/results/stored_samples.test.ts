import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { samplesOf } from '../../src/results/stored_samples';

/** Three spheres of bandwidth 1. */
const data = {
  count: 3,
  bandwidth: 1,
  inputs: Float32Array.from({ length: 12 }, (_, i) => i / 12),
  labels: Uint8Array.from([4, 5, 6]),
  masks: Uint8Array.from({ length: 12 }, (_, i) => i % 11),
};
const bytes = (base64: string) => [...Buffer.from(base64, 'base64')];

describe('samples', () => {
  it('hold the first spheres with their masks and predicted masks', () => {
    const predictions = Uint8Array.from({ length: 12 }, (_, i) => 10 - (i % 11));
    const samples = samplesOf(data, predictions, 'segmentation', 2);
    assert.deepEqual([samples.count, samples.size, samples.labels], [2, 2, [4, 5]]);
    assert.deepEqual(bytes(samples.inputs), [0, 21, 43, 64, 85, 106, 128, 149]);
    assert.deepEqual(bytes(samples.masks), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert.deepEqual(bytes(samples.predictions), [10, 9, 8, 7, 6, 5, 4, 3]);
    assert.deepEqual(samples.predictedLabels, []);
  });

  it('hold predicted labels for classification, and never more than there are', () => {
    const samples = samplesOf(data, Uint8Array.from([4, 0, 6]), 'classification', 8);
    assert.deepEqual([samples.count, samples.predictions, samples.predictedLabels], [3, '', [4, 0, 6]]);
  });

  it('keep the grey values of inputs that are not normalised', () => {
    const released = { ...data, inputs: Float32Array.from({ length: 12 }, (_, i) => 20 * i) };
    const { inputs } = samplesOf(released, new Uint8Array(3), 'classification', 1);
    assert.deepEqual(bytes(inputs), [0, 20, 40, 60]);
  });
});
