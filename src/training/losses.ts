import * as tf from '@tensorflow/tfjs';

/**
 * Mean cross-entropy of a softmax over the last axis against integer classes.
 *
 * Stable for logits of any size: the largest logit is taken off before the exponential. The gradient is written
 * out and made in the same pass.
 * @param logits [..., classes]
 * @param labels int32 of the leading shape of `logits`: pixels or samples
 * @param classWeights [classes]; the mean is then weighted by the weight of each label's class
 * @returns scalar, in nats
 */
export function crossEntropy(
  logits: tf.Tensor,
  labels: tf.Tensor,
  classWeights?: readonly number[],
): tf.Scalar {
  const classes = logits.shape[logits.shape.length - 1];
  const loss = tf.customGrad<tf.Tensor>((...inputs) => {
    const [rows, save] = inputs as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    const [value, gradient] = lossAndGradient(rows, labels.flatten(), classWeights);
    save([gradient]);
    return { value, gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => saved.mul(dy) };
  });
  return loss(logits.reshape<tf.Tensor2D>([-1, classes])) as tf.Scalar;
}

/** Of logits [rows, classes]: the mean, and (softmax - onehot) * weight / total. */
function lossAndGradient(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  classWeights?: readonly number[],
): [tf.Tensor, tf.Tensor] {
  if (tf.getKernel('SoftmaxCrossEntropy', tf.getBackend())) {
    const inputs = {
      logits,
      labels,
      ...(classWeights ? { classWeights: tf.tensor1d([...classWeights]) } : {}),
    };
    return tf.engine().runKernel('SoftmaxCrossEntropy', inputs) as [tf.Tensor, tf.Tensor];
  }
  const target = tf.oneHot(labels, logits.shape[1]).cast('float32'); // [rows, classes]
  const weights = rowWeights(target, classWeights); // [rows, 1], they add up to 1
  const shifted = logits.sub(logits.max(1, true));
  const logSoftmax = shifted.sub(shifted.exp().sum(1, true).log<tf.Tensor>());
  return [
    logSoftmax.mul(target).sum(1, true).mul(weights).sum().neg(),
    logSoftmax.exp().sub(target).mul(weights),
  ];
}

function rowWeights(target: tf.Tensor, classWeights?: readonly number[]): tf.Tensor {
  if (!classWeights) return tf.scalar(1 / target.shape[0]);
  const weights = target.mul(tf.tensor1d([...classWeights])).sum(1, true);
  return weights.div(weights.sum());
}
