import { isUsualData } from '../analysis/selection';
import type { Digits } from '../datasets/digits';
import type { Experiment } from '../experiments/experiment';
import { tierOf } from '../experiments/tiers';
import type { Measured } from '../results/measurements';
import { experimentOf } from '../results/read';
import type { ResultRow } from '../results/rows';
import type { Metrics } from '../training/evaluate';
import type { TrainedNetworks } from './trained_networks';

/** Whose networks are measured. */
export const measuredTier = tierOf('study');

/** What measurements of trained networks need. */
export interface Measuring {
  trained: TrainedNetworks;
  digits: Digits;
  /** test spheres */
  spheres: number;
  by: Measured;
  /** folder of the measurements */
  to: string;
}

/** Spheres whose answer is compared with that to a rotated sphere. */
export const compared = 64;

/** The S2CNNs that learned from unrotated images, one a sphere, without faults. */
export function unrotatedS2cnns(rows: readonly ResultRow[], { trained }: Measuring): Experiment[] {
  return rows
    .filter((row) => row.rotations === 0 && isUsualData(row))
    .filter((row) => row.bandwidth === measuredTier.bandwidth)
    .map((row) => experimentOf(trained.results, row))
    .filter(({ network }) => network.family === 's2cnn' && (network.upsampling ?? 'exact') === 'exact');
}

/** How much finer than their band limits the grids of ReLU were in an S2CNN's training. */
export function oversamplingOf({ network }: Experiment): number {
  return network.family === 's2cnn' ? (network.oversampling ?? 1) : 1;
}

/** The scores on rotated and on unrotated spheres, plain and weighted by area. */
export function bothScores(turned: Metrics, upright: Metrics) {
  return {
    scoreRotated: turned.score,
    scoreUnrotated: upright.score,
    areaRotated: turned.areaScore ?? turned.score,
    areaUnrotated: upright.areaScore ?? upright.score,
  };
}
