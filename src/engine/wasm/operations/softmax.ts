import { wasmHeap } from '../memory/heap';
import type { KernelOver } from './kernel';
import { forEachPart } from './parts';

/**
 * Mean cross-entropy of logits [rows, classes] against int32 labels [rows], if given with weights by class
 * [classes]: the loss, a scalar, and its gradient [rows, classes].
 * @throws Error if a label is none of the classes
 */
export const softmaxCrossEntropy: KernelOver =
  () =>
  ({ logits, labels, classWeights }) => {
    const heap = wasmHeap();
    const [rows, classes] = logits.shape;
    const loss = heap.output([]);
    const gradient = heap.output([rows, classes]);
    const losses = heap.scratch('losses', heap.width);
    const weights = classWeights ? heap.pointer(classWeights) : 0;
    const [from, to] = [logits, gradient].map((tensor) => heap.pointer(tensor));
    const targets = heap.pointer(labels, 'int32');
    const total = heap.kernels.labelWeight(targets, weights, rows, classes);
    if (total < 0) throw new Error(`cross-entropy: a label is none of the classes 0..${classes - 1}`);
    const parts = forEachPart(heap, rows, classes, ({ kernels }, [first, end], part) => {
      const [at, offset] = [targets + 4 * first, 4 * first * classes];
      const sizes = [end - first, classes, total] as const;
      kernels.softmaxCrossEntropy(from + offset, at, weights, ...sizes, to + offset, losses + 4 * part);
    });
    const values = heap.floats.subarray(losses >>> 2, (losses >>> 2) + parts);
    heap.floats[heap.pointer(loss) >>> 2] = values.reduce((sum, value) => sum + value, 0);
    return [loss, gradient];
  };
