import type * as tf from '@tensorflow/tfjs';
import { buildNetwork } from '../models/network';
import type { PublishedNetwork } from '../results/networks';
import { check } from '../util/check';

/**
 * A published S2CNN with the same weights, whose ReLUs act on finer grids.
 * @param factor 1 to 2, see S2cnnConfig
 * @throws UsageError for a network of another family, or such a factor
 */
export function oversampled({ model, card }: PublishedNetwork, factor: number): tf.LayersModel {
  const { network, seed } = card.experiment;
  check(network.family === 's2cnn', () => `oversampled: expected an S2CNN, got ${card.name}`);
  const finer = buildNetwork({ ...network, oversampling: factor } as typeof network, seed);
  finer.setWeights(model.getWeights());
  return finer;
}
