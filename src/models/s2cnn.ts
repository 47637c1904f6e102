import * as tf from '@tensorflow/tfjs';
import { type Task, tasks } from '../datasets/task';
import { S2Conv } from '../layers/s2_conv';
import { SO3Conv } from '../layers/so3_conv';
import { SO3Integrate } from '../layers/so3_integrate';
import { SO3Shortcut } from '../layers/so3_shortcut';
import { SO3ToS2 } from '../layers/so3_to_s2';
import { type Upsampling, upsamplings } from '../transforms/truncation';
import { check, checkInteger, checkKeys, checkOneOf, checkPositive } from '../util/check';
import { Random } from '../util/random';
import { refusingNone } from './predicting';
import { scaled } from './scaled';

export interface S2cnnConfig {
  task: Task;
  /** Bandwidth of the input: a grid of 2b polar angles by 2b azimuths. */
  bandwidth: number;
  /** Channels of the input; default 1. */
  channels?: number;
  /** Channels of each hidden signal on the rotation group. */
  features: number[];
  /** Band limit L of each hidden signal: degrees l < L, on a grid of bandwidth L, or `oversampling` times as much. */
  bandLimits: number[];
  /** Largest polar angle of each convolution's filter, in units of pi; segmentation has one more, for SO(3) -> S2. */
  maxBeta: number[];
  classes: number;
  /** Adds a shortcut to each SO(3) convolution, before its ReLU; default false. */
  skips?: boolean;
  /** See transforms/truncation.ts; default 'exact'. */
  upsampling?: Upsampling;
  /**
   * How much finer than their band limits the grids of the hidden signals are, on which ReLU acts: 1 to 2; default 1.
   * ReLU has no band limit: on a finer grid less of it aliases, so the network is nearer to equivariant, and slower.
   */
  oversampling?: number;
  /** Factor on the input; default 1. The paper feeds 0..255. */
  inputScale?: number;
  /** Factor on the logits; default 1. */
  logitScale?: number;
  /** Seed of the initial weights; default 1. */
  seed?: number;
}

/** What a configuration is where it says nothing. */
export const s2cnnDefaults = {
  channels: 1,
  skips: false,
  upsampling: 'exact',
  oversampling: 1,
  inputScale: 1,
  logitScale: 1,
  seed: 1,
} as const satisfies Partial<S2cnnConfig>;

const keys: Record<keyof S2cnnConfig, true> = {
  task: true,
  bandwidth: true,
  channels: true,
  features: true,
  bandLimits: true,
  maxBeta: true,
  classes: true,
  skips: true,
  upsampling: true,
  oversampling: true,
  inputScale: true,
  logitScale: true,
  seed: true,
};

export const s2cnnKeys: readonly string[] = Object.keys(keys);

/**
 * The equivariant network: S2 convolution, SO(3) convolutions, ReLU after each; then SO(3) -> S2 for
 * segmentation, or the integral over SO(3) and a linear layer for classification.
 * @returns [batch, 2b, 2b, channels] to logits, [batch, 2b, 2b, classes] or [batch, classes]
 * @throws UsageError for an unknown or missing key, or lists whose lengths do not fit
 */
export function s2cnn(config: S2cnnConfig): tf.LayersModel {
  checkS2cnn(config);
  const full = { ...s2cnnDefaults, ...config };
  const { task, bandwidth, channels, features, inputScale, logitScale, seed } = full;
  const weights = Random.of(seed, 's2cnn weights');
  const freshSeed: Seed = () => 1 + weights.integer(2 ** 30);

  const input = tf.input({ shape: [2 * bandwidth, 2 * bandwidth, channels], name: 'sphere' });
  let x = fromSphere(scaled('input_scale', inputScale, input), full, freshSeed);
  for (let i = 1; i < features.length; i++) x = onGroup(x, i, full, freshSeed);
  const logits = task === 'segmentation' ? toSphere(x, full, freshSeed) : toClasses(x, full, freshSeed);
  const outputs = scaled('logit_scale', logitScale, logits);
  return refusingNone(tf.model({ inputs: input, outputs, name: 's2cnn' }));
}

type FullConfig = Required<S2cnnConfig>;

/** A seed for each layer's weights, in their order. */
type Seed = () => number;

/** S2 convolution and ReLU: the sphere to the first signal on the group. */
function fromSphere(x: tf.SymbolicTensor, config: FullConfig, seed: Seed): tf.SymbolicTensor {
  const layer = new S2Conv({
    ...hiddenSignal(config, 0),
    name: 's2_conv',
    maxBeta: config.maxBeta[0],
    activation: 'relu',
    seed: seed(),
  });
  return layer.apply(x) as tf.SymbolicTensor;
}

/** SO(3) convolution, its shortcut if there are any, and ReLU: hidden signal i - 1 to hidden signal i. */
function onGroup(x: tf.SymbolicTensor, i: number, config: FullConfig, seed: Seed): tf.SymbolicTensor {
  const signal = { ...hiddenSignal(config, i), bandIn: config.bandLimits[i - 1] };
  const convolution = new SO3Conv({
    ...signal,
    name: `so3_conv_${i}`,
    maxBeta: config.maxBeta[i],
    activation: config.skips ? 'linear' : 'relu',
    seed: seed(),
  });
  const y = convolution.apply(x) as tf.SymbolicTensor;
  if (!config.skips) return y;
  const shortcut = new SO3Shortcut({ ...signal, name: `so3_shortcut_${i}`, seed: seed() });
  const sum = tf.layers.add({ name: `sum_${i}` }).apply([y, shortcut.apply(x) as tf.SymbolicTensor]);
  return tf.layers.reLU({ name: `relu_${i}` }).apply(sum) as tf.SymbolicTensor;
}

/** The last convolution of segmentation: back to the input's grid. */
function toSphere(x: tf.SymbolicTensor, config: FullConfig, seed: Seed): tf.SymbolicTensor {
  const { features, bandLimits, maxBeta, classes, bandwidth, upsampling } = config;
  const layer = new SO3ToS2({
    name: 'so3_to_s2',
    filters: classes,
    bandIn: bandLimits[features.length - 1],
    bandOut: bandwidth,
    maxBeta: maxBeta[features.length],
    upsampling,
    seed: seed(),
  });
  return layer.apply(x) as tf.SymbolicTensor;
}

/** The head of classification. The linear layer starts as PyTorch's: uniform within 1/sqrt(fan in), weights and biases. */
function toClasses(x: tf.SymbolicTensor, { features, classes }: FullConfig, seed: Seed): tf.SymbolicTensor {
  const integral = new SO3Integrate({ name: 'so3_integrate' }).apply(x);
  const bound = 1 / Math.sqrt(features[features.length - 1]);
  const uniform = () => tf.initializers.randomUniform({ minval: -bound, maxval: bound, seed: seed() });
  const linear = tf.layers.dense({
    name: 'linear',
    units: classes,
    kernelInitializer: uniform(),
    biasInitializer: uniform(),
  });
  return linear.apply(integral) as tf.SymbolicTensor;
}

/** Channels, band limit and grid of hidden signal i, as the layer that writes it takes them. */
function hiddenSignal(config: FullConfig, i: number) {
  const { features, bandLimits, oversampling, upsampling } = config;
  return {
    filters: features[i],
    bandOut: bandLimits[i],
    gridOut: Math.round(bandLimits[i] * oversampling),
    upsampling,
  };
}

/** @throws UsageError for an unknown or missing key, a value that cannot be, or lists whose lengths do not fit */
export function checkS2cnn(config: S2cnnConfig): void {
  checkKeys('s2cnn', config, s2cnnKeys);
  checkOneOf('task', config.task, tasks);
  checkInteger('s2cnn: bandwidth', config.bandwidth, 1);
  checkInteger('s2cnn: classes', config.classes, 1);
  const { channels, skips, upsampling, inputScale, logitScale, seed } = { ...s2cnnDefaults, ...config };
  checkInteger('s2cnn: channels', channels, 1);
  checkInteger('s2cnn: seed', seed, 0);
  checkPositive('s2cnn: inputScale', inputScale);
  checkPositive('s2cnn: logitScale', logitScale);
  checkOneOf('upsampling', upsampling, upsamplings);
  check(typeof skips === 'boolean', () => `s2cnn: skips: expected true or false, got ${skips}`);
  const { features, bandLimits, maxBeta, oversampling = 1 } = config;
  check(
    oversampling >= 1 && oversampling <= 2,
    () => `s2cnn: oversampling: expected a number from 1 to 2, got ${oversampling}`,
  );
  const lists = { features, bandLimits, maxBeta };
  for (const [name, list] of Object.entries(lists))
    check(
      Array.isArray(list) && list.length > 0,
      () => `s2cnn: ${name} must be a list of numbers, got ${list}`,
    );
  for (const value of features) checkInteger('s2cnn: features', value, 1);
  for (const value of bandLimits) checkInteger('s2cnn: bandLimits', value, 1);
  for (const value of maxBeta)
    check(value > 0 && value <= 1, () => `s2cnn: maxBeta: expected numbers above 0, at most 1, got ${value}`);
  const convolutions = features.length + (config.task === 'segmentation' ? 1 : 0);
  check(
    bandLimits.length === features.length && maxBeta.length === convolutions,
    () =>
      `s2cnn: ${features.length} features for ${config.task} need ${features.length} bandLimits and ${convolutions} ` +
      `entries of maxBeta, got ${bandLimits.length} and ${maxBeta.length}`,
  );
}
