import * as tf from '@tensorflow/tfjs';
import type { Kernels } from '../kernels/kernels';

/** Whether addBiasAndActivation covers this: a bias of one value a column or none, ReLU or no activation. */
export function isFusable(activation: unknown, bias: tf.TensorInfo | undefined, columns: number): boolean {
  const isPlainBias = !bias || (bias.dtype === 'float32' && tf.util.sizeFromShape(bias.shape) === columns);
  return isPlainBias && (activation === 'linear' || activation === 'relu' || activation == null);
}

/** In place on a matrix [rows, columns] in the heap. `bias`: address of [columns], 0 for none. */
export function addBiasAndActivation(
  kernels: Kernels,
  matrix: number,
  rows: number,
  columns: number,
  bias: number,
  activation: unknown,
): void {
  const isRelu = activation === 'relu';
  if (bias) kernels.addBias(matrix, bias, rows, columns, isRelu);
  else if (isRelu) kernels.maskPositive(matrix, matrix, matrix, rows * columns);
}
