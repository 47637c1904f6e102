import type * as tf from '@tensorflow/tfjs';
import { type CnnConfig, cnn, cnnDefaults } from './cnn';
import { type S2cnnConfig, s2cnn, s2cnnDefaults } from './s2cnn';

/** A network as data: all that decides its shape and its scales, but not its initial weights. */
export type Network =
  | ({ family: 's2cnn' } & Omit<S2cnnConfig, 'seed'>)
  | ({ family: 'cnn' } & Omit<CnnConfig, 'seed' | 'name'>);

export type Family = Network['family'];

/**
 * The network without the fields that are at their defaults: two that are equal are equal as JSON, and an option that
 * is added later leaves those without it as they were.
 */
export function canonicalNetwork(network: Network): Network {
  const defaults: Record<string, unknown> = network.family === 's2cnn' ? s2cnnDefaults : cnnDefaults;
  const kept = Object.entries(network).filter(
    ([key, value]) => value !== undefined && value !== defaults[key],
  );
  return Object.fromEntries(kept) as unknown as Network;
}

/**
 * Builds a network with fresh weights.
 * @param seed of the initial weights
 * @throws UsageError for a network that cannot be
 */
export function buildNetwork(network: Network, seed: number): tf.LayersModel {
  if (network.family === 's2cnn') {
    const { family, ...config } = network;
    return s2cnn({ ...config, seed });
  }
  const { family, ...config } = network;
  return cnn({ ...config, seed });
}
