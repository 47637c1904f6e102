import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { type Matrix, matrix, multiply, transposed } from '../engine/wasm/products/matrix';
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
  { gemm }: KernelHeap,
  x: number,
  k: number,
  z: number,
  product: DegreeProduct,
): void {
  for (const { X, K, Z } of degreesOf(product, x, k, z)) multiply(gemm, X, K, Z);
}

/** The gradient of Z = X K by X: dX = dZ K^T. */
export function multiplyDegreesInputGradient(
  { gemm }: KernelHeap,
  dz: number,
  k: number,
  dx: number,
  product: DegreeProduct,
): void {
  for (const { X, K, Z } of degreesOf(product, dx, k, dz)) multiply(gemm, Z, transposed(K), X);
}

/** The gradient of Z = X K by K: dK = X^T dZ. */
export function multiplyDegreesKernelGradient(
  { gemm }: KernelHeap,
  x: number,
  dz: number,
  dk: number,
  product: DegreeProduct,
): void {
  for (const { X, K, Z } of degreesOf(product, x, dk, dz)) multiply(gemm, transposed(X), Z, K);
}

/** The three matrices of each degree, of spectra at these addresses. */
function degreesOf(
  product: DegreeProduct,
  x: number,
  k: number,
  z: number,
): { X: Matrix; K: Matrix; Z: Matrix }[] {
  const { degrees, batch, inputs, outputs } = product;
  const xStarts = blockStarts(inputTruncation(product), batch * inputs);
  const kStarts = blockStarts(kernelTruncation(product), inputs * outputs);
  const zStarts = blockStarts(outputTruncation(product), batch * outputs);
  return Array.from({ length: degrees }, (_, l) => {
    const rows = batch * ordersOf(l, product.left);
    const inner = ordersOf(l, product.inner) * inputs;
    const columns = ordersOf(l, product.right) * outputs;
    return {
      X: matrix(x + 4 * xStarts[l], rows, inner),
      K: matrix(k + 4 * kStarts[l], inner, columns),
      Z: matrix(z + 4 * zStarts[l], rows, columns),
    };
  });
}
