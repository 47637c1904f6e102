import * as tf from '@tensorflow/tfjs';

type Gradients<Name extends string> = Record<Name, () => tf.Tensor>;

/** Part of TensorFlow.js's engine that tf.customGrad is made of; its types keep it private. */
interface OperationRunner {
  runKernelFunc(operation: {
    forwardFunc: (backend: unknown, save: tf.GradSaveFunc) => tf.Tensor;
    backwardsFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => Record<string, () => tf.Tensor>;
    inputs: tf.NamedTensorMap;
  }): tf.Tensor;
}

/**
 * An operation with a gradient by each input, of which only those are computed that something asks for: a first
 * layer's gradient by the image never is. (tf.customGrad computes all.) Gradients are asked for in the order of the
 * inputs.
 */
export function operation<Name extends string>(
  inputs: Record<Name, tf.Tensor>,
  forward: (save: tf.GradSaveFunc) => tf.Tensor,
  backward: (dy: tf.Tensor, saved: tf.Tensor[]) => Gradients<Name>,
): tf.Tensor {
  const engine = tf.engine() as unknown as OperationRunner;
  return engine.runKernelFunc({
    forwardFunc: (_backend, save) => forward(save),
    backwardsFunc: backward,
    inputs,
  });
}
