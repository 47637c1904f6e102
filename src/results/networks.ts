import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import type { Experiment } from '../experiments/experiment';
import { buildNetwork, type Network } from '../models/network';
import { readArrays, writeArrays } from '../training/arrays';
import { copyWeights, restoreWeights } from '../training/weights';
import { check, checkOneOf } from '../util/check';
import { isFolder, repositoryRoot } from '../util/files';
import type { ResultRow } from './rows';

/** Where a published network comes from, and how good it is. */
export interface NetworkCard {
  name: string;
  experiment: Experiment;
  result: ResultRow;
  /** float16: each weight is rounded to three digits */
  precision: 'float32' | 'float16';
  /** score on the rotated test set with the weights as they are in the file, in percent */
  score: number;
  /** relative distance of its probabilities on turned test spheres from its turned probabilities (analysis/test_time.ts) */
  equivarianceError: number;
}

export interface PublishedNetwork {
  /** [batch, 2b, 2b, 1] to logits */
  model: tf.LayersModel;
  card: NetworkCard;
}

/** The published networks. */
export const networksFolder = join(repositoryRoot, 'data', 'networks');
const extension = '.weights';

/** Names of the published networks, sorted. */
export function networkNames(place = networksFolder): string[] {
  const files = isFolder(place) ? readdirSync(place) : [];
  return files
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length))
    .sort();
}

/** @returns their names. @throws UsageError if there is none */
export function checkNetworks(place = networksFolder): string[] {
  const names = networkNames(place);
  check(
    names.length > 0,
    `no trained networks in ${place}; \`equisphere networks\` publishes those of a run`,
  );
  return names;
}

/**
 * A trained network of the study, ready to answer.
 * @param change of the network, in what leaves its weights as they are
 * @throws UsageError for an unknown name, or a damaged file
 */
export function loadNetwork(
  name: string,
  place = networksFolder,
  change: Partial<Network> = {},
): PublishedNetwork {
  const { card, weights } = readNetwork(name, place);
  const { network, seed } = card.experiment;
  const model = buildNetwork({ ...network, ...change } as Network, seed);
  restoreWeights(model, weights);
  return { model, card };
}

/**
 * The card and the weights alone: no engine need run.
 * @throws UsageError for an unknown name, or a damaged file
 */
export function readNetwork(
  name: string,
  place = networksFolder,
): { card: NetworkCard; weights: Float32Array[] } {
  checkOneOf('network', name, checkNetworks(place));
  const { head, arrays } = readArrays(join(place, `${name}${extension}`));
  return { card: head as NetworkCard, weights: arrays };
}

/** Writes a trained network into one file. @returns its path */
export async function saveNetwork(
  model: tf.LayersModel,
  card: NetworkCard,
  place = networksFolder,
): Promise<string> {
  const path = join(place, `${card.name}${extension}`);
  writeArrays(path, card, await copyWeights(model), card.precision);
  return path;
}
