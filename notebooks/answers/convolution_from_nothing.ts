/** Answers to the exercises of 04-convolution-from-nothing, as they stand in it. */
import * as tf from '@tensorflow/tfjs';
import * as es from '../../src/index';

/** What a filter answers to the constant signal 1, in every place. */
export function answerToOne(weights: ArrayLike<number>): number {
  const sum = Array.from(weights).reduce((total, weight) => total + weight, 0);
  return (2 / Math.sqrt(weights.length)) * sum;
}

/** How much the answer of a filter of equal weights changes along gamma, at bandwidth 4. */
export function changeAlongGamma(signal: ArrayLike<number>): number {
  const points = es.spherePoints(es.kernelGrid(0.4));
  const filter = es.lessons.sphereKernelSpectrum(
    points.map(() => 1),
    points,
    4,
  );
  const answer = es.lessons.convolveOnSphere(es.s2Analysis(signal, 4), filter, 4);
  const along = es.azimuths(4).map((gamma) => es.lessons.valueAt(answer, 4, es.rotationZYZ(0.3, 1.1, gamma)));
  return Math.max(...along) - Math.min(...along);
}

/** A layer that is none: what it reads is first multiplied by 1 + z, which does not turn along. */
export async function errorOfFixedMap(): Promise<number> {
  const filter = new es.S2Conv({ filters: 1, bandOut: 4, maxBeta: 0.4 });
  const heights = Float32Array.from(es.lessons.gridPoints(4), ([, , z]) => 1 + z);
  const broken = (x: tf.Tensor) => filter.apply(tf.mul(x, tf.tensor(heights, [1, 8, 8, 1]))) as tf.Tensor;
  return (await es.equivarianceError(broken, [8, 8, 1])).mean;
}

/** After how many steps of gamma, 11.25 degrees each, a filter with four arms answers the same again. */
export async function periodOfFourArms(signal: ArrayLike<number>): Promise<number> {
  const size = Math.sqrt(signal.length);
  const weights = es.spherePoints(es.kernelGrid(0.12)).map(([, alpha]) => Math.cos(4 * alpha));
  const layer = new es.S2Conv({ filters: 1, bandOut: size / 2, maxBeta: 0.12 });
  const answer = await es.lessons.applyFilter(layer, signal, weights);
  const turned = (steps: number) =>
    answer.map((_, i) => answer[i - (i % size) + (((i % size) + steps) % size)]);
  let steps = 1;
  while (es.lessons.largestDifference(answer, turned(steps)) > 1e-5 * Math.max(...answer)) steps++;
  return steps;
}

/** The change of the output when a weight moves from the first of eight turns to the last, at the same point. */
export async function changeByMovedWeight(signal: ArrayLike<number>): Promise<number> {
  const layer = new es.SO3Conv({ filters: 1, bandOut: 4, maxBeta: 0.4 });
  const [first, last] = [0, 7].map((at) => Array.from({ length: 192 }, (_, i) => (i === at ? 1 : 0)));
  const before = await es.lessons.applyFilter(layer, signal, first);
  return es.lessons.largestDifference(before, await es.lessons.applyFilter(layer, signal, last));
}

/** How far "combine the columns by u" is from commuting with a rotation, for any u. */
export function errorOfVector(group: Float64Array, b: number, u: (n: number, l: number) => number): number {
  const turn = es.rotationZYZ(0.4, 1.3, -0.8);
  const combine = (h: Float64Array) =>
    es.s2Synthesis(es.lessons.combineColumns(es.so3Analysis(h, b), b, u), b);
  const filterThenTurn = es.rotateS2(combine(group), b, turn);
  const turnThenFilter = combine(es.rotateSO3(group, b, turn));
  return es.lessons.largestDifference(filterThenTurn, turnThenFilter);
}

/** The equivariance error of the two layers with a ReLU between them. */
export async function errorWithRelu(): Promise<number> {
  const up = new es.S2Conv({ filters: 4, bandOut: 8, maxBeta: 0.25, activation: 'relu' });
  const down = new es.SO3ToS2({ filters: 1, bandOut: 8, maxBeta: 0.25 });
  const both = (x: tf.Tensor) => down.apply(up.apply(x) as tf.Tensor) as tf.Tensor;
  return (await es.equivarianceError(both, [16, 16, 1])).mean;
}

/** The parameters that would be left if each of the 168 rotations had one. */
export function withoutDoubles(features: readonly number[], classes: number): number {
  const widths = [...features, classes];
  const pairs = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i], 0);
  const biases = widths.reduce((sum, width) => sum + width, 0);
  return 24 * widths[0] + 168 * pairs + biases;
}
