import { wasmHeap } from '../memory/heap';
import type { KernelOver } from './kernel';

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
    const weights = classWeights ? heap.pointer(classWeights) : 0;
    const [from, to] = [logits, gradient].map((tensor) => heap.pointer(tensor));
    const targets = heap.pointer(labels, 'int32');
    const value = heap.kernels.softmaxCrossEntropy(from, targets, weights, rows, classes, to);
    if (value < 0) throw new Error(`cross-entropy: a label is none of the classes 0..${classes - 1}`);
    heap.floats[heap.pointer(loss) >>> 2] = value;
    return [loss, gradient];
  };
