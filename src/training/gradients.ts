import * as tf from '@tensorflow/tfjs';
import { registeredHeap } from '../engine/wasm/memory/kernel_heap';
import { crossEntropy } from './losses';

/** A batch is computed in parts whose largest map has so many bytes: what a processor's caches hold. */
const MAP_BYTES = 2 ** 23;

/** In parts of fewer samples, what is done once for each part would cost more than the caches give. */
const LEAST_PART = 8;

export type LossAndGradients = ReturnType<typeof tf.variableGrads>;

/**
 * The mean cross-entropy of a batch and its gradients by the weights' names. On the processor, batches whose maps its
 * caches would not hold are computed part by part, and the parts added up.
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
  const gradients = (inputs: tf.Tensor, labels: tf.Tensor, share?: tf.Tensor): LossAndGradients =>
    tf.variableGrads(() => {
      const loss = crossEntropy(model.apply(inputs, { training: true }) as tf.Tensor, labels, classWeights);
      return share ? loss.mul(share) : loss;
    }, weights);
  const batch = x.shape[0];
  // Where there is a heap, maps lie in the processor's memory; a part's weights may not all be 0.
  const isDividable = registeredHeap() !== undefined && !classWeights?.includes(0);
  const parts = isDividable ? partsOf(model, batch) : 1;
  if (parts === 1) return gradients(x, y);
  const size = Math.ceil(batch / parts);
  return tf.tidy(() => {
    const total = weightOf(y, classWeights);
    let sum: LossAndGradients | null = null;
    for (let first = 0; first < batch; first += size) {
      const [inputs, labels] = [x, y].map((tensor) => tensor.slice([first], [Math.min(size, batch - first)]));
      const share = weightOf(labels, classWeights).div(total);
      sum = added(sum, gradients(inputs, labels, share));
    }
    return sum!;
  });
}

/** Into how many parts a batch is divided. */
export function partsOf(model: tf.LayersModel, batch: number): number {
  const shapes = model.layers.map((layer) => layer.outputShape as tf.Shape);
  const largest = Math.max(...shapes.map((shape) => tf.util.sizeFromShape(shape.slice(1) as number[])));
  const fitting = Math.floor(MAP_BYTES / (4 * largest));
  return fitting < LEAST_PART ? 1 : Math.ceil(batch / fitting);
}

/** What the labels' losses count together. */
function weightOf(labels: tf.Tensor, classWeights?: readonly number[]): tf.Scalar {
  if (!classWeights) return tf.scalar(labels.size);
  return tf.gather(tf.tensor1d([...classWeights]), labels.flatten()).sum();
}

/** Takes both over: what is not in the result is disposed of. */
function added(sum: LossAndGradients | null, more: LossAndGradients): LossAndGradients {
  if (!sum) return more;
  const names = Object.keys(more.grads);
  const grads = Object.fromEntries(names.map((name) => [name, tf.add(sum.grads[name], more.grads[name])]));
  const value = tf.add(sum.value, more.value) as tf.Scalar;
  tf.dispose([sum, more]);
  return { value, grads };
}
