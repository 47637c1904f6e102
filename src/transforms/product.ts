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
  const degrees = degreesOf(product, samples, x, k, z);
  dealDegrees(lane, degrees, (each, { X, K, Z }) => multiply(each, X, K, Z));
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
  const degrees = degreesOf(product, samples, dx, k, dz);
  dealDegrees(lane, degrees, (each, { X, K, Z }) => multiply(each, Z, transposed(K), X));
}

/** The gradient of Z = X K by K, of all samples: dK = X^T dZ. */
export function multiplyDegreesKernelGradient(
  heap: KernelHeap,
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
      heap.gemm,
      transposed(matrix(x, rows, inputs)),
      matrix(dz, rows, outputs),
      matrix(dk, inputs, outputs),
    );
    return;
  }
  const degrees = degreesOf(product, all, x, dk, dz);
  heap.parallel(1, (lane) =>
    dealDegrees(lane, degrees, (each, { X, K, Z }) => multiply(each, transposed(X), Z, K)),
  );
}

/** Of one degree. */
interface DegreeMatrices {
  readonly X: Matrix;
  readonly K: Matrix;
  readonly Z: Matrix;
}

/**
 * Visits the degrees and deals them among the lanes, the largest product first, so that these wait for each other once and
 * not at each degree. Only products that are a large part of a lane's share are divided.
 */
function dealDegrees(
  lane: Lane,
  degrees: readonly DegreeMatrices[],
  visit: (lane: Lane, degree: DegreeMatrices) => void,
): void {
  const work = ({ X, K }: DegreeMatrices) => X.rows * X.columns * K.columns;
  const share = degrees.reduce((sum, degree) => sum + work(degree), 0) / lane.width;
  const isDivided = (degree: DegreeMatrices) => work(degree) > share / 2;
  const dealt = degrees.filter((degree) => !isDivided(degree)).reverse();
  for (const degree of degrees.filter(isDivided)) visit(lane, degree);
  lane.deal(dealt.length, (each, i) => visit(each, dealt[i]));
}

/** The three matrices of each degree, of spectra at these addresses. */
function degreesOf(
  product: DegreeProduct,
  { first, count }: Samples,
  x: number,
  k: number,
  z: number,
): DegreeMatrices[] {
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
