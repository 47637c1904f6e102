import type { Digits } from '../datasets/digits';
import { tierOf } from '../experiments/tiers';
import type { Measured } from '../results/measurements';
import type { TrainedNetworks } from './trained_networks';

/** Whose networks are measured. */
export const measuredTier = tierOf('study');

/** What measurements of trained networks need. */
export interface Setting {
  trained: TrainedNetworks;
  digits: Digits;
  /** test spheres */
  spheres: number;
  by: Measured;
  /** folder of the measurements */
  to: string;
}
