import * as tf from '@tensorflow/tfjs';
import { wasmHeap } from '../memory/heap';
import type { KernelOver } from './kernel';
import { forEachPart } from './parts';

/**
 * A step of Adam on one weight and its moments, in place: nothing comes out. `first` and `second` are vectors that
 * hold those of the weight from `offset` on. No other tensor may share the weight's values.
 */
export const adamStep: KernelOver = () => (inputs, attributes) => {
  const { weight, gradient, first, second } = inputs;
  const { offset, beta1, beta2, rate, correction, epsilon } = attributes as Record<string, number>;
  const heap = wasmHeap();
  const size = tf.util.sizeFromShape(weight.shape);
  const [w, g] = [weight, gradient].map((tensor) => heap.pointer(tensor));
  const [m, v] = [first, second].map((tensor) => heap.pointer(tensor) + 4 * offset);
  const means = [beta1, 1 - beta1, beta2, 1 - beta2] as const;
  forEachPart(heap, size, 1, ({ kernels }, [from, end]) => {
    const at = 4 * from;
    kernels.adam(w + at, g + at, m + at, v + at, end - from, ...means, rate, correction, epsilon);
  });
  return [];
};
