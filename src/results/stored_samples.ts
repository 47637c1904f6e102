import type { SphericalDataset } from '../datasets/spherical';
import type { Task } from '../datasets/task';
import { check } from '../util/check';

/** Some test images with what the model made of them; arrays are base64 of uint8. */
export interface StoredSamples {
  count: number;
  /** 2b: a sphere has size x size pixels */
  size: number;
  /** [count, size, size], 0..255 */
  inputs: string;
  /** [count, size, size] classes of the pixels */
  masks: string;
  /** [count, size, size] predicted classes; empty for classification */
  predictions: string;
  labels: number[];
  /** empty for segmentation */
  predictedLabels: number[];
}

/** The first `count` images of a test set and their predictions (flat classes, as evaluate returns them). */
export function samplesOf(
  data: SphericalDataset,
  predictions: Uint8Array,
  task: Task,
  count = 8,
): StoredSamples {
  const kept = Math.min(count, data.count);
  const size = 2 * data.bandwidth;
  const pixels = kept * size * size;
  const shown = data.inputs.subarray(0, pixels);
  const white = shown.some((v) => v > 1) ? 1 : 255; // the released generator does not normalise
  const inputs = Uint8Array.from(shown, (v) => Math.round(white * v));
  const segmentation = task === 'segmentation';
  return {
    count: kept,
    size,
    inputs: base64(inputs),
    masks: base64(data.masks.subarray(0, pixels)),
    predictions: segmentation ? base64(predictions.subarray(0, pixels)) : '',
    labels: Array.from(data.labels.subarray(0, kept)),
    predictedLabels: segmentation ? [] : Array.from(predictions.subarray(0, kept)),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** @throws UsageError unless samples of a task hold as much as they say */
export function checkSamples(samples: StoredSamples, task: Task): void {
  const { count, size, inputs, masks, predictions, labels, predictedLabels } = samples;
  check(Number.isInteger(count) && Number.isInteger(size), 'has samples of no size');
  const isSegmentation = task === 'segmentation';
  const pixels = count * size ** 2;
  const bytes = (text: unknown) => (typeof text === 'string' ? Buffer.from(text, 'base64').length : -1);
  const areWhole =
    [inputs, masks].every((text) => bytes(text) === pixels) &&
    bytes(predictions) === (isSegmentation ? pixels : 0) &&
    (isListOf(labels, count) || (isSegmentation && isListOf(labels, 0))) && // spheres of several digits have none
    isListOf(predictedLabels, isSegmentation ? 0 : count);
  check(areWhole, () => `has samples that are not ${count} spheres of ${size} x ${size} points`);
}

function isListOf(labels: unknown, count: number): boolean {
  return Array.isArray(labels) && labels.length === count && labels.every(Number.isInteger);
}
