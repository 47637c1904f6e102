import * as tf from '@tensorflow/tfjs';
import { type WasmHeap, wasmHeap } from '../memory/heap';
import { addBiasAndActivation, isFusable } from './epilogue';
import type { KernelOver } from './kernel';

/** a [..., m, k] times b [..., k, n], each transposed on demand, batch axes broadcast. */
export const batchMatMul: KernelOver = (replaced) => (inputs, attributes) => {
  const { a, b } = inputs;
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return replaced(inputs, attributes);
  return multiply(wasmHeap(), a, b, Boolean(attributes.transposeA), Boolean(attributes.transposeB));
};

/** batchMatMul, then a bias [n] and an activation. */
export const fusedMatMul: KernelOver = (replaced) => (inputs, attributes) => {
  const { a, b, bias } = inputs;
  const n = b.shape[b.shape.length - (attributes.transposeB ? 2 : 1)];
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || !isFusable(attributes.activation, bias, n))
    return replaced(inputs, attributes);
  const heap = wasmHeap();
  const out = multiply(heap, a, b, Boolean(attributes.transposeA), Boolean(attributes.transposeB));
  const rows = tf.util.sizeFromShape(out.shape) / n;
  const offset = bias ? heap.pointer(bias) : 0;
  addBiasAndActivation(heap.kernels, heap.pointer(out), rows, n, offset, attributes.activation);
  return out;
};

function multiply(
  heap: WasmHeap,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
) {
  const [m, k] = matrixShape(a, transposeA);
  const [innerB, n] = matrixShape(b, transposeB);
  tf.util.assert(k === innerB, () => `matMul: inner sizes of [${a.shape}] and [${b.shape}] differ`);
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const out = heap.output([...batch, m, n]);
  const [pa, pb, pc] = [heap.pointer(a), heap.pointer(b), heap.pointer(out)];
  if (m * n === 0) return out;
  if (k === 0) {
    heap.floats.fill(0, pc >>> 2, (pc >>> 2) + tf.util.sizeFromShape(out.shape));
    return out;
  }
  const [lda, ldb] = [transposeA ? m : k, transposeB ? k : n];
  const product = (rows: number, from: number, by: number, to: number) =>
    heap.gemm.sgemm(transposeA, transposeB, rows, n, k, 1, from, lda, by, ldb, 0, to, n);
  const isOneMatrix = tf.util.sizeFromShape(b.shape) === k * n && !transposeA;
  if (isOneMatrix) product(tf.util.sizeFromShape(out.shape) / n, pa, pb, pc);
  else {
    const offsetsA = batchOffsets(a.shape.slice(0, -2), batch);
    const offsetsB = batchOffsets(b.shape.slice(0, -2), batch);
    for (let i = 0; i < offsetsA.length; i++)
      product(m, pa + 4 * m * k * offsetsA[i], pb + 4 * k * n * offsetsB[i], pc + 4 * m * n * i);
  }
  return out;
}

function matrixShape({ shape }: tf.TensorInfo, isTransposed: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2);
  return isTransposed ? [columns, rows] : [rows, columns];
}

/** For each matrix of the output, the index of the operand's matrix that it is made from. */
function batchOffsets(shape: number[], batch: number[]): number[] {
  let offsets = [0];
  let stride = tf.util.sizeFromShape(shape);
  for (let axis = 0; axis < batch.length; axis++) {
    const size = shape[axis - batch.length + shape.length] ?? 1;
    stride /= size;
    const step = size === 1 ? 0 : stride;
    offsets = offsets.flatMap((start) => Array.from({ length: batch[axis] }, (_, i) => start + i * step));
  }
  return offsets;
}
