import type { Task } from '../datasets/task';
import type { LabelledSpheres } from '../training/batches';

/** Some test images with what the model made of them; arrays are base64 of uint8. */
export interface Samples {
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
export function samplesOf(data: LabelledSpheres, predictions: Uint8Array, task: Task, count = 8): Samples {
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
