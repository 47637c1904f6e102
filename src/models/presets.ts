import type * as tf from '@tensorflow/tfjs';
import { type Task, tasks } from '../datasets/task';
import { check, checkInteger, checkKeys, checkOneOf, checkPositive } from '../util/check';
import type { CnnConfig } from './cnn';
import { cnnPresets } from './cnn_presets';
import { buildNetwork, canonicalNetwork, type Network } from './network';
import type { S2cnnConfig } from './s2cnn';
import { atBandwidth, paperClassification, paperSegmentation, quickS2cnn } from './s2cnn_presets';

/** Networks of the paper's sizes at bandwidth 50, on 100x100 grids: those that segment are its own, the others ours. */
export const presets = {
  's2cnn-204k': paperSegmentation,
  's2cnn-150k': paperClassification,
  'cnn-218k': cnnPresets['cnn-218k']('segmentation', 100),
  'cnn-1m': cnnPresets['cnn-1m']('segmentation', 100),
  'cnn-5.5m': cnnPresets['cnn-5.5m']('segmentation', 100),
  'cnn-114k': cnnPresets['cnn-114k']('classification', 100),
  'cnn-0.5m': cnnPresets['cnn-0.5m']('classification', 100),
  'cnn-2.5m': cnnPresets['cnn-2.5m']('classification', 100),
} satisfies Record<string, S2cnnConfig | CnnConfig>;

const s2cnnPresets: Record<string, (task: Task, bandwidth: number) => S2cnnConfig> = {
  's2cnn-204k': (task, bandwidth) => forTask('s2cnn-204k', task, paperSegmentation, bandwidth),
  's2cnn-150k': (task, bandwidth) => forTask('s2cnn-150k', task, paperClassification, bandwidth),
  's2cnn-quick': quickS2cnn,
};

/**
 * Factors on inputs 0..1 and on logits that make a short training fast; the paper feeds 0..255. With kernels of
 * order one the S2CNN's convolutions shrink their signals, most of all where the band limit rises. Measured on
 * MNIST at bandwidth 12, 310 steps of segmentation: mIoU 8.9 with 255 on the input alone, 11.5 with 40 on both.
 */
const scales = {
  s2cnn: {
    segmentation: { inputScale: 40, logitScale: 40 },
    classification: { inputScale: 10, logitScale: 1 },
  },
  cnn: { segmentation: { inputScale: 30 }, classification: { inputScale: 10 } },
};

/** Names that networkOf and buildModel know. */
export const modelNames = [...Object.keys(s2cnnPresets), ...Object.keys(cnnPresets)];

export interface NetworkOptions {
  task: Task;
  /** The network is fitted to this grid: 2b polar angles by 2b azimuths. */
  bandwidth: number;
  /** Largest input value: 1, or 255 as the released generator has it. Default 1. */
  inputRange?: number;
}

/**
 * A network by name, as data.
 * @throws UsageError for an unknown name or option, or a network made for another task
 */
export function networkOf(name: string, options: NetworkOptions): Network {
  checkOneOf('model', name, modelNames);
  checkKeys('networkOf', options, { task: true, bandwidth: true, inputRange: true });
  const { inputRange = 1 } = options;
  const task = checkOneOf('task', options.task, tasks);
  const bandwidth = checkInteger(`${name}: bandwidth`, options.bandwidth, 1);
  checkPositive(`${name}: inputRange`, inputRange);
  if (name in s2cnnPresets) {
    const { inputScale, logitScale } = scales.s2cnn[task];
    const config = s2cnnPresets[name](task, bandwidth);
    return canonicalNetwork({ family: 's2cnn', ...config, inputScale: inputScale / inputRange, logitScale });
  }
  const { name: _, ...config } = cnnPresets[name](task, 2 * bandwidth);
  return canonicalNetwork({ family: 'cnn', ...config, inputScale: scales.cnn[task].inputScale / inputRange });
}

export interface BuildOptions extends NetworkOptions {
  /** Of the initial weights. */
  seed: number;
}

/**
 * A network by name, with fresh weights.
 * @throws UsageError as networkOf
 */
export function buildModel(name: string, options: BuildOptions): tf.LayersModel {
  checkKeys('buildModel', options, { task: true, bandwidth: true, inputRange: true, seed: true });
  const { seed, ...network } = options;
  checkInteger(`${name}: seed`, seed, 0);
  return buildNetwork(networkOf(name, network), seed);
}

function forTask(name: string, task: Task, config: S2cnnConfig, bandwidth: number): S2cnnConfig {
  check(task === config.task, () => `${name} is a network for ${config.task}, not for ${task}`);
  return bandwidth === config.bandwidth ? config : atBandwidth(config, bandwidth);
}
