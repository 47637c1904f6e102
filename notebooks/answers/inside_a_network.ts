/** Answers to the exercises of 05-inside-a-network, as they stand in it. */
import * as tf from '@tensorflow/tfjs';
import * as es from '../../src/index';

/** How many numbers the layers hold for one sphere. */
export function numbersHeld(maps: readonly es.lessons.FeatureMaps[]): number {
  return maps.reduce((sum, { channels }) => sum + channels.length * channels[0].length, 0);
}

/** The accuracy of a network whose first filters are made blind for direction: each ring has its mean. */
export async function accuracyBlind({ model }: es.PublishedNetwork, data: es.SphericalDataset) {
  const kept = model.getWeights().map((weight) => weight.clone());
  const [kernel, ...others] = kept;
  const rings = tf.reshape(kernel, [kernel.shape[0], kernel.shape[1]!, 3, 8]);
  const blind = tf.reshape(tf.add(tf.zerosLike(rings), tf.mean(rings, 3, true)), kernel.shape);
  model.setWeights([blind, ...others]);
  const { score } = await es.evaluate(model, data, 'classification');
  model.setWeights(kept);
  return score;
}

/** The equivariance error of a network's first layer without its ReLU, on some spheres. */
export async function errorWithoutRelu({ model, card }: es.PublishedNetwork, signals: Float64Array[]) {
  const { features, bandLimits, maxBeta } = card.experiment.network as es.S2cnnConfig;
  const layer = new es.S2Conv({ filters: features[0], bandOut: bandLimits[0], maxBeta: maxBeta[0] });
  layer.apply(tf.zeros([1, 32, 32, 1])); // builds it
  layer.setWeights(model.getLayer('s2_conv').getWeights());
  return (await es.equivarianceError(layer, [32, 32, 1], { signals: signals })).mean;
}

/** The share of the power outside degree 5 after a leaky ReLU, which multiplies negative numbers by a slope. */
export function newPower(slope: number): number {
  const spectrum = Float64Array.from({ length: 36 }, (_, i) => (i === 32 ? 1 : 0)); // l = 5, m = 2
  const f = es.s2Synthesis(spectrum, 64);
  const leaky = f.map((value) => (value > 0 ? value : slope * value));
  const power = es.lessons.powerByDegree(es.s2Analysis(leaky, 64));
  return 1 - power[5] / power.reduce((sum, value) => sum + value, 0);
}

/** How far "square, then cut off at degree b" is from commuting with a rotation, on a grid finer by a factor. */
export function errorOfSquare(factor: number, b = 8): number {
  const random = es.Random.of(1, 'square');
  const Q = es.rotationZYZ(0.5, 1.4, -1);
  const X = Float64Array.from({ length: b * b }, () => random.normal());
  const square = (x: Float64Array) => {
    const fine = es.s2Synthesis(es.s2Analysis(x, b), factor * b);
    const squared = fine.map((value) => value ** 2);
    return es.s2Synthesis(es.s2Analysis(squared, factor * b, b), b);
  };
  const x = es.s2Synthesis(X, b);
  const [one, other] = [square(es.rotateS2(x, b, Q)), es.rotateS2(square(x), b, Q)];
  return es.lessons.largestDifference(one, other) / Math.max(...one);
}

/** The accuracy of an S2CNN whose ReLUs act on a grid finer by a factor. */
export async function accuracyOversampled(
  network: es.PublishedNetwork,
  factor: number,
  data: es.SphericalDataset,
) {
  const finer = es.lessons.oversampled(network, factor);
  const { score } = await es.evaluate(finer, data, 'classification');
  finer.dispose();
  return score;
}

/** How far the first map of a CNN that goes round in azimuth is from shifting along with the digit, seam and all. */
export async function shiftErrorRound(sphere: Float64Array): Promise<number> {
  const shape = { features: [4, 4], kernelSizes: [3, 3], strides: [2, 2], classes: 10 };
  const round = es.cnn({ task: 'classification', size: 32, ...shape, padding: 'azimuth' });
  const shift = (x: Float64Array, width: number, by: number) =>
    x.map((_, i) => x[i - (i % width) + (((i % width) - by + width) % width)]);
  const [before] = await es.lessons.featureMaps(round, sphere);
  const [after] = await es.lessons.featureMaps(round, shift(sphere, 32, 8));
  return es.lessons.largestDifference(after.channels[0], shift(before.channels[0], 16, 4));
}

/** A network's probabilities, averaged over all 32 shifts in azimuth. */
export async function averagedOverShifts({ model }: es.PublishedNetwork, sphere: Float64Array) {
  const shifts = Array.from({ length: 32 }, (_, by) =>
    sphere.map((_, i) => sphere[i - (i % 32) + (((i % 32) + by) % 32)]),
  );
  const mean = tf.tidy(() => {
    const x = tf.tensor(Float32Array.from(shifts.flatMap((one) => [...one])), [32, 32, 32, 1]);
    return tf.mean(tf.softmax(model.predict(x) as tf.Tensor), 0);
  });
  const probabilities = await mean.data();
  mean.dispose();
  return probabilities;
}
