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
  const { rows, columns } = sources(heap, [inHeight, inWidth], [height, width]);
  const [from, to] = [heap.pointer(images), heap.pointer(out)];
  heap.parallel(batch, ({ kernels }, image) =>
    rows.forEach((source, row) => {
      const sourceRow = from + 4 * (image * inHeight + source) * inWidth * channels;
      const targetRow = to + 4 * (image * height + row) * width * channels;
      kernels.gatherPixels(sourceRow, columns, width, channels, targetRow);
    }),
  );
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
  const { rows, columns } = sources(heap, [inHeight, inWidth], [height, width]);
  const [from, to] = [heap.pointer(dy), heap.pointer(dx)];
  const imageFloats = inHeight * inWidth * channels;
  heap.parallel(batch, ({ kernels }, image) => {
    kernels.clear(to + 4 * image * imageFloats, imageFloats);
    rows.forEach((source, row) => {
      const sourceRow = to + 4 * (image * inHeight + source) * inWidth * channels;
      const targetRow = from + 4 * (image * height + row) * width * channels;
      kernels.scatterPixels(sourceRow, columns, width, channels, targetRow);
    });
  });
  return dx;
};

/** Source row of each target row; address of the source columns of all target columns. */
function sources(
  heap: WasmHeap,
  [inHeight, inWidth]: [number, number],
  [height, width]: [number, number],
): { rows: Int32Array; columns: number } {
  const columns = heap.scratch('source columns', width);
  heap.integers.set(nearestSources(inWidth, width), columns >>> 2);
  return { rows: nearestSources(inHeight, height), columns };
}

function isCovered(images: tf.TensorInfo, { alignCorners, halfPixelCenters }: tf.NamedAttrMap): boolean {
  return !alignCorners && !halfPixelCenters && images.dtype === 'float32';
}
