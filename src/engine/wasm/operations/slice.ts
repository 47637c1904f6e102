import * as tf from '@tensorflow/tfjs';
import { wasmHeap } from '../memory/heap';
import type { KernelOver } from './kernel';

/** One run of a tensor's values, copied in the heap: TensorFlow.js's kernel copies the whole tensor out first. */
export const slice: KernelOver = (replaced) => (inputs, attributes) => {
  const { x } = inputs;
  const [begin, size] = tf.slice_util.parseSliceParams(
    x as tf.Tensor,
    attributes.begin as number[],
    attributes.size as number[],
  );
  const isRun = tf.slice_util.isSliceContinous(x.shape, begin, size);
  if (!isRun || x.dtype === 'string' || x.dtype === 'complex64') return replaced(inputs, attributes);
  const offset = tf.slice_util.computeFlatOffset(begin, tf.util.computeStrides(x.shape));
  return copyRun(x, offset, size);
};

/** Parts of a tensor along an axis; those of the first axis are runs. */
export const splitV: KernelOver = (replaced) => (inputs, attributes) => {
  const { x } = inputs;
  const [axis] = tf.util.parseAxisParam(attributes.axis as number, x.shape);
  if (axis !== 0 || x.dtype !== 'float32') return replaced(inputs, attributes);
  const sizes = tf.backend_util.prepareSplitSize(
    x as tf.Tensor,
    attributes.numOrSizeSplits as number[],
    axis,
  );
  const perRow = tf.util.sizeFromShape(x.shape.slice(1));
  let offset = 0;
  return sizes.map((rows) => {
    const part = copyRun(x, offset, [rows, ...x.shape.slice(1)]);
    offset += rows * perRow;
    return part;
  });
};

/** Values from `offset` on, as a tensor of its own. All types in the heap have four bytes but bool, which has one. */
function copyRun(x: tf.TensorInfo, offset: number, shape: number[]): tf.TensorInfo {
  const heap = wasmHeap();
  const out = heap.output(shape, x.dtype);
  const width = tf.util.bytesPerElement(x.dtype);
  const from = heap.pointer(x, x.dtype) + width * offset;
  heap.bytes.copyWithin(heap.pointer(out, x.dtype), from, from + width * tf.util.sizeFromShape(shape));
  return out;
}
