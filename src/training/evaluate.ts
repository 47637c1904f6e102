import * as tf from '@tensorflow/tfjs';
import type { SphericalDataset } from '../datasets/spherical';
import { classCount, type Task, tasks } from '../datasets/task';
import { currentSignal } from '../util/cell_signal';
import { checkInteger, checkKeys, checkOneOf } from '../util/check';
import { breathe } from '../util/interrupted';
import { batchTensors, targets } from './batches';
import { checkInputs } from './inputs';
import { crossEntropy } from './losses';
import {
  accuracy,
  areaConfusionMatrix,
  type Confusion,
  confusionMatrix,
  type SegmentationMetrics,
  segmentationMetrics,
} from './metrics';

/** How good a model is on one data set; scores in percent. */
export interface Metrics extends Partial<SegmentationMetrics> {
  /** accuracy for classification, non-background mIoU for segmentation */
  score: number;
  /** segmentation: the score with pixels weighted by area; the same wherever on the sphere a digit lies */
  areaScore?: number;
  /** mean cross-entropy, in nats */
  loss: number;
  /** counts [prediction][target] */
  confusion: Confusion;
  /** classes, flat as the targets are; only if asked for */
  predictions?: Uint8Array;
}

export interface EvaluateOptions {
  /** default 32 */
  batchSize?: number;
  /** keep the predicted classes; default false */
  predictions?: boolean;
  /** default: that of the notebook's cell */
  signal?: AbortSignal;
}

/**
 * Measures a model that returns logits on a whole data set.
 * @throws Interrupted if the signal fires; UsageError for data and a model that do not go together, or options that
 *   cannot be
 */
export async function evaluate(
  model: tf.LayersModel,
  data: SphericalDataset,
  task: Task,
  options: EvaluateOptions = {},
): Promise<Metrics> {
  checkKeys('evaluate', options, { batchSize: true, predictions: true, signal: true });
  const { batchSize = 32, predictions = false, signal = currentSignal() } = options;
  checkOneOf('task', task, tasks);
  checkInteger('evaluate: batchSize', batchSize, 1);
  checkInputs('evaluate', model, data, task);
  const all = targets(data, task);
  const found = new Uint8Array(all.length);
  const perSample = all.length / data.count;
  let lossSum = 0;
  for (let start = 0; start < data.count; start += batchSize) {
    await breathe(signal);
    const size = Math.min(batchSize, data.count - start);
    const batch = await evaluateBatch(model, data, task, start, size);
    lossSum += batch.loss * size;
    found.set(batch.classes, start * perSample);
  }
  const confusion = confusionMatrix(found, all, classCount(task));
  const measures =
    task === 'segmentation' ? segmentationMeasures(confusion, found, all, data.bandwidth) : undefined;
  return {
    score: measures ? measures.nonBackgroundIoU : accuracy(confusion),
    loss: lossSum / data.count,
    ...measures,
    confusion,
    ...(predictions ? { predictions: found } : {}),
  };
}

function segmentationMeasures(confusion: Confusion, found: Uint8Array, all: Uint8Array, bandwidth: number) {
  const areas = areaConfusionMatrix(found, all, classCount('segmentation'), bandwidth);
  return { ...segmentationMetrics(confusion), areaScore: segmentationMetrics(areas).nonBackgroundIoU };
}

async function evaluateBatch(
  model: tf.LayersModel,
  data: SphericalDataset,
  task: Task,
  start: number,
  size: number,
): Promise<{ loss: number; classes: ArrayLike<number> }> {
  const [loss, classes] = tf.tidy(() => {
    const { x, y } = batchTensors(
      data,
      task,
      Array.from({ length: size }, (_, i) => start + i),
    );
    const logits = model.apply(x, { training: false }) as tf.Tensor;
    return [crossEntropy(logits, y), logits.argMax(-1)];
  });
  try {
    return { loss: (await loss.data())[0], classes: await classes.data() };
  } finally {
    tf.dispose([loss, classes]);
  }
}
