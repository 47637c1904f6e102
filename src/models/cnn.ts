import * as tf from '@tensorflow/tfjs';
import { type Task, tasks } from '../datasets/task';
import { type Padding, paddings } from '../layers/azimuth';
import { Down } from '../layers/down';
import { torchInit } from '../layers/torch_init';
import { Up } from '../layers/up';
import { check, checkInteger, checkKeys, checkOneOf, checkPositive } from '../util/check';
import { refusingNone } from './predicting';
import { scaled } from './scaled';

export interface CnnConfig {
  task: Task;
  /** Height and width of the input, 2b of a sphere of bandwidth b. */
  size: number;
  /** Channels of the input; default 1. */
  channels?: number;
  /** Output channels of each convolution on the way down. */
  features: number[];
  kernelSizes: number[];
  strides: number[];
  classes: number;
  /** Shortcuts around every layer but the first and the last; default false. */
  skips?: boolean;
  /**
   * 'azimuth': convolutions go round in azimuth, the second axis, so that the network commutes with turns by its total
   * stride; default 'valid', as in the paper.
   */
  padding?: Padding;
  /** Factor on the input; default 1. The paper feeds 0..255. */
  inputScale?: number;
  /** Seed of the initial weights; default 1. */
  seed?: number;
  name?: string;
}

/** What a configuration is where it says nothing. */
export const cnnDefaults = {
  channels: 1,
  skips: false,
  padding: 'valid',
  inputScale: 1,
  seed: 1,
} as const satisfies Partial<CnnConfig>;

const keys: Record<keyof CnnConfig, true> = {
  task: true,
  size: true,
  channels: true,
  features: true,
  kernelSizes: true,
  strides: true,
  classes: true,
  skips: true,
  padding: true,
  inputScale: true,
  seed: true,
  name: true,
};

export const cnnKeys: readonly string[] = Object.keys(keys);

/**
 * The paper's plain network (section 5). Convolutions down to a bottleneck; then for segmentation transposed
 * ones with the same kernels and strides in reverse, back through the same sizes, for classification one dense
 * layer on the flattened bottleneck.
 * @returns a model from [batch, size, size, channels] to logits: [batch, size, size, classes] or [batch, classes].
 * @throws UsageError if the configuration is not complete, or if a kernel does not fit its image.
 */
export function cnn(config: CnnConfig): tf.LayersModel {
  checkCnn(config);
  const { task, size, channels, seed } = { ...cnnDefaults, ...config };
  const sizes = cnnSizes(config);
  const input = tf.input({ shape: [size, size, channels], name: 'image' });
  const bottleneck = goDown(scaled('input_scale', config.inputScale, input), config, seed);
  const logits =
    task === 'segmentation' ? goUp(bottleneck, config, sizes, seed) : classify(bottleneck, config, seed);
  return refusingNone(tf.model({ inputs: input, outputs: logits, name: config.name ?? 'cnn' }));
}

/** Height of the maps on the way down, and their width without padding, from the input to the bottleneck. */
export function cnnSizes({
  size,
  kernelSizes,
  strides,
}: Pick<CnnConfig, 'size' | 'kernelSizes' | 'strides'>): number[] {
  const sizes = [size];
  kernelSizes.forEach((kernel, i) => {
    check(
      kernel <= sizes[i],
      () => `cnn: kernel ${i + 1} of ${kernel} does not fit its image of ${sizes[i]}`,
    );
    sizes.push(Math.floor((sizes[i] - kernel) / strides[i]) + 1);
  });
  return sizes;
}

function goDown(x: tf.SymbolicTensor, config: CnnConfig, seed: number): tf.SymbolicTensor {
  const { features, kernelSizes, strides, skips, padding } = { ...cnnDefaults, ...config };
  return features.reduce((map, filters, i) => {
    const [kernelSize, skip, name] = [kernelSizes[i], skips && i > 0, `down${i + 1}`];
    return new Down({ filters, kernelSize, strides: strides[i], skip, padding, seed, name }).apply(
      map,
    ) as tf.SymbolicTensor;
  }, x);
}

function goUp(x: tf.SymbolicTensor, config: CnnConfig, sizes: number[], seed: number): tf.SymbolicTensor {
  const { features, kernelSizes, strides, classes, skips, padding } = { ...cnnDefaults, ...config };
  let map = x;
  for (let i = features.length - 1; i >= 0; i--) {
    const isLast = i === 0;
    map = new Up({
      filters: isLast ? classes : features[i - 1],
      kernelSize: kernelSizes[i],
      strides: strides[i],
      outputSize: sizes[i],
      skip: skips && !isLast,
      rectify: !isLast,
      padding,
      seed,
      name: `up${features.length - i}`,
    }).apply(map) as tf.SymbolicTensor;
  }
  return map;
}

function classify(x: tf.SymbolicTensor, config: CnnConfig, seed: number): tf.SymbolicTensor {
  const { classes } = config;
  const fanIn = tf.util.sizeFromShape((x.shape as number[]).slice(1));
  const { kernel, bias } = torchInit(fanIn, seed, 'head');
  const head = { units: classes, kernelInitializer: kernel, biasInitializer: bias, name: 'head' };
  const flat = tf.layers.flatten({ name: 'flatten' }).apply(x) as tf.SymbolicTensor;
  return tf.layers.dense(head).apply(flat) as tf.SymbolicTensor;
}

/** @throws UsageError for an unknown or missing key, a value that cannot be, or a kernel that does not fit its image */
export function checkCnn(config: CnnConfig): void {
  checkKeys('cnn', config, cnnKeys);
  checkOneOf('task', config.task, tasks);
  checkOneOf('padding', config.padding ?? cnnDefaults.padding, paddings);
  checkInteger('cnn: size', config.size, 1);
  checkInteger('cnn: channels', config.channels ?? cnnDefaults.channels, 1);
  checkInteger('cnn: classes', config.classes, 1);
  const { skips, inputScale, seed } = { ...cnnDefaults, ...config };
  checkInteger('cnn: seed', seed, 0);
  checkPositive('cnn: inputScale', inputScale);
  check(typeof skips === 'boolean', () => `cnn: skips: expected true or false, got ${skips}`);
  for (const key of ['features', 'kernelSizes', 'strides'] as const) {
    check(
      Array.isArray(config[key]),
      () => `cnn: ${key}: expected one number for each convolution, got ${config[key]}`,
    );
    for (const value of config[key]) checkInteger(`cnn: ${key}`, value, 1);
  }
  const { features, kernelSizes, strides } = config;
  check(
    features.length > 0 && features.length === kernelSizes.length && features.length === strides.length,
    () =>
      `cnn: features, kernelSizes and strides have ${features.length}, ${kernelSizes.length} and ${strides.length} entries`,
  );
  cnnSizes(config);
}
