import { adamStep } from './adam';
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput, fusedConv2d } from './conv2d';
import { identity } from './identity';
import { type KernelOver, replaceKernel } from './kernel';
import { batchMatMul, fusedMatMul } from './mat_mul';
import { maxPool, maxPoolGrad } from './max_pool';
import { add, biasAdd, rectifyGrad, rectifySum } from './rectify';
import { resizeNearest, resizeNearestGrad } from './resize';
import { unsortedSegmentSum } from './segment_sum';
import { slice, splitV } from './slice';
import { softmaxCrossEntropy } from './softmax';
import { sum } from './sum';

const kernels: Record<string, KernelOver> = {
  Add: add,
  BatchMatMul: batchMatMul,
  _FusedMatMul: fusedMatMul,
  Conv2D: conv2d,
  FusedConv2D: fusedConv2d,
  Conv2DBackpropInput: conv2dBackpropInput,
  Conv2DBackpropFilter: conv2dBackpropFilter,
  MaxPool: maxPool,
  MaxPoolGrad: maxPoolGrad,
  Identity: identity,
  ResizeNearestNeighbor: resizeNearest,
  ResizeNearestNeighborGrad: resizeNearestGrad,
  Slice: slice,
  SplitV: splitV,
  Sum: sum,
  UnsortedSegmentSum: unsortedSegmentSum,
};

/** Kernels that TensorFlow.js does not know; layers use them where they are. */
const ownKernels: Record<string, KernelOver> = {
  AdamStep: adamStep,
  BiasAdd: biasAdd,
  RectifySum: rectifySum,
  RectifyGrad: rectifyGrad,
  SoftmaxCrossEntropy: softmaxCrossEntropy,
};

let isRegistered = false;

/** Puts our kernels in the place of those that TensorFlow.js's WASM backend has slow or not at all. */
export function registerWasmKernels(): void {
  if (isRegistered) return;
  for (const [name, kernel] of Object.entries({ ...kernels, ...ownKernels })) replaceKernel(name, kernel);
  isRegistered = true;
}
