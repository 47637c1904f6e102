import * as tf from '@tensorflow/tfjs';

/** x times a constant; no layer for a factor of 1 or none. */
export function scaled(name: string, scale: number | undefined, x: tf.SymbolicTensor): tf.SymbolicTensor {
  if (scale === undefined || scale === 1) return x;
  return tf.layers.rescaling({ name, scale }).apply(x) as tf.SymbolicTensor;
}
