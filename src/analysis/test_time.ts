/**
 * Answers made at test time from several: the mean over random rotations of the sphere (masks rotated back), and the mean
 * of several networks. Averaged over all rotations, any network is equivariant; over a few, it is nearer to it.
 */
import * as tf from '@tensorflow/tfjs';
import type { SphericalDataset } from '../datasets/spherical';
import { classCount, type Task } from '../datasets/task';
import { quadratureWeights } from '../math/grid';
import { identity, inverse, type Rotation, randomRotation } from '../math/rotation';
import { batchTensors, targets } from '../training/batches';
import { breathe } from '../training/interrupted';
import { accuracy, confusionMatrix, segmentationMetrics } from '../training/metrics';
import { currentSignal } from '../util/cell_signal';
import { check } from '../util/check';
import { Random } from '../util/random';
import { SphereRotator } from './sphere_rotator';

/** Networks of one task and grid whose probabilities are averaged, each over some rotations. */
export interface Answerer {
  models: readonly tf.LayersModel[];
  task: Task;
  bandwidth: number;
  /** of the sphere before each answer; the first may be the identity */
  rotations: readonly Rotation[];
}

export interface AnswerMeasures {
  /** accuracy or non-background mIoU, in percent */
  score: number;
  /** relative distance of the answer to a rotated sphere from the rotated answer, mean over the spheres tried */
  equivarianceError: number;
  /** time of an answer, in milliseconds a sphere */
  milliseconds: number;
}

/** The identity and count - 1 random rotations. */
export function orbit(count: number, seed: number): Rotation[] {
  const random = Random.of(seed, 'orbit');
  return Array.from({ length: count }, (_, i) => (i === 0 ? identity : randomRotation(random)));
}

/**
 * Probabilities of the classes, averaged over rotations and networks.
 * @param x [batch, 2b, 2b, 1]
 * @returns [batch, classes], or [batch, 2b, 2b, classes]
 */
export function probabilities(
  { models, task, rotations }: Answerer,
  rotator: SphereRotator,
  x: tf.Tensor4D,
): tf.Tensor {
  check(
    models.length > 0 && rotations.length > 0,
    'probabilities: expected a network and a rotation at least',
  );
  return tf.tidy(() => {
    let sum: tf.Tensor | undefined;
    for (const rotation of rotations) {
      const isTurned = rotation !== identity;
      const turned = isTurned ? rotator.rotate(x, rotation) : x;
      for (const model of models) {
        const answer = tf.softmax(model.apply(turned, { training: false }) as tf.Tensor);
        const back =
          isTurned && task === 'segmentation'
            ? rotator.rotate(answer as tf.Tensor4D, inverse(rotation))
            : answer;
        const next: tf.Tensor = sum ? sum.add(back) : back;
        if (sum) tf.dispose(sum);
        sum = tf.keep(next);
      }
    }
    const mean = sum!.div(rotations.length * models.length);
    tf.dispose(sum!);
    return mean;
  });
}

/**
 * Measures answers on a test set.
 * @param options batchSize: spheres at once (32); tried: spheres whose answer is compared with that to a rotated sphere
 * @throws Interrupted if the signal fires
 */
export async function measureAnswers(
  answerer: Answerer,
  data: SphericalDataset,
  {
    batchSize = 32,
    tried = 64,
    seed = 1,
    signal = currentSignal(),
  }: { batchSize?: number; tried?: number; seed?: number; signal?: AbortSignal } = {},
): Promise<AnswerMeasures> {
  const { task, bandwidth } = answerer;
  const rotator = new SphereRotator(bandwidth);
  const all = targets(data, task);
  const perSample = all.length / data.count;
  const found = new Uint8Array(all.length);
  const errors: number[] = [];
  const random = Random.of(seed, 'answers');
  let elapsed = 0;
  try {
    for (let start = 0; start < data.count; start += batchSize) {
      await breathe(signal);
      const samples = Array.from({ length: Math.min(batchSize, data.count - start) }, (_, i) => start + i);
      const { x, y } = batchTensors(data, task, samples);
      const began = performance.now();
      const answers = probabilities(answerer, rotator, x);
      const classes = answers.argMax(-1);
      found.set(await classes.data(), start * perSample);
      elapsed += performance.now() - began;
      if (start < tried) errors.push(await distance(answerer, rotator, x, randomRotation(random)));
      tf.dispose([x, y, answers, classes]);
    }
  } finally {
    rotator.dispose();
  }
  const confusion = confusionMatrix(found, all, classCount(task));
  return {
    score: task === 'segmentation' ? segmentationMetrics(confusion).nonBackgroundIoU : accuracy(confusion),
    equivarianceError: errors.reduce((sum, e) => sum + e, 0) / errors.length,
    milliseconds: elapsed / data.count,
  };
}

/** || answer(R x) - R answer(x) || / || answer(x) || in the norm of the Haar measure, on the degrees that the grid resolves. */
async function distance(
  answerer: Answerer,
  rotator: SphereRotator,
  x: tf.Tensor4D,
  rotation: Rotation,
): Promise<number> {
  const relative = tf.tidy(() => {
    // Both sides lose what the grid does not resolve, so that only the network is measured.
    const limited = rotator.rotate(x, identity);
    const isMap = answerer.task === 'segmentation';
    const own = probabilities(answerer, rotator, limited);
    const expected = isMap ? rotator.rotate(own as tf.Tensor4D, rotation) : own;
    const turned = probabilities(answerer, rotator, rotator.rotate(limited, rotation));
    const seen = isMap ? rotator.rotate(turned as tf.Tensor4D, identity) : turned;
    const weights = isMap ? areaWeights(answerer.bandwidth) : tf.scalar(1);
    const square = (map: tf.Tensor) => map.square().mul(weights).sum();
    return square(seen.sub(expected)).div(square(expected)).sqrt();
  });
  const [value] = await relative.data();
  relative.dispose();
  return value;
}

/** [2b, 1, 1]: the share of the sphere that a grid point of each ring stands for, up to a factor. */
function areaWeights(bandwidth: number): tf.Tensor {
  return tf.tensor(Float32Array.from(quadratureWeights(bandwidth)), [2 * bandwidth, 1, 1]);
}
