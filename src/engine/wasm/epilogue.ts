import * as tf from '@tensorflow/tfjs';
import type { WasmHeap } from '../heap';

/** Whether addBiasAndActivation covers this: a bias of one value a column or none, ReLU or no activation. */
export function isFusable(activation: unknown, bias: tf.TensorInfo | undefined, columns: number): boolean {
  const isPlainBias = !bias || (bias.dtype === 'float32' && tf.util.sizeFromShape(bias.shape) === columns);
  return isPlainBias && (activation === 'linear' || activation === 'relu' || activation == null);
}

/** In place on a matrix [rows, columns] in the heap. */
export function addBiasAndActivation(
  heap: WasmHeap,
  matrix: number,
  rows: number,
  columns: number,
  bias: tf.TensorInfo | undefined,
  activation: unknown,
): void {
  const isRelu = activation === 'relu';
  if (bias) heap.kernels.addBias(matrix, heap.pointer(bias), rows, columns, isRelu);
  else if (isRelu) heap.kernels.maskPositive(matrix, matrix, matrix, rows * columns);
}
