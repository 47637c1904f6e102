import { inkThreshold, segmentationMask } from '../../datasets/mask';
import { classCount, type Task } from '../../datasets/task';
import { areaConfusionMatrix, segmentationMetrics } from '../../training/metrics';
import type { Answer } from './messages';

const maskClasses = classCount('segmentation');

/** The index of the greatest of `count` values from `first` on. */
function greatest(values: ArrayLike<number>, first: number, count: number): number {
  let best = first;
  for (let i = first + 1; i < first + count; i++) if (values[i] > values[best]) best = i;
  return best - first;
}

/** The class of each point: 0 for background, digit + 1. @param logits [2b, 2b, 11] */
export function maskOf(logits: Float32Array): Uint8Array {
  return Uint8Array.from({ length: logits.length / maskClasses }, (_, i) =>
    greatest(logits, i * maskClasses, maskClasses),
  );
}

/** Of one sphere: [10] logits to probabilities. */
export function probabilitiesOf(logits: Float32Array): number[] {
  const most = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/**
 * What logits of one sphere say, and how well.
 * @param sphere [2b, 2b], 0..255
 * @param label the digit that it should say; null for a mask of any digit
 */
export function answerOf(task: Task, logits: Float32Array, sphere: Uint8Array, label: number | null): Answer {
  if (task === 'classification') {
    const said = greatest(logits, 0, logits.length);
    return { said, score: said === label ? 1 : 0, logits };
  }
  const mask = maskOf(logits);
  const counts = new Array<number>(maskClasses).fill(0);
  for (const c of mask) counts[c]++;
  const said = counts.every((count, c) => c === 0 || count === 0)
    ? null
    : greatest(counts, 1, maskClasses - 1);
  return { said, score: intersectionOverUnion(mask, sphere, label), logits };
}

/** Of the digit's mask, by area; without a label of all that is called digit. */
function intersectionOverUnion(mask: Uint8Array, sphere: Uint8Array, label: number | null): number {
  const bandwidth = Math.sqrt(sphere.length) / 2;
  if (label === null) {
    const found = mask.map((c) => (c > 0 ? 1 : 0));
    const ink = sphere.map((value) => (value > inkThreshold ? 1 : 0));
    return iouOf(found, ink, 1, bandwidth);
  }
  return iouOf(mask, segmentationMask(sphere, Uint8Array.of(label), bandwidth), label + 1, bandwidth);
}

function iouOf(found: Uint8Array, truth: Uint8Array, which: number, bandwidth: number): number {
  const confusion = areaConfusionMatrix(found, truth, maskClasses, bandwidth);
  return segmentationMetrics(confusion).iouPerClass[which] / 100 || 0;
}
