import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { crossEntropy } from '../../src/training/losses';
import {
  accuracy,
  areaConfusionMatrix,
  confusionMatrix,
  segmentationMetrics,
} from '../../src/training/metrics';

const golden = JSON.parse(readFileSync(join(__dirname, '..', 'golden', 'metrics.json'), 'utf8'));
const { logits, labels, confusion_counts: counts } = golden.arrays;
const expected: Record<string, number> = golden.meta.result;

/** The golden logits, channels last: [6, 8, 8, 11]. */
function goldenLogits(): tf.Tensor {
  return tf.tensor4d(logits.data, logits.shape).transpose([0, 2, 3, 1]);
}

function goldenConfusion(): number[][] {
  const predictions = tf.tidy(() => goldenLogits().argMax(-1).dataSync());
  return confusionMatrix(predictions, labels.data, 11);
}

function close(actual: number, wanted: number, what: string): void {
  assert.ok(
    Math.abs(actual - wanted) < 1e-5 * Math.abs(wanted),
    `${what}: expected ${wanted}, got ${actual}`,
  );
}

describe('segmentation metrics', () => {
  it('weights by area: a cap of half the height of the sphere covers a quarter of it, whatever its pixels', () => {
    const bandwidth = 60;
    const size = 2 * bandwidth;
    const cap = Uint8Array.from({ length: size * size }, (_, i) => (Math.floor(i / size) < size / 3 ? 1 : 0));
    const areas = areaConfusionMatrix(cap, cap, 2, bandwidth);
    assert.equal(confusionMatrix(cap, cap, 2)[1][1], cap.length / 3);
    assert.ok(Math.abs(areas[1][1] / cap.length - 0.25) < 1e-3, `${areas[1][1] / cap.length}`);
  });

  it('count [prediction][target] as the released code does', () => {
    assert.deepEqual(goldenConfusion().flat(), counts.data);
  });

  it('reproduce the released numbers', () => {
    const m = segmentationMetrics(goldenConfusion());
    close(m.meanAccuracy, expected.mean_accuracy, 'mean accuracy');
    close(m.nonBackgroundAccuracy, expected.non_bkgd_accuracy, 'non-background accuracy');
    close(m.iou, expected.iou, 'iou');
    close(m.nonBackgroundIoU, expected.non_bkgd_iou, 'non-background iou');
    m.iouPerClass.forEach((iou, c) => {
      close(iou, expected[`iou_class_${c}`], `iou of class ${c}`);
    });
  });

  it('leave out a class that is nowhere, and count one that is only predicted as 0', () => {
    const m = segmentationMetrics([
      [8, 0, 0, 0],
      [0, 3, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    assert.equal(m.iouPerClass[2], 0);
    assert.ok(Number.isNaN(m.iouPerClass[3]));
    assert.equal(m.nonBackgroundIoU, 50);
    assert.equal(m.nonBackgroundAccuracy, 100);
    assert.ok(
      Number.isNaN(
        segmentationMetrics([
          [5, 0],
          [0, 0],
        ]).nonBackgroundIoU,
      ),
    );
  });

  it('are of counts alone', () => {
    for (const odd of [-1, Number.NaN])
      assert.throws(
        () =>
          segmentationMetrics([
            [1, 2],
            [odd, 3],
          ]),
        {
          name: 'UsageError',
          message: `segmentationMetrics: count: expected a number of at least 0, got ${odd}`,
        },
      );
  });

  it('add to a table of the right size alone', () => {
    for (const into of [[[0]], [[0, 0], [0]], [0, 0]] as number[][][])
      assert.throws(() => confusionMatrix([0, 1], [0, 1], 2, into), {
        name: 'UsageError',
        message: 'confusionMatrix: expected to add to counts [2][2]',
      });
  });

  it('give the trace over the total as accuracy', () => {
    assert.equal(accuracy(confusionMatrix([0, 1, 1, 1], [0, 1, 0, 1], 2)), 75);
  });
});

describe('cross-entropy', () => {
  it('is the released loss', () => {
    const loss = tf.tidy(
      () => crossEntropy(goldenLogits(), tf.tensor(labels.data, labels.shape, 'int32')).dataSync()[0],
    );
    close(loss, expected.loss, 'loss');
  });

  it('has the gradient of finite differences, with and without class weights', () => {
    const x = tf.tensor2d([0.3, -1.2, 2, 0.1, 0.7, -0.4], [2, 3]);
    const y = tf.tensor1d([2, 0], 'int32');
    for (const weights of [undefined, [1, 5, 0.25]]) {
      const gradient = tf
        .grad((z) => crossEntropy(z, y, weights))(x)
        .dataSync();
      for (let i = 0; i < 6; i++) {
        const step = tf
          .oneHot(tf.tensor1d([i], 'int32'), 6)
          .reshape([2, 3])
          .mul(1e-2);
        const up = crossEntropy(x.add(step), y, weights).dataSync()[0];
        const down = crossEntropy(x.sub(step), y, weights).dataSync()[0];
        assert.ok(Math.abs(gradient[i] - (up - down) / 2e-2) < 1e-4, `entry ${i}`);
      }
    }
  });

  it('stays finite for logits of 1e4', () => {
    const y = tf.tensor1d([1], 'int32');
    assert.equal(crossEntropy(tf.tensor2d([[1e4, -1e4]]), y).dataSync()[0], 2e4);
    const gradient = tf
      .grad((z) => crossEntropy(z, y))(tf.tensor2d([[1e4, -1e4]]))
      .dataSync();
    assert.deepEqual([...gradient], [1, -1]);
  });
});
