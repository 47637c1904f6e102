import type * as tf from '@tensorflow/tfjs';
import type { CnnConfig } from '../../src/models/cnn';
import {
  add,
  at,
  conv2d,
  convTranspose2d,
  emptyMap,
  type Map3,
  maxPool2d,
  nearestResize,
  relu,
  type TorchKernel,
} from './torch_cnn';

/** A weight of the model, with its values. */
export interface Weight {
  shape: number[];
  values: ArrayLike<number>;
}

/** A segmentation CNN on one image [size, size, channels]: logits [size, size, classes]. */
export function segmentationTwin(
  config: CnnConfig,
  weights: Weight[],
  image: ArrayLike<number>,
): Float64Array {
  const { features, kernelSizes, strides, skips = false, size, channels = 1 } = config;
  const remaining = [...weights];
  const next = () => [remaining.shift()!, Array.from(remaining.shift()!.values)] as const;
  const sizes = [size];
  let x = fromChannelsLast(image, size, channels);
  for (let i = 0; i < features.length; i++) {
    const [kernel, bias] = next();
    const [k, s] = [kernelSizes[i], strides[i]];
    let y = conv2d(x, convolutionKernel(kernel), bias, k, s);
    if (skips && i > 0) {
      const [skipKernel, skipBias] = next();
      y = add(y, conv2d(maxPool2d(x, k, s), convolutionKernel(skipKernel), skipBias, 1, 1));
    }
    x = relu(y);
    sizes.push(x.height);
  }
  for (let i = features.length - 1; i >= 0; i--) {
    const [kernel, bias] = next();
    const [k, s] = [kernelSizes[i], strides[i]];
    const outputPadding = sizes[i] - ((sizes[i + 1] - 1) * s + k);
    let y = convTranspose2d(x, transposedKernel(kernel), bias, k, s, outputPadding);
    if (skips && i > 0) {
      const [skipKernel, skipBias] = next();
      const shortcut = conv2d(x, convolutionKernel(skipKernel), skipBias, 1, 1);
      y = add(y, nearestResize(shortcut, sizes[i]));
    }
    x = i > 0 ? relu(y) : y;
  }
  return toChannelsLast(x);
}

/** [y, x, in, out] read as PyTorch's [out, in, y, x]. */
function convolutionKernel({ shape, values }: Weight): TorchKernel {
  const [, width, ins, outs] = shape;
  return (o, i, y, x) => values[((y * width + x) * ins + i) * outs + o];
}

/** [y, x, out, in] read as PyTorch's [in, out, y, x]. */
function transposedKernel({ shape, values }: Weight): TorchKernel {
  const [, width, outs, ins] = shape;
  return (i, o, y, x) => values[((y * width + x) * outs + o) * ins + i];
}

function fromChannelsLast(image: ArrayLike<number>, size: number, channels: number): Map3 {
  const map = emptyMap(channels, size, size);
  for (let i = 0; i < image.length; i++)
    map.values[(i % channels) * size * size + Math.floor(i / channels)] = image[i];
  return map;
}

function toChannelsLast(map: Map3): Float64Array {
  return Float64Array.from(map.values, (_, i) => {
    const [pixel, c] = [Math.floor(i / map.channels), i % map.channels];
    return map.values[at(map, c, Math.floor(pixel / map.width), pixel % map.width)];
  });
}

/** The values of a model's weights. */
export function readWeights(model: tf.LayersModel): Weight[] {
  return model.getWeights().map((w) => ({ shape: w.shape, values: w.dataSync() }));
}
