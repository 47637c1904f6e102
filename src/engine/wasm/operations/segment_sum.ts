import * as tf from '@tensorflow/tfjs';
import { wasmHeap } from '../memory/heap';
import type { KernelOver } from './kernel';

/** x [n, ...] summed over the rows of each segment: [numSegments, ...]. Needed by the gradient of gather. */
export const unsortedSegmentSum: KernelOver = (replaced) => (inputs, attributes) => {
  const { x, segmentIds } = inputs;
  if (x.dtype !== 'float32' || segmentIds.dtype !== 'int32' || segmentIds.shape.length !== 1)
    return replaced(inputs, attributes);
  const heap = wasmHeap();
  const segments = attributes.numSegments as number;
  const out = heap.output([segments, ...x.shape.slice(1)]);
  const columns = tf.util.sizeFromShape(x.shape.slice(1));
  const ids = heap.pointer(segmentIds, 'int32');
  heap.kernels.sumSegments(heap.pointer(x), x.shape[0], columns, ids, segments, heap.pointer(out));
  return out;
};
