import * as tf from '@tensorflow/tfjs';
import { wasmHeap } from '../memory/heap';
import type { KernelOver } from './kernel';
import { forEachPart } from './parts';

/** a + b: of one shape, or b of one value for each channel. */
export const add: KernelOver = (replaced) => (inputs, attributes) => {
  const { a, b } = inputs;
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return replaced(inputs, attributes);
  if (tf.util.arraysEqual(a.shape, b.shape)) return sumOf(a, b, false);
  const isBias = b.shape.length === 1 && b.shape[0] > 0 && b.shape[0] === a.shape[a.shape.length - 1];
  return isBias ? biasedMap(a, b) : replaced(inputs, attributes);
};

/** max(0, a + b), a and b of one shape. */
export const rectifySum: KernelOver =
  () =>
  ({ a, b }) =>
    sumOf(a, b, true);

/** a + b, of one shape, then ReLU on demand. */
function sumOf(a: tf.TensorInfo, b: tf.TensorInfo, relu: boolean): tf.TensorInfo {
  const heap = wasmHeap();
  const out = heap.output(a.shape);
  const [pa, pb, to] = [a, b, out].map((tensor) => heap.pointer(tensor));
  forEachPart(heap, tf.util.sizeFromShape(a.shape), 1, ({ kernels }, [first, end]) => {
    const offset = 4 * first;
    kernels.add(pa + offset, pb + offset, end - first, to + offset, relu);
  });
  return out;
}

/** dy where y > 0, else 0. */
export const rectifyGrad: KernelOver =
  () =>
  ({ dy, y }) => {
    const heap = wasmHeap();
    const out = heap.output(dy.shape);
    const [from, passed, to] = [dy, y, out].map((tensor) => heap.pointer(tensor));
    forEachPart(heap, tf.util.sizeFromShape(dy.shape), 1, ({ kernels }, [first, end]) => {
      const offset = 4 * first;
      kernels.maskPositive(from + offset, passed + offset, to + offset, end - first);
    });
    return out;
  };

/** x [..., channels] plus bias [channels]. */
export const biasAdd: KernelOver =
  () =>
  ({ x, bias }) =>
    biasedMap(x, bias);

function biasedMap(x: tf.TensorInfo, bias: tf.TensorInfo): tf.TensorInfo {
  const heap = wasmHeap();
  const out = heap.output(x.shape);
  const channels = bias.shape[0];
  const [from, values, to] = [x, bias, out].map((tensor) => heap.pointer(tensor));
  forEachPart(heap, tf.util.sizeFromShape(x.shape) / channels, channels, ({ kernels }, [first, end]) => {
    const [offset, count] = [4 * first * channels, end - first];
    kernels.repeat(from + offset, count * channels, 1, to + offset);
    kernels.addBias(to + offset, values, count, channels, false);
  });
  return out;
}
