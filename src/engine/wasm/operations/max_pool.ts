import * as tf from '@tensorflow/tfjs';
import type { Kernels } from '../kernels/load';
import { wasmHeap } from '../memory/heap';
import type { KernelOver } from './kernel';

type PoolInfo = tf.backend_util.Conv2DInfo;

/** Largest value of each window, rows and columns one after the other. Without padding only. */
export const maxPool: KernelOver = (replaced) => (inputs, attributes) => {
  const { x } = inputs;
  const info = poolInfo(x.shape, attributes);
  if (!isCovered(info, x)) return replaced(inputs, attributes);
  const heap = wasmHeap();
  const out = heap.output(info.outShape);
  const rowFloats = info.outWidth * info.inChannels;
  const [px, py] = [heap.pointer(x), heap.pointer(out)];
  heap.parallel(info.batchSize, ({ kernels, scratch }, image) => {
    const maxima = scratch('maxima', info.inHeight * rowFloats);
    poolColumns(kernels, info, px + 4 * image * info.inHeight * info.inWidth * info.inChannels, maxima, 0);
    for (let oy = 0; oy < info.outHeight; oy++) {
      const from = maxima + 4 * oy * info.strideHeight * rowFloats;
      const to = py + 4 * (image * info.outHeight + oy) * rowFloats;
      kernels.maxTaps(from, rowFloats, info.filterHeight, rowFloats, to, 0);
    }
  });
  return out;
};

/**
 * Gradient of maxPool: all of it to the first of the largest values, rows before columns.
 * @throws Error if there is padding: TensorFlow.js's kernel gives wrong gradients there.
 */
export const maxPoolGrad: KernelOver = () => (inputs, attributes) => {
  const { dy, input } = inputs;
  const info = poolInfo(input.shape, attributes);
  if (!isCovered(info, input)) throw new Error('maxPool with padding has no gradient on the WASM engine');
  const heap = wasmHeap();
  const { inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth } = info;
  const dx = heap.output(input.shape);
  const [rowFloats, imageFloats] = [outWidth * inChannels, inHeight * inWidth * inChannels];
  const [px, pdy, pdx] = [heap.pointer(input), heap.pointer(dy), heap.pointer(dx)];
  heap.parallel(info.batchSize, ({ kernels, scratch }, image) => {
    const maxima = scratch('maxima', inHeight * rowFloats);
    const bestColumn = scratch('best columns', inHeight * rowFloats);
    const bestRow = scratch('best rows', 2 * rowFloats);
    kernels.clear(pdx + 4 * image * imageFloats, imageFloats);
    poolColumns(kernels, info, px + 4 * image * imageFloats, maxima, bestColumn);
    for (let oy = 0; oy < outHeight; oy++) {
      const y = oy * strideHeight;
      const from = maxima + 4 * y * rowFloats;
      kernels.maxTaps(from, rowFloats, info.filterHeight, rowFloats, bestRow + 4 * rowFloats, bestRow);
      const window = pdx + 4 * (image * imageFloats + y * inWidth * inChannels);
      const columns = bestColumn + 4 * y * rowFloats;
      const gradient = pdy + 4 * (image * outHeight + oy) * rowFloats;
      kernels.scatterMaxima(window, inWidth, inChannels, strideWidth, outWidth, columns, bestRow, gradient);
    }
  });
  return dx;
};

/** Maxima over the columns of each window in every row of an image, and which column if `index` is given. */
function poolColumns(kernels: Kernels, info: PoolInfo, image: number, maxima: number, index: number): void {
  const { inHeight, inWidth, inChannels, outWidth, filterWidth, strideWidth } = info;
  const rowFloats = outWidth * inChannels;
  const { maxTaps } = kernels;
  for (let y = 0; y < inHeight; y++) {
    const row = image + 4 * y * inWidth * inChannels;
    const to = 4 * y * rowFloats;
    if (strideWidth === 1) maxTaps(row, rowFloats, filterWidth, inChannels, maxima + to, index && index + to);
    else
      for (let ox = 0; ox < outWidth; ox++) {
        const at = to + 4 * ox * inChannels;
        const from = row + 4 * ox * strideWidth * inChannels;
        maxTaps(from, inChannels, filterWidth, inChannels, maxima + at, index && index + at);
      }
  }
}

function poolInfo(shape: number[], { filterSize, strides, pad, dimRoundingMode }: tf.NamedAttrMap): PoolInfo {
  return tf.backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize as [number, number],
    strides as [number, number],
    1,
    pad as 'valid',
    dimRoundingMode as 'floor' | undefined,
  );
}

function isCovered({ padInfo, outShape }: PoolInfo, x: tf.TensorInfo): boolean {
  const isUnpadded = padInfo.top + padInfo.left + padInfo.bottom + padInfo.right === 0;
  return isUnpadded && x.dtype === 'float32' && tf.util.sizeFromShape(outShape) > 0;
}
