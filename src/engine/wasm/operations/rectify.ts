import * as tf from '@tensorflow/tfjs';
import { wasmHeap } from '../memory/heap';
import type { KernelOver } from './kernel';

/** max(0, a + b), a and b of one shape. */
export const rectifySum: KernelOver =
  () =>
  ({ a, b }) => {
    const heap = wasmHeap();
    const out = heap.output(a.shape);
    const size = tf.util.sizeFromShape(a.shape);
    heap.kernels.rectifySum(heap.pointer(a), heap.pointer(b), size, heap.pointer(out));
    return out;
  };

/** dy where y > 0, else 0. */
export const rectifyGrad: KernelOver =
  () =>
  ({ dy, y }) => {
    const heap = wasmHeap();
    const out = heap.output(dy.shape);
    const size = tf.util.sizeFromShape(dy.shape);
    heap.kernels.maskPositive(heap.pointer(dy), heap.pointer(y), heap.pointer(out), size);
    return out;
  };

/** x [..., channels] plus bias [channels]. */
export const biasAdd: KernelOver =
  () =>
  ({ x, bias }) => {
    const heap = wasmHeap();
    const out = heap.output(x.shape);
    const [size, channels] = [tf.util.sizeFromShape(x.shape), bias.shape[0]];
    const [from, to] = [heap.pointer(x), heap.pointer(out)];
    heap.floats.copyWithin(to >>> 2, from >>> 2, (from >>> 2) + size);
    heap.kernels.addBias(to, heap.pointer(bias), size / channels, channels, false);
    return out;
  };
