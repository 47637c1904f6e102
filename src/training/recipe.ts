import { createHash } from 'node:crypto';
import type * as tf from '@tensorflow/tfjs';
import type { SphericalDataset } from '../datasets/spherical';
import { digest } from '../util/files';
import { toJson } from '../util/json';
import type { SphereSource } from './batches';
import type { Plan } from './options';

/**
 * What must be the same for a checkpoint to be taken up: plan, network and both data sets, by their content.
 *
 * The initial weights do not count: whoever starts an interrupted training again, with the model as it was left,
 * wants it to go on.
 */
export function recipeOf(
  plan: Plan,
  belongsTo: string | undefined,
  model: tf.LayersModel,
  sets: readonly (SphericalDataset | SphereSource)[],
): string {
  return toJson({ ...plan, belongsTo, network: networkDigest(model), sets: sets.map(setDigest) });
}

/** Of the layers with their settings and wiring, whatever TensorFlow.js has called them in this process. */
export function networkDigest(model: tf.LayersModel): string {
  const numbers = new Map(
    [model.name, ...model.layers.map((layer) => layer.name)].map((name, i) => [name, i]),
  );
  const nameless = (_key: string, item: unknown) =>
    typeof item === 'string' ? (numbers.get(item) ?? item) : item;
  return digest('sha256', JSON.stringify(model.toJSON(null, false), nameless));
}

function setDigest(set: SphericalDataset | SphereSource): string {
  if ('take' in set) return set.id;
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of [set.inputs, set.labels, set.masks])
    for (let start = 0; start < byteLength; start += MOST_BYTES)
      hash.update(new Uint8Array(buffer, byteOffset + start, Math.min(MOST_BYTES, byteLength - start)));
  return `${set.count} ${set.bandwidth} ${hash.digest('hex')}`;
}

/** That a hash takes at once. */
const MOST_BYTES = 2 ** 28;
