import * as tf from '@tensorflow/tfjs';

/**
 * Mean cross-entropy of a softmax over the last axis against integer classes.
 *
 * Stable for logits of any size: the largest logit is taken off before the exponential. The gradient is written
 * out, (softmax - onehot) * weight / total, so that neither the logarithm nor the one-hot array is
 * differentiated.
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
  const rows = logits.reshape<tf.Tensor2D>([-1, classes]);
  const target = tf.oneHot(labels.flatten(), classes).cast('float32'); // [rows, classes]
  const weights = rowWeights(target, classWeights); // [rows, 1], they add up to 1

  const loss = tf.customGrad<tf.Tensor>((...inputs) => {
    const [x, save] = inputs as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    const shifted = x.sub(x.max(1, true));
    const logSoftmax = shifted.sub(shifted.exp().sum(1, true).log<tf.Tensor>());
    save([logSoftmax, target, weights]);
    return {
      value: logSoftmax.mul(target).sum(1, true).mul(weights).sum().neg(),
      gradFunc: (dy: tf.Tensor, [logP, hot, w]: tf.Tensor[]) => logP.exp().sub(hot).mul(w).mul(dy),
    };
  });
  return loss(rows) as tf.Scalar;
}

function rowWeights(target: tf.Tensor, classWeights?: readonly number[]): tf.Tensor {
  if (!classWeights) return tf.scalar(1 / target.shape[0]);
  const weights = target.mul(tf.tensor1d([...classWeights])).sum(1, true);
  return weights.div(weights.sum());
}
