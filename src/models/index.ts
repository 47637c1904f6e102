import type * as tf from '@tensorflow/tfjs';
import { check, checkOneOf } from '../util/check';
import { type CnnConfig, cnn } from './cnn';
import { cnnPresets } from './cnn_presets';
import { type S2cnnConfig, s2cnn, type Task } from './s2cnn';
import { atBandwidth, paperClassification, paperSegmentation, smallS2cnn } from './s2cnn_presets';

/** The paper's networks: at bandwidth 50, on 100x100 grids. */
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
  's2cnn-quick': (task, bandwidth) => smallS2cnn('quick', task, bandwidth),
  's2cnn-laptop': (task, bandwidth) => smallS2cnn('laptop', task, bandwidth),
};

/**
 * Factors on inputs 0..1 and on logits that make a short training fast; the paper feeds 0..255. With kernels of
 * order one the S2CNN's convolutions shrink their signals, most of all where the bandwidth rises. Measured on
 * MNIST at bandwidth 12, 310 steps of segmentation: mIoU 8.9 with 255 on the input alone, 11.5 with 40 on both.
 */
const scales = {
  s2cnn: {
    segmentation: { inputScale: 40, logitScale: 40 },
    classification: { inputScale: 10, logitScale: 1 },
  },
  cnn: { segmentation: { inputScale: 30 }, classification: { inputScale: 10 } },
};

/** Names that buildModel knows. */
export const modelNames = [...Object.keys(s2cnnPresets), ...Object.keys(cnnPresets)];

export interface BuildOptions {
  task: Task;
  /** The model is fitted to this grid: 2b polar angles by 2b azimuths. */
  bandwidth: number;
  /** Of the initial weights. */
  seed: number;
  /** Largest input value: 1, or 255 as the released generator has it. Default 1. */
  inputRange?: number;
}

/**
 * A network by name.
 * @throws UsageError for an unknown name, or a network made for another task
 */
export function buildModel(
  name: string,
  { task, bandwidth, seed, inputRange = 1 }: BuildOptions,
): tf.LayersModel {
  checkOneOf('model', name, modelNames);
  if (name in s2cnnPresets) {
    const { inputScale, logitScale } = scales.s2cnn[task];
    return s2cnn({
      ...s2cnnPresets[name](task, bandwidth),
      inputScale: inputScale / inputRange,
      logitScale,
      seed,
    });
  }
  const { inputScale } = scales.cnn[task];
  return cnn({ ...cnnPresets[name](task, 2 * bandwidth), inputScale: inputScale / inputRange, seed });
}

function forTask(name: string, task: Task, config: S2cnnConfig, bandwidth: number): S2cnnConfig {
  check(task === config.task, () => `${name} is a network for ${config.task}, not for ${task}`);
  return bandwidth === config.bandwidth ? config : atBandwidth(config, bandwidth);
}
