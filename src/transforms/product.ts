import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { matrix, multiply, transposed } from '../engine/wasm/products/matrix';
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

/** The products of a batch's spectra, of which the addresses below are. */
export class DegreeProducts {
  private readonly degrees: readonly DegreeSizes[];
  /** Multiply-adds of all degrees, for one sample. */
  private readonly work: number;

  constructor(private readonly product: DegreeProduct) {
    const { degrees, left, batch, inputs, outputs, isPointwise } = product;
    const xStarts = blockStarts(inputTruncation(product), batch * inputs);
    const kStarts = blockStarts(kernelTruncation(product), inputs * outputs);
    const zStarts = blockStarts(outputTruncation(product), batch * outputs);
    this.degrees = Array.from({ length: degrees }, (_, l) => {
      const [inner, right] = [ordersOf(l, product.inner), ordersOf(l, product.right)];
      const rows = ordersOf(l, left) * (isPointwise ? inner : 1);
      const from = inputs * (isPointwise ? 1 : inner);
      const to = outputs * (isPointwise ? 1 : right);
      const starts = { x: xStarts[l], k: isPointwise ? 0 : kStarts[l], z: zStarts[l] };
      return { rows, from, to, starts, work: rows * from * to };
    });
    this.work = this.degrees.reduce((sum, { work }) => sum + work, 0);
  }

  /** Z = X K for some samples. */
  forward(lane: Lane, samples: Samples, x: number, k: number, z: number): void {
    this.forEachDegree(lane, (each, degree) => {
      const { X, K, Z } = matricesOf(degree, samples, x, k, z);
      multiply(each, X, K, Z);
    });
  }

  /** The gradient of Z = X K by X: dX = dZ K^T. */
  inputGradient(lane: Lane, samples: Samples, dz: number, k: number, dx: number): void {
    this.forEachDegree(lane, (each, degree) => {
      const { X, K, Z } = matricesOf(degree, samples, dx, k, dz);
      multiply(each, Z, transposed(K), X);
    });
  }

  /** The gradient of Z = X K by K, of all samples: dK = X^T dZ. */
  kernelGradient(heap: KernelHeap, x: number, dz: number, dk: number): void {
    const { batch, inputs, outputs, isPointwise } = this.product;
    if (isPointwise) {
      const rows = spectrumSize(inputTruncation(this.product)) * batch;
      const X = matrix(x, rows, inputs);
      multiply(heap.gemm, transposed(X), matrix(dz, rows, outputs), matrix(dk, inputs, outputs));
      return;
    }
    const all = { first: 0, count: batch };
    heap.parallel(1, (lane) =>
      this.forEachDegree(lane, (each, degree) => {
        const { X, K, Z } = matricesOf(degree, all, x, dk, dz);
        multiply(each, transposed(X), Z, K);
      }),
    );
  }

  /**
   * Visits the degrees and deals them among the lanes, the largest product first, so that these wait for each other once
   * and not at each degree. Only products that are a large part of a lane's share are divided.
   */
  private forEachDegree(lane: Lane, visit: (lane: Lane, degree: DegreeSizes) => void): void {
    const most = this.work / lane.width / 2;
    const dealt: DegreeSizes[] = [];
    for (const degree of this.degrees)
      if (degree.work > most) visit(lane, degree);
      else dealt.unshift(degree);
    lane.deal(dealt.length, (each, i) => visit(each, dealt[i]));
  }
}

/** Of one degree. */
interface DegreeSizes {
  /** Rows of X and Z for one sample. */
  readonly rows: number;
  /** Columns of X, which are the rows of K, and columns of Z. */
  readonly from: number;
  readonly to: number;
  /** Where the degree's blocks begin, in numbers. */
  readonly starts: { readonly x: number; readonly k: number; readonly z: number };
  /** Multiply-adds for one sample. */
  readonly work: number;
}

/** The matrices of a degree for some samples, of spectra at these addresses. */
function matricesOf(
  { rows, from, to, starts }: DegreeSizes,
  { first, count }: Samples,
  x: number,
  k: number,
  z: number,
) {
  return {
    X: matrix(x + 4 * (starts.x + first * rows * from), count * rows, from),
    K: matrix(k + 4 * starts.k, from, to),
    Z: matrix(z + 4 * (starts.z + first * rows * to), count * rows, to),
  };
}
