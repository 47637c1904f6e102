import { classCount, type Task } from '../datasets/task';
import { check } from '../util/check';
import type { CnnConfig } from './cnn';

type Layers = Pick<CnnConfig, 'features' | 'kernelSizes' | 'strides'>;

/** The paper's networks for the segmentation of one digit; 100x100 inputs. */
const segmentation: Record<string, Layers> = {
  'cnn-218k': { features: [13, 15, 22, 31, 141], kernelSizes: [5, 3, 9, 7, 3], strides: [1, 1, 1, 1, 2] },
  'cnn-1m': {
    features: [12, 13, 16, 77, 96, 163],
    kernelSizes: [3, 3, 5, 5, 3, 5],
    strides: [1, 1, 1, 2, 1, 1],
  },
  'cnn-5.5m': {
    features: [12, 15, 16, 85, 141, 191, 1100],
    kernelSizes: [3, 5, 3, 7, 5, 3, 3],
    strides: [1, 1, 1, 2, 1, 1, 2],
  },
};

/**
 * The paper gives only the parameter counts; the layers are our choice. Four convolutions of total stride 24 take
 * 32x32 down to one pixel and 100x100 to 3x3, so that the dense head hardly changes the count: within 2 % on both.
 */
const classification: Record<string, Layers> = {
  'cnn-114k': strided([32, 60, 96, 36]),
  'cnn-0.5m': strided([56, 112, 168, 144]),
  'cnn-2.5m': strided([120, 240, 376, 336]),
};

function strided(features: number[]): Layers {
  return { features, kernelSizes: [3, 3, 3, 3], strides: [2, 2, 2, 3] };
}

/** Networks of the quick tier: two cores train them in minutes. */
const quick: Record<string, Record<Task, Layers>> = {
  'cnn-quick-small': {
    classification: { features: [12, 24, 48], kernelSizes: [4, 3, 3], strides: [2, 2, 1] },
    segmentation: { features: [12, 24, 48], kernelSizes: [4, 3, 3], strides: [2, 1, 1] },
  },
  'cnn-quick-large': {
    classification: { features: [24, 64, 160], kernelSizes: [4, 3, 3], strides: [2, 2, 1] },
    segmentation: { features: [16, 48, 128], kernelSizes: [4, 3, 3], strides: [2, 2, 1] },
  },
};

/** A named network for a task and a size of image (2b for bandwidth b). @throws UsageError if it is for another task */
export type CnnPreset = (task: Task, size: number) => CnnConfig;

export const cnnPresets: Record<string, CnnPreset> = {
  ...forOneTask('segmentation', segmentation),
  ...forOneTask('classification', classification),
  ...Object.fromEntries(
    Object.entries(quick).map(([name, layers]): [string, CnnPreset] => [
      name,
      (task, size) => configure(task, size, layers[task], name),
    ]),
  ),
};

function forOneTask(only: Task, networks: Record<string, Layers>): Record<string, CnnPreset> {
  const presets = Object.entries(networks).map(([name, layers]): [string, CnnPreset] => [
    name,
    (task, size) => {
      check(task === only, () => `${name} is a network for ${only}, not for ${task}`);
      return configure(task, size, layers, name);
    },
  ]);
  return Object.fromEntries(presets);
}

function configure(task: Task, size: number, layers: Layers, name: string): CnnConfig {
  return { task, size, channels: 1, ...layers, classes: classCount(task), skips: true, name };
}
