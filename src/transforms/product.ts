import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { type Matrix, matrix, multiply, transposed } from '../engine/wasm/products/matrix';
import type { Lane } from '../engine/wasm/threads/lane';
import type { Samples } from './samples';
import { blockStarts, ordersOf, spectrumSize, type Truncation } from './truncation';

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
  /** Whether K is one matrix [inputs, outputs] for all degrees, which leaves the orders as they are (n = p). */
  readonly isPointwise: boolean;
}

export function inputTruncation({ degrees, left, inner }: DegreeProduct): Truncation {
  return { degrees, left, right: inner };
}

export function kernelTruncation({
  degrees,
  inner,
  right,
}: Pick<DegreeProduct, 'degrees' | 'inner' | 'right'>): Truncation {
  return { degrees, left: inner, right };
}

export function outputTruncation({ degrees, left, right }: DegreeProduct): Truncation {
  return { degrees, left, right };
}

/** Z = X K for some samples. All arguments are addresses, of the whole batch's spectra. */
export function multiplyDegrees(
  lane: Lane,
  samples: Samples,
  x: number,
  k: number,
  z: number,
  product: DegreeProduct,
): void {
  for (const { X, K, Z } of degreesOf(product, samples, x, k, z)) multiply(lane, X, K, Z);
}

/** The gradient of Z = X K by X: dX = dZ K^T. */
export function multiplyDegreesInputGradient(
  lane: Lane,
  samples: Samples,
  dz: number,
  k: number,
  dx: number,
  product: DegreeProduct,
): void {
  for (const { X, K, Z } of degreesOf(product, samples, dx, k, dz)) multiply(lane, Z, transposed(K), X);
}

/** The gradient of Z = X K by K, of all samples: dK = X^T dZ. */
export function multiplyDegreesKernelGradient(
  { gemm }: KernelHeap,
  x: number,
  dz: number,
  dk: number,
  product: DegreeProduct,
): void {
  const { batch, inputs, outputs } = product;
  const all = { first: 0, count: batch };
  if (product.isPointwise) {
    const rows = spectrumSize(inputTruncation(product)) * batch;
    multiply(
      gemm,
      transposed(matrix(x, rows, inputs)),
      matrix(dz, rows, outputs),
      matrix(dk, inputs, outputs),
    );
    return;
  }
  for (const { X, K, Z } of degreesOf(product, all, x, dk, dz)) multiply(gemm, transposed(X), Z, K);
}

/** The three matrices of each degree, of spectra at these addresses. */
function degreesOf(
  product: DegreeProduct,
  { first, count }: Samples,
  x: number,
  k: number,
  z: number,
): { X: Matrix; K: Matrix; Z: Matrix }[] {
  const { degrees, left, batch, inputs, outputs, isPointwise } = product;
  const xStarts = blockStarts(inputTruncation(product), batch * inputs);
  const kStarts = blockStarts(kernelTruncation(product), inputs * outputs);
  const zStarts = blockStarts(outputTruncation(product), batch * outputs);
  return Array.from({ length: degrees }, (_, l) => {
    const [inner, right] = [ordersOf(l, product.inner), ordersOf(l, product.right)];
    const orders = ordersOf(l, left) * (isPointwise ? inner : 1);
    const fromColumns = inputs * (isPointwise ? 1 : inner);
    const toColumns = outputs * (isPointwise ? 1 : right);
    return {
      X: matrix(x + 4 * (xStarts[l] + first * orders * fromColumns), count * orders, fromColumns),
      K: matrix(k + (isPointwise ? 0 : 4 * kStarts[l]), fromColumns, toColumns),
      Z: matrix(z + 4 * (zStarts[l] + first * orders * toColumns), count * orders, toColumns),
    };
  });
}
