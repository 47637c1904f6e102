import * as tf from '@tensorflow/tfjs';
import { crossEntropy } from './losses';

export type LossAndGradients = ReturnType<typeof tf.variableGrads>;

/**
 * The mean cross-entropy of a batch and its gradients by the weights' names.
 * @param x [batch, ...]
 * @param y int32, [batch] or [batch, ...]
 */
export function lossAndGradients(
  model: tf.LayersModel,
  x: tf.Tensor,
  y: tf.Tensor,
  weights: tf.Variable[],
  classWeights?: readonly number[],
): LossAndGradients {
  return tf.variableGrads(
    () => crossEntropy(model.apply(x, { training: true }) as tf.Tensor, y, classWeights),
    weights,
  );
}
