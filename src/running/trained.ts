import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import { type Experiment, experimentId } from '../experiments/experiment';
import { numbersVersion } from '../experiments/numbers_version';
import { buildNetwork, type Network } from '../models/network';
import { readArrays, writeArrays } from '../training/arrays';
import type { History } from '../training/loop';
import { copyWeights, fitsModel, restoreWeights } from '../training/weights';
import { UsageError } from '../util/check';

/** The folder of what an experiment keeps outside its results; weights of other numbers are not gone on from. */
export function runFolder(runs: string, id: string): string {
  return join(runs, `numbers-${numbersVersion}`, id);
}

/** The best weights. */
export function weightsPath(runs: string, id: string): string {
  return join(runFolder(runs, id), 'weights');
}

/** A training under way. */
export function checkpointPath(runs: string, id: string): string {
  return join(runFolder(runs, id), 'checkpoint');
}

/** Held by the process that runs the experiment; outside its folder, which may be removed. */
export function lockPath(runs: string, id: string): string {
  return join(runs, `${id}.lock`);
}

export async function saveTrained(path: string, model: tf.LayersModel, history: History): Promise<void> {
  writeArrays(path, { kind: 'trained', history }, await copyWeights(model));
}

/**
 * The network of a finished experiment with its best weights.
 * @param change of the network, in what leaves its weights as they are
 * @throws UsageError if the run does not have them
 */
export function trainedModel(runs: string, e: Experiment, change: Partial<Network> = {}): tf.LayersModel {
  const model = buildNetwork({ ...e.network, ...change } as Network, e.seed);
  const path = weightsPath(runs, experimentId(e));
  if (loadTrained(path, model)) return model;
  model.dispose();
  throw new UsageError(`the trained weights of experiment ${experimentId(e)} are not at ${path}`);
}

/**
 * Gives a model the weights of a finished training.
 * @returns its history, or undefined if there is no such file, a damaged one, or one of another model
 */
export function loadTrained(path: string, model: tf.LayersModel): History | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const { head, arrays } = readArrays(path);
    const { kind, history } = (head ?? {}) as { kind?: string; history?: History };
    if (kind !== 'trained' || !fitsModel(model, arrays)) return undefined;
    restoreWeights(model, arrays);
    return history;
  } catch {
    return undefined;
  }
}
