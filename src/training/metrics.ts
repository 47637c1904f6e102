import { quadratureWeights } from '../math/grid';
import { check, checkNumber } from '../util/check';
import { meanOfNumbers } from '../util/mean';
import { checkClasses } from './classes';

/** Counts [prediction][target]. */
export type Confusion = number[][];

/** All in percent. */
export interface SegmentationMetrics {
  /** right pixels of all pixels */
  meanAccuracy: number;
  /** right pixels of those that neither prediction nor mask calls background; NaN if there are none */
  nonBackgroundAccuracy: number;
  /** intersection over union of each class, background first; NaN for a class that is nowhere */
  iouPerClass: number[];
  /** mean over all classes that are somewhere */
  iou: number;
  /** mean over the classes 1..; the paper's measure of segmentation */
  nonBackgroundIoU: number;
}

/**
 * Counts how often class `target[i]` was called `prediction[i]`.
 * @param into counts to add to; a fresh table of [classes][classes] zeros if not given
 * @throws UsageError for lists of different lengths, classes that are none, or a table of another size
 */
export function confusionMatrix(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  classes: number,
  into: Confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0)),
): Confusion {
  checkSame(prediction, target);
  for (const list of [prediction, target]) checkClasses('confusionMatrix', list, classes);
  check(
    isSquare(into) && into.length === classes,
    `confusionMatrix: expected to add to counts [${classes}][${classes}]`,
  );
  for (let i = 0; i < prediction.length; i++) into[prediction[i]][target[i]]++;
  return into;
}

/**
 * The same with each pixel of the spheres [count, 2b, 2b] weighted by the area it stands for, in units of the mean
 * pixel's. Pixels crowd at the poles, so plain counts depend on where on the sphere a digit lies; areas do not.
 */
export function areaConfusionMatrix(
  prediction: ArrayLike<number>,
  target: ArrayLike<number>,
  classes: number,
  bandwidth: number,
): Confusion {
  const size = 2 * bandwidth;
  const areas = quadratureWeights(bandwidth).map((w) => w * size ** 3); // one for each beta, mean 1
  const areaCounts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < prediction.length; i++)
    areaCounts[prediction[i]][target[i]] += areas[Math.floor(i / size) % size];
  return areaCounts;
}

/**
 * Measures of a segmentation, from counts pooled over all pixels of all images, without area weights.
 *
 * A class that is neither in the predictions nor in the masks has no IoU (NaN) and is left out of the means; a class
 * that is only predicted, or only in the masks, has IoU 0. A mean over no class is NaN.
 * @throws UsageError unless the table is square, of finite counts of at least 0
 */
export function segmentationMetrics(confusion: Confusion): SegmentationMetrics {
  check(
    isSquare(confusion) && confusion.length > 0,
    'segmentationMetrics: expected counts [classes][classes], background first',
  );
  for (const count of confusion.flat())
    checkNumber('segmentationMetrics: count', count, 'of at least 0', (value) => value >= 0);
  const iouPerClass = confusion.map((row, c) => {
    const target = sum(confusion.map((r) => r[c]));
    return (100 * row[c]) / (sum(row) + target - row[c]);
  });
  return {
    meanAccuracy: accuracy(confusion),
    nonBackgroundAccuracy: accuracy(confusion.slice(1).map((row) => row.slice(1))),
    iouPerClass,
    iou: meanOfNumbers(iouPerClass),
    nonBackgroundIoU: meanOfNumbers(iouPerClass.slice(1)),
  };
}

/** Trace over total, in percent; NaN for an empty table. */
export function accuracy(confusion: Confusion): number {
  return (100 * sum(confusion.map((row, c) => row[c]))) / sum(confusion.map(sum));
}

function isSquare(table: unknown): boolean {
  return Array.isArray(table) && table.every((row) => Array.isArray(row) && row.length === table.length);
}

function checkSame(prediction: ArrayLike<number>, target: ArrayLike<number>): void {
  check(
    prediction.length === target.length,
    () =>
      `confusionMatrix: expected a target for each of ${prediction.length} predictions, got ${target.length}`,
  );
}

function sum(values: number[]): number {
  return values.reduce((total, v) => total + v, 0);
}
