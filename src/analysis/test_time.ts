/**
 * Answers made at test time from several: the mean over random rotations of the sphere (masks rotated back), and the mean
 * of several networks. Averaged over all rotations, any network is equivariant; over a few, it is nearer to it.
 *
 * How a sphere is turned matters. From its samples alone it can be turned by its spectrum, which loses what the grid does
 * not resolve and rings at edges: a plain network has never seen such digits. Where the image is at hand, it can be
 * projected anew.
 */
import * as tf from '@tensorflow/tfjs';
import type { SphericalDataset } from '../datasets/spherical';
import { classCount, type Task } from '../datasets/task';
import { quadratureWeights } from '../math/grid';
import { identity, inverse, multiply, type Rotation, randomRotation } from '../math/rotation';
import { batchTensors, type SphereSource, targets } from '../training/batches';
import { accuracy, confusionMatrix, segmentationMetrics } from '../training/metrics';
import { currentSignal } from '../util/cell_signal';
import { check } from '../util/check';
import { breathe } from '../util/interrupted';
import { mean } from '../util/mean';
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

/** The spheres of a batch, turned: [batch, 2b, 2b, 1]. */
type Turned = (rotation: Rotation) => tf.Tensor4D;

/** Turns spheres by their spectra. */
const bySpectrum =
  (x: tf.Tensor4D, rotator: SphereRotator): Turned =>
  (rotation) =>
    rotation === identity ? x : rotator.rotate(x, rotation);

/** The identity and count - 1 random rotations. */
export function orbit(count: number, seed: number): Rotation[] {
  const random = Random.of(seed, 'orbit');
  return Array.from({ length: count }, (_, i) => (i === 0 ? identity : randomRotation(random)));
}

/**
 * Probabilities of the classes, averaged over rotations and networks.
 * @returns [batch, classes], or [batch, 2b, 2b, classes]
 */
function probabilities(
  { models, task, rotations }: Answerer,
  rotator: SphereRotator,
  turned: Turned,
): tf.Tensor {
  check(
    models.length > 0 && rotations.length > 0,
    'probabilities: expected a network and a rotation at least',
  );
  return tf.tidy(() => {
    let sum: tf.Tensor | undefined;
    for (const rotation of rotations) {
      const x = turned(rotation);
      for (const model of models) {
        const answer = tf.softmax(model.apply(x, { training: false }) as tf.Tensor);
        const back =
          rotation !== identity && task === 'segmentation'
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

export interface MeasureOptions {
  /** Spheres at once; default 32. */
  batchSize?: number;
  /** Spheres whose answer is compared with that to a rotated sphere; default 64. */
  tried?: number;
  /** Of the rotations in these comparisons; default 1. */
  seed?: number;
  /** The same spheres, turned before they are sampled; without it they are turned by their spectra. */
  projected?: (rotation: Rotation) => Pick<SphereSource, 'take'>;
  /** Default: that of the notebook's cell. */
  signal?: AbortSignal;
}

/**
 * Measures answers on a test set.
 * @throws Interrupted if the signal fires
 */
export async function measureAnswers(
  answerer: Answerer,
  data: SphericalDataset,
  { batchSize = 32, tried = 64, seed = 1, projected, signal = currentSignal() }: MeasureOptions = {},
): Promise<AnswerMeasures> {
  const { task, bandwidth } = answerer;
  const rotator = new SphereRotator(bandwidth);
  const all = targets(data, task);
  const perSample = all.length / data.count;
  const found = new Uint8Array(all.length);
  const errors: number[] = [];
  const random = Random.of(seed, 'answers');
  const project = projected && remembering(projected, answerer.rotations);
  let elapsed = 0;
  try {
    for (let start = 0; start < data.count; start += batchSize) {
      await breathe(signal);
      const samples = Array.from({ length: Math.min(batchSize, data.count - start) }, (_, i) => start + i);
      const { x, y } = batchTensors(data, task, samples);
      const byProjection: Turned | undefined =
        project && ((rotation) => tf.tensor4d(project(rotation).take(samples).inputs, x.shape));
      const turned = byProjection ?? bySpectrum(x, rotator);
      if (start === 0) probabilities(answerer, rotator, turned).dispose(); // the first ones take longer
      const { classes, milliseconds } = await timedClasses(answerer, rotator, turned);
      found.set(classes, start * perSample);
      elapsed += milliseconds;
      if (start < tried)
        errors.push(await distance(answerer, rotator, x, randomRotation(random), byProjection));
      tf.dispose([x, y]);
    }
  } finally {
    rotator.dispose();
  }
  const confusion = confusionMatrix(found, all, classCount(task));
  return {
    score: task === 'segmentation' ? segmentationMetrics(confusion).nonBackgroundIoU : accuracy(confusion),
    equivarianceError: mean(errors),
    milliseconds: elapsed / data.count,
  };
}

/** The same, with what it gives for these rotations made once. */
function remembering<T>(make: (rotation: Rotation) => T, rotations: readonly Rotation[]) {
  const made = new Map(rotations.map((rotation) => [rotation, make(rotation)]));
  return (rotation: Rotation): T => made.get(rotation) ?? make(rotation);
}

/** The likeliest class of each sphere, or pixel, and the time from the spheres to having them at hand. */
async function timedClasses(answerer: Answerer, rotator: SphereRotator, turned: Turned) {
  const began = performance.now();
  const answers = probabilities(answerer, rotator, turned);
  const likeliest = answers.argMax(-1);
  const classes = await likeliest.data();
  const milliseconds = performance.now() - began;
  tf.dispose([answers, likeliest]);
  return { classes, milliseconds };
}

/** || answer(R x) - R answer(x) || / || answer(x) || in the norm of the Haar measure, on the degrees that the grid resolves. */
async function distance(
  answerer: Answerer,
  rotator: SphereRotator,
  x: tf.Tensor4D,
  rotation: Rotation,
  byProjection?: Turned,
): Promise<number> {
  const relative = tf.tidy(() => {
    // By the spectrum both sides lose what the grid does not resolve, so that only the network is measured.
    const turned = byProjection ?? bySpectrum(rotator.rotate(x, identity), rotator);
    const isMap = answerer.task === 'segmentation';
    const own = probabilities(answerer, rotator, turned);
    const expected = isMap ? rotator.rotate(own as tf.Tensor4D, rotation) : own;
    const ofTurned = probabilities(answerer, rotator, (next) => turned(multiply(next, rotation)));
    const seen = isMap ? rotator.rotate(ofTurned as tf.Tensor4D, identity) : ofTurned;
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
