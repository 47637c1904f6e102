import { classCount, type Task } from '../datasets/task';
import type { S2cnnConfig } from './s2cnn';

/**
 * Filters reach 6.19 / bandIn (in units of pi): the rule behind the paper's segmentation model, here kept for
 * all of ours. At small band limits it is cut off at 0.4, so that filters stay local.
 * @param bandsIn band limits of the convolutions' inputs
 */
function reach(bandsIn: number[]): number[] {
  return bandsIn.map((bandIn) => Math.min(0.4, 6.19 / bandIn));
}

/** Band limits of a network whose input has bandwidth `from`, for one of bandwidth `to`. */
function rescale(bandLimits: number[], from: number, to: number): number[] {
  return bandLimits.map((limit) => Math.max(2, Math.round((limit * to) / from)));
}

/** The paper's segmentation network: 204,073 parameters. */
export const paperSegmentation: S2cnnConfig = {
  task: 'segmentation',
  bandwidth: 50,
  features: [11, 12, 13, 14, 13, 12, 11],
  bandLimits: [42, 35, 27, 20, 27, 35, 42],
  maxBeta: [0.1238, 0.1474, 0.1768, 0.2292, 0.3095, 0.2292, 0.1768, 0.1474],
  classes: 11,
};

/** 150,273 parameters, the paper's number within 2 %; its architecture is not known, this one is ours. */
export const paperClassification: S2cnnConfig = {
  task: 'classification',
  bandwidth: 50,
  features: [10, 15, 18, 20],
  bandLimits: [30, 18, 10, 6],
  maxBeta: reach([50, 30, 18, 10]),
  classes: 10,
};

type Sketch = Pick<S2cnnConfig, 'bandwidth' | 'features' | 'bandLimits' | 'maxBeta'>;

/** Smaller networks of the same shape, sketched at bandwidth 14. */
const sketches: Record<Task, Sketch> = {
  segmentation: {
    bandwidth: 14,
    features: [8, 10, 10, 8],
    bandLimits: [10, 6, 6, 10],
    maxBeta: [0.25, 0.3, 0.4, 0.4, 0.3],
  },
  classification: {
    bandwidth: 14,
    features: [8, 12, 20],
    bandLimits: [10, 8, 6], // with 8, 6, 4 ReLU aliases more, and rotated scores fall behind
    maxBeta: [0.25, 0.35, 0.4],
  },
};

/** The quick tier's S2CNN at any bandwidth. */
export function quickS2cnn(task: Task, bandwidth: number): S2cnnConfig {
  const config = { task, classes: classCount(task), ...sketches[task] };
  return bandwidth === config.bandwidth ? config : atBandwidth(config, bandwidth);
}

/** The same network on another grid: band limits in proportion, filters of the same reach on the grid. */
export function atBandwidth(config: S2cnnConfig, bandwidth: number): S2cnnConfig {
  const bandLimits = rescale(config.bandLimits, config.bandwidth, bandwidth);
  const bandsIn = [bandwidth, ...bandLimits]; // the input is taken to have all degrees of its grid
  const convolutions = config.features.length + (config.task === 'segmentation' ? 1 : 0);
  return { ...config, bandwidth, bandLimits, maxBeta: reach(bandsIn.slice(0, convolutions)) };
}
