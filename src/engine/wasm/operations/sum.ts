import * as tf from '@tensorflow/tfjs';
import { wasmHeap } from '../memory/heap';
import type { KernelOver } from './kernel';
import { forEachPart } from './parts';

/** Sums over leading axes, as the gradient of a bias needs them, without a transposition. */
export const sum: KernelOver = (replaced) => (inputs, attributes) => {
  const { x } = inputs;
  const axes = tf.util.parseAxisParam(attributes.axis as number | number[], x.shape).sort((i, j) => i - j);
  const isLeading = axes.every((axis, i) => axis === i) && axes.length < x.shape.length;
  const size = tf.util.sizeFromShape(x.shape);
  if (!isLeading || axes.length === 0 || x.dtype !== 'float32' || size === 0)
    return replaced(inputs, attributes);
  const heap = wasmHeap();
  const kept = x.shape.slice(axes.length);
  const out = heap.output(attributes.keepDims ? [...axes.map(() => 1), ...kept] : kept);
  const columns = tf.util.sizeFromShape(kept);
  const [from, to] = [heap.pointer(x), heap.pointer(out)];
  const partial = heap.scratch('partial sums', heap.width * columns);
  const targets = Array.from({ length: heap.width }, (_, part) => (part ? partial + 4 * part * columns : to));
  const parts = forEachPart(heap, size / columns, columns, ({ kernels }, [first, end], part) =>
    kernels.sumRows(from + 4 * first * columns, end - first, columns, targets[part]),
  );
  for (const sums of targets.slice(1, parts)) heap.kernels.add(to, sums, columns, to, false);
  return out;
};
