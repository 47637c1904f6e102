import type * as tf from '@tensorflow/tfjs';
import { nearestSources } from '../../../util/nearest';
import { type WasmHeap, wasmHeap } from '../memory/heap';
import type { KernelOver } from './kernel';

/** Nearest-neighbour resizing of images [batch, height, width, channels], source = floor(target * in / out). */
export const resizeNearest: KernelOver = (replaced) => (inputs, attributes) => {
  const { images } = inputs;
  if (!isCovered(images, attributes)) return replaced(inputs, attributes);
  const heap = wasmHeap();
  const [batch, inHeight, inWidth, channels] = images.shape;
  const [height, width] = attributes.size as [number, number];
  const out = heap.output([batch, height, width, channels]);
  const [from, to] = [heap.pointer(images), heap.pointer(out)];
  const [source, target] = [4 * inHeight * inWidth * channels, 4 * height * width * channels];
  const { rowOf, columnOf } = sources(heap, [inHeight, inWidth], [height, width]);
  heap.parallel(batch, ({ kernels }, image) => {
    const [at, into] = [from + image * source, to + image * target];
    kernels.gatherPixels(at, inWidth, channels, rowOf, columnOf, height, width, into);
  });
  return out;
};

/** Gradient of resizeNearest: each pixel gets the sum over its copies. */
export const resizeNearestGrad: KernelOver = (replaced) => (inputs, attributes) => {
  const { images, dy } = inputs;
  if (!isCovered(images, attributes)) return replaced(inputs, attributes);
  const heap = wasmHeap();
  const [batch, inHeight, inWidth, channels] = images.shape;
  const [, height, width] = dy.shape;
  const dx = heap.output(images.shape);
  const [from, to] = [heap.pointer(dy), heap.pointer(dx)];
  const [source, target] = [4 * inHeight * inWidth * channels, 4 * height * width * channels];
  const { rowOf, columnOf } = sources(heap, [inHeight, inWidth], [height, width]);
  heap.parallel(batch, ({ kernels }, image) => {
    const [at, gradient] = [to + image * source, from + image * target];
    kernels.clear(at, source / 4);
    kernels.scatterPixels(at, inWidth, channels, rowOf, columnOf, height, width, gradient);
  });
  return dx;
};

/** Addresses of tables: the source's row for each row of the target, and its column for each column. */
function sources(
  heap: WasmHeap,
  [inHeight, inWidth]: [number, number],
  [height, width]: [number, number],
): { rowOf: number; columnOf: number } {
  const [rowOf, columnOf] = [heap.scratch('source rows', height), heap.scratch('source columns', width)];
  heap.integers.set(nearestSources(inHeight, height), rowOf >>> 2);
  heap.integers.set(nearestSources(inWidth, width), columnOf >>> 2);
  return { rowOf, columnOf };
}

function isCovered(images: tf.TensorInfo, { alignCorners, halfPixelCenters }: tf.NamedAttrMap): boolean {
  return !alignCorners && !halfPixelCenters && images.dtype === 'float32';
}
