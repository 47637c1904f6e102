import type { WasmHeap } from '../engine/wasm/heap';
import { blockStarts, ordersOf, type Truncation } from './truncation';

/**
 * The convolution theorem: for each degree l one real matrix product
 *
 *   Z_l [batch x orders m, orders n x outputs] = X_l [batch x orders m, orders p x inputs] K_l [orders p x inputs, orders n x outputs]
 *
 * in the blocks of the spectra as they lie in memory. On the sphere X_l has one order p, Z_l one order n.
 */
export interface DegreeProduct {
  readonly degrees: number;
  readonly batch: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Limits of |m|, |p| and |n|. */
  readonly left: number;
  readonly inner: number;
  readonly right: number;
}

export function inputTruncation({ degrees, left, inner }: DegreeProduct): Truncation {
  return { degrees, left, right: inner };
}

export function kernelTruncation({ degrees, inner, right }: DegreeProduct): Truncation {
  return { degrees, left: inner, right };
}

export function outputTruncation({ degrees, left, right }: DegreeProduct): Truncation {
  return { degrees, left, right };
}

/** Z = X K. All arguments are addresses. */
export function multiplyDegrees(
  heap: WasmHeap,
  x: number,
  k: number,
  z: number,
  product: DegreeProduct,
): void {
  forEachDegree(product, (rows, inner, columns, xAt, kAt, zAt) => {
    heap.gemm.sgemm(
      false,
      false,
      rows,
      columns,
      inner,
      1,
      x + xAt,
      inner,
      k + kAt,
      columns,
      0,
      z + zAt,
      columns,
    );
  });
}

/** The gradient of Z = X K by X: dX = dZ K^T. */
export function multiplyDegreesInputGradient(
  heap: WasmHeap,
  dz: number,
  k: number,
  dx: number,
  product: DegreeProduct,
): void {
  forEachDegree(product, (rows, inner, columns, xAt, kAt, zAt) => {
    heap.gemm.sgemm(
      false,
      true,
      rows,
      inner,
      columns,
      1,
      dz + zAt,
      columns,
      k + kAt,
      columns,
      0,
      dx + xAt,
      inner,
    );
  });
}

/** The gradient of Z = X K by K: dK = X^T dZ. */
export function multiplyDegreesKernelGradient(
  heap: WasmHeap,
  x: number,
  dz: number,
  dk: number,
  product: DegreeProduct,
): void {
  forEachDegree(product, (rows, inner, columns, xAt, kAt, zAt) => {
    heap.gemm.sgemm(
      true,
      false,
      inner,
      columns,
      rows,
      1,
      x + xAt,
      inner,
      dz + zAt,
      columns,
      0,
      dk + kAt,
      columns,
    );
  });
}

/** Visits each degree: sizes of its product, and byte offsets of its blocks. */
function forEachDegree(
  product: DegreeProduct,
  visit: (rows: number, inner: number, columns: number, xAt: number, kAt: number, zAt: number) => void,
): void {
  const { degrees, batch, inputs, outputs } = product;
  const xStarts = blockStarts(inputTruncation(product), batch * inputs);
  const kStarts = blockStarts(kernelTruncation(product), inputs * outputs);
  const zStarts = blockStarts(outputTruncation(product), batch * outputs);
  for (let l = 0; l < degrees; l++)
    visit(
      batch * ordersOf(l, product.left),
      ordersOf(l, product.inner) * inputs,
      ordersOf(l, product.right) * outputs,
      4 * xStarts[l],
      4 * kStarts[l],
      4 * zStarts[l],
    );
}
