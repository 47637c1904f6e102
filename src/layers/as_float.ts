import type * as tf from '@tensorflow/tfjs';

/** A tensor of whole numbers or truth values as float32, which our layers compute in; others as they are. */
export function asFloat<T extends tf.Tensor>(x: T): T {
  return x.dtype === 'float32' ? x : x.toFloat();
}
