import * as tf from '@tensorflow/tfjs';
import { operation } from './operation';
import { maskPositive } from './rectify';

/**
 * A convolution without padding, a bias, and if asked ReLU, as one operation whose gradients are computed only where
 * they are asked for.
 * @param kernel [height, width, in, out]
 */
export function convolved(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  bias: tf.Tensor1D,
  strides: number,
  relu: boolean,
): tf.Tensor4D {
  const pad = 'valid';
  return operation(
    { x, kernel, bias },
    (save) => {
      const activation = relu ? 'relu' : 'linear';
      const y = tf.fused.conv2d({ x, filter: kernel, bias, strides, pad, activation });
      save(relu ? [x, kernel, y] : [x, kernel]);
      return y;
    },
    (dy, [image, filter, y]) => {
      const dz = (relu ? maskPositive(dy, y) : dy) as tf.Tensor4D;
      const attributes = { strides, pad, dataFormat: 'NHWC', filterShape: filter.shape };
      const inputs = { x: image, dy: dz };
      return {
        x: () =>
          tf.conv2dTranspose(dz, filter as tf.Tensor4D, image.shape as tf.Tensor4D['shape'], strides, pad),
        kernel: () => tf.engine().runKernel('Conv2DBackpropFilter', inputs, attributes) as tf.Tensor,
        bias: () => dz.sum([0, 1, 2]),
      };
    },
  ) as tf.Tensor4D;
}
