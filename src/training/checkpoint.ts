import { existsSync } from 'node:fs';
import type * as tf from '@tensorflow/tfjs';
import { UsageError } from '../util/check';
import type { Adam } from './adam';
import { readArrays, writeArrays } from './arrays';
import type { TrainState } from './state';
import { copyWeights, fitsModel, restoreWeights } from './weights';

interface Head {
  kind: 'checkpoint';
  /** what the training was asked to do: another request must not take up this checkpoint */
  recipe: string;
  /** of the optimiser */
  step: number;
  state: Omit<TrainState, 'bestWeights'>;
}

/** The reason that loadCheckpoint gives where there is no file. */
export const noCheckpoint = 'there is none';

/** Writes everything that the next batch depends on into one file. @throws UsageError if it cannot be written */
export async function saveCheckpoint(
  path: string,
  recipe: string,
  model: tf.LayersModel,
  adam: Adam,
  { bestWeights, ...state }: TrainState,
): Promise<void> {
  const { step, first, second } = await adam.state();
  const head: Head = { kind: 'checkpoint', recipe, step, state };
  const arrays = [first, second, ...(await copyWeights(model)), ...bestWeights];
  try {
    writeArrays(path, head, arrays);
  } catch (error) {
    throw new UsageError(`train: cannot write the checkpoint: ${(error as Error).message}`);
  }
}

/**
 * Takes up a checkpoint: sets the weights and the optimiser.
 * @returns where the training stood, or the reason why the checkpoint is of no use; nothing is changed then
 */
export function loadCheckpoint(
  path: string,
  recipe: string,
  model: tf.LayersModel,
  adam: Adam,
): TrainState | string {
  if (!existsSync(path)) return noCheckpoint;
  let file: ReturnType<typeof readArrays>;
  try {
    file = readArrays(path);
  } catch (error) {
    return (error as Error).message;
  }
  const head = file.head as Head | null;
  if (head?.kind !== 'checkpoint') return `${path}: not a checkpoint`;
  if (head.recipe !== recipe) return `${path}: of another training`;
  const [first, second, ...rest] = file.arrays;
  const weights = rest.slice(0, model.getWeights().length);
  const bestWeights = rest.slice(weights.length);
  if (!fitsModel(model, weights)) return `${path}: of another model`;
  restoreWeights(model, weights);
  adam.restore({ step: head.step, first, second });
  return { ...head.state, bestWeights };
}
