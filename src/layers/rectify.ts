import * as tf from '@tensorflow/tfjs';

/** ReLU of a sum of two maps of one shape; its gradient needs the output only. */
export function rectifiedSum(a: tf.Tensor4D, b: tf.Tensor4D): tf.Tensor4D {
  return tf.customGrad((x, y, save) => {
    const value = runOr('RectifySum', { a: x as tf.Tensor, b: y as tf.Tensor }, () =>
      tf.relu(tf.add(x as tf.Tensor, y as tf.Tensor)),
    );
    (save as tf.GradSaveFunc)([value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, [output]: tf.Tensor[]) => {
        const gradient = maskPositive(dy, output);
        return [gradient, gradient];
      },
    };
  })(a, b) as tf.Tensor4D;
}

/** ReLU; its gradient needs the output only. */
export function rectified(a: tf.Tensor4D): tf.Tensor4D {
  return tf.customGrad((x, save) => {
    const value = tf.relu(x as tf.Tensor);
    (save as tf.GradSaveFunc)([value]);
    return { value, gradFunc: (dy: tf.Tensor, [output]: tf.Tensor[]) => maskPositive(dy, output) };
  })(a) as tf.Tensor4D;
}

/** A map [..., channels] plus a bias [channels]. */
export function biased(a: tf.Tensor4D, bias: tf.Tensor1D): tf.Tensor4D {
  return tf.customGrad((x, b) => {
    const value = runOr('BiasAdd', { x: x as tf.Tensor, bias: b as tf.Tensor }, () =>
      tf.add(x as tf.Tensor, b as tf.Tensor),
    );
    return { value, gradFunc: (dy: tf.Tensor) => [dy, tf.sum(dy, [0, 1, 2])] };
  })(a, bias) as tf.Tensor4D;
}

/** dy where y > 0, else 0. */
export function maskPositive(dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return runOr('RectifyGrad', { dy, y }, () => tf.mul(dy, tf.step(y)));
}

/** One kernel of ours where the engine has it, else what it amounts to. */
function runOr(kernel: string, inputs: tf.NamedTensorMap, compose: () => tf.Tensor): tf.Tensor {
  if (!tf.getKernel(kernel, tf.getBackend())) return compose();
  return tf.engine().runKernel(kernel, inputs) as tf.Tensor;
}
