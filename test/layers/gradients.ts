import * as tf from '@tensorflow/tfjs';
import { compareWithCpu } from '../engine/compare';

/** Asserts that a layer's output and gradients, by weights and input, are those of plain TensorFlow.js on `cpu`. */
export async function assertGradients(
  what: string,
  make: () => tf.layers.Layer,
  input: () => tf.Tensor,
): Promise<void> {
  await compareWithCpu(
    what,
    () => {
      const layer = make();
      const x = input();
      const y = layer.apply(x) as tf.Tensor;
      const weights = layer.trainableWeights.map((w) => (w as unknown as { val: tf.Variable }).val);
      const loss = () => tf.sum(tf.square(layer.apply(x) as tf.Tensor)) as tf.Scalar;
      const { grads } = tf.variableGrads(loss, weights);
      return [y, ...weights.map((w) => grads[w.name]), tf.grad((a) => layer.apply(a) as tf.Tensor)(x)];
    },
    1e-5,
  );
}
