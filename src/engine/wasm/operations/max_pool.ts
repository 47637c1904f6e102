import * as tf from '@tensorflow/tfjs';
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
  const { sizes, inFloats, outFloats, rowFloats } = sizesOf(info);
  const [px, py] = [heap.pointer(x), heap.pointer(out)];
  heap.parallel(info.batchSize, ({ kernels, scratch }, image) => {
    const rows = scratch('pooled rows', info.inHeight * rowFloats);
    kernels.poolImage(px + 4 * image * inFloats, ...sizes, rows, py + 4 * image * outFloats);
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
  const dx = heap.output(input.shape);
  const { sizes, inFloats, outFloats, rowFloats } = sizesOf(info);
  const [px, pdy, pdx] = [heap.pointer(input), heap.pointer(dy), heap.pointer(dx)];
  heap.parallel(info.batchSize, ({ kernels, scratch }, image) => {
    const rows = scratch('pooled rows', 2 * (info.inHeight + 1) * rowFloats);
    const [from, to] = [pdy + 4 * image * outFloats, pdx + 4 * image * inFloats];
    kernels.unpoolImage(px + 4 * image * inFloats, ...sizes, rows, from, to);
  });
  return dx;
};

/** What the kernels are told, and numbers of floats. */
function sizesOf(info: PoolInfo) {
  const { inHeight, inWidth, inChannels, filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const { outHeight, outWidth } = info;
  const kernel = [filterHeight, filterWidth, strideHeight, strideWidth] as const;
  return {
    sizes: [inHeight, inWidth, inChannels, ...kernel, outHeight, outWidth] as const,
    inFloats: inHeight * inWidth * inChannels,
    outFloats: outHeight * outWidth * inChannels,
    rowFloats: outWidth * inChannels,
  };
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
