import * as tf from '@tensorflow/tfjs';
import { check } from '../util/check';

/**
 * Runs a spherical layer on one signal of one channel, with the given filter and no bias.
 * @param signal [2b, 2b] for a layer that reads the sphere, [2b, 2b, 2b] for one that reads the group
 * @param filter its weights, [points]
 * @returns the output's numbers, in the layer's order
 */
export async function applyFilter(
  layer: tf.layers.Layer,
  signal: ArrayLike<number>,
  filter: ArrayLike<number>,
): Promise<Float64Array> {
  const angles = layer.getClassName() === 'S2Conv' ? 2 : 3;
  const shape = [1, ...gridShape(signal.length, angles), 1];
  if (!layer.built) layer.build(shape);
  layer.built = true;
  const [kernel, bias] = layer.weights.map((weight) => weight.shape as number[]);
  const values = [tf.tensor(Float32Array.from(filter), kernel), tf.zeros(bias)];
  layer.setWeights(values);
  const output = tf.tidy(() => layer.apply(tf.tensor(Float32Array.from(signal), shape)) as tf.Tensor);
  const numbers = Float64Array.from(await output.data());
  tf.dispose([...values, output]);
  return numbers;
}

/** [2b, 2b] or [2b, 2b, 2b]. */
function gridShape(length: number, angles: number): number[] {
  const side = Math.round(length ** (1 / angles));
  check(side ** angles === length, () => `applyFilter: ${length} numbers fill no grid of ${angles} angles`);
  return new Array(angles).fill(side);
}
