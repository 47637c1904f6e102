import * as tf from '@tensorflow/tfjs';

const kernelName = 'MaxPoolGrad';
const backendName = 'webgpu';

/**
 * Of equal values in a window the first takes the gradient, as on the other engines and in PyTorch. TensorFlow.js
 * 4.22's kernel gives it to the last: it is run on mirrored maps.
 */
export function registerMaxPoolGradient(): void {
  const own = tf.getKernel(kernelName, backendName);
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: (call) =>
      tf.tidy(() => {
        const { input, output, dy } = call.inputs as Record<string, tf.Tensor4D>;
        const [height, width] = pooledSize(input, call.attrs!);
        const pooled = tf.slice(input, [0, 0, 0, 0], [-1, height, width, -1]);
        const inputs = { input: mirrored(pooled), output, dy: mirrored(dy) };
        const dx = own.kernelFunc({ ...call, inputs }) as tf.TensorInfo;
        const rest = [input.shape[1] - height, input.shape[2] - width];
        return tf.pad(mirrored(tf.engine().makeTensorFromTensorInfo(dx)), [
          [0, 0],
          [0, rest[0]],
          [0, rest[1]],
          [0, 0],
        ]);
      }),
  });
}

/** Rows and columns of the input that lie in a window. @throws Error if there is padding */
function pooledSize(input: tf.Tensor4D, { filterSize, strides, pad }: tf.NamedAttrMap): [number, number] {
  const { computePool2DInfo } = tf.backend_util;
  const info = computePool2DInfo(input.shape, filterSize as number, strides as number, 1, pad as 'valid');
  const { padInfo, outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth } = info;
  if (padInfo.top + padInfo.bottom + padInfo.left + padInfo.right > 0)
    throw new Error('maxPool with padding has no gradient on the WebGPU engine');
  return [(outHeight - 1) * strideHeight + filterHeight, (outWidth - 1) * strideWidth + filterWidth];
}

function mirrored<T extends tf.Tensor>(x: T): T {
  return tf.reverse(x, [1, 2]);
}
