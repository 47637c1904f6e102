import * as tf from '@tensorflow/tfjs';
import { nearestSources } from '../../util/nearest';

const kernelName = 'ResizeNearestNeighborGrad';
const backendName = 'cpu';

/** The part of the cpu backend that a kernel needs. */
interface CpuBackend {
  readSync(dataId: object): Float32Array;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): tf.TensorInfo;
}

let isRegistered = false;

/**
 * Puts a right gradient of nearest-neighbour resizing in the place of TensorFlow.js 4.22's, which is wrong for
 * more than one image: it takes the offset of an image for that of its gradient.
 */
export function registerResizeGradient(): void {
  if (isRegistered) return;
  const own = tf.getKernel(kernelName, backendName);
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: (call) => {
      const { images, dy } = call.inputs as Record<string, tf.TensorInfo>;
      if (call.attrs?.alignCorners) return own.kernelFunc(call);
      return sumCopies(call.backend as CpuBackend, images.shape, dy);
    },
  });
  isRegistered = true;
}

/** Each pixel's sum over its copies in dy [batch, height, width, channels]. */
function sumCopies(backend: CpuBackend, shape: number[], dy: tf.TensorInfo): tf.TensorInfo {
  const [batch, inHeight, inWidth, channels] = shape;
  const [, height, width] = dy.shape;
  const rows = nearestSources(inHeight, height);
  const columns = nearestSources(inWidth, width);
  const gradient = backend.readSync(dy.dataId);
  const sums = new Float32Array(tf.util.sizeFromShape(shape));
  let from = 0;
  for (let image = 0; image < batch; image++)
    for (const row of rows)
      for (const column of columns) {
        const to = ((image * inHeight + row) * inWidth + column) * channels;
        for (let c = 0; c < channels; c++) sums[to + c] += gradient[from++];
      }
  return backend.makeTensorInfo(shape, 'float32', sums);
}
