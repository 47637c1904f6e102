import * as tf from '@tensorflow/tfjs';
import { check } from '../util/check';

/** Copies of all weights of a model, in the order of model.getWeights(). */
export async function copyWeights(model: tf.LayersModel): Promise<Float32Array[]> {
  return Promise.all(model.getWeights().map(async (w) => Float32Array.from(await w.data())));
}

/** @throws UsageError if the arrays are not those of such a model. */
export function restoreWeights(model: tf.LayersModel, arrays: readonly Float32Array[]): void {
  const weights = model.getWeights();
  check(
    sameSizes(weights, arrays),
    () => `weights of another model: expected sizes ${sizes(weights)}, got ${arrays.map((a) => a.length)}`,
  );
  tf.tidy(() => model.setWeights(weights.map((w, i) => tf.tensor(arrays[i], w.shape))));
}

/** Whether `arrays` could be the weights of `model`. */
export function fitsModel(model: tf.LayersModel, arrays: readonly Float32Array[]): boolean {
  return sameSizes(model.getWeights(), arrays);
}

function sameSizes(weights: readonly tf.Tensor[], arrays: readonly Float32Array[]): boolean {
  return weights.length === arrays.length && weights.every((w, i) => w.size === arrays[i].length);
}

function sizes(weights: readonly tf.Tensor[]): string {
  return weights.map((w) => w.size).join(',');
}
