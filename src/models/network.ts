import type * as tf from '@tensorflow/tfjs';
import { checkKeys, checkOneOf } from '../util/check';
import { type CnnConfig, checkCnn, cnn, cnnDefaults, cnnKeys } from './cnn';
import { checkS2cnn, type S2cnnConfig, s2cnn, s2cnnDefaults, s2cnnKeys } from './s2cnn';

/** A network as data: all that decides its shape and its scales, but not its initial weights. */
export type Network =
  | ({ family: 's2cnn' } & Omit<S2cnnConfig, 'seed'>)
  | ({ family: 'cnn' } & Omit<CnnConfig, 'seed' | 'name'>);

export type Family = Network['family'];

const families: readonly Family[] = ['s2cnn', 'cnn'];

/** @throws UsageError for an unknown or missing key, or a value that cannot be */
export function checkNetwork(network: Network): void {
  checkOneOf('family of networks', network.family, families);
  const { family, ...config } = network;
  const known = family === 's2cnn' ? s2cnnKeys : cnnKeys;
  checkKeys(
    'a network',
    config,
    known.filter((key) => key !== 'seed' && key !== 'name'),
  );
  if (network.family === 's2cnn') checkS2cnn(config as S2cnnConfig);
  else checkCnn(config as CnnConfig);
}

/** Points along each axis of the grid that a network takes. */
export function gridSize(network: Network): number {
  return network.family === 's2cnn' ? 2 * network.bandwidth : network.size;
}

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
