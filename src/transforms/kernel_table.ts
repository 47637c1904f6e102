import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { type Matrix, matrix, multiply, transposed } from '../engine/wasm/products/matrix';
import { realRotationMatrix, realWignerMatrices } from '../math/wigner';
import { table } from './tables';
import type { KernelTransform } from './transform';
import { blockStarts, ordersOf, spectrumSize, type Truncation } from './truncation';

/**
 * Kernel spectra by a dense table: spectrum [orders, inputs, outputs] = scale T [orders, points] k^T, for
 * kernels with few coefficients: on the sphere (y^l_n = sum_i k_i R^l_{n0}(point i), one order p), and group kernels
 * summed over n for SO(3) -> S2 (one order n). Kernels are [inputs, outputs, points]; points are (beta, alpha, gamma).
 */
export interface TableKernel {
  readonly name: string;
  readonly truncation: Truncation;
  readonly points: readonly (readonly [beta: number, alpha: number, gamma: number])[];
  /** What a point of weight 1 adds to the coefficient (l, p, n), from its rotation matrix of degree l. */
  readonly coefficient: (l: number, rotation: Float64Array, p: number, n: number) => number;
}

/**
 * Group kernels summed over n: y^l_p = sum_n sum_i k_i D^l_{np}(point i), of which real signals see the even n
 * alone. In real harmonics: the row n = 0 plus sqrt(2) times the rows of the cosines of even n.
 * The sum over n commutes with the product, so it is done first: (2l+1) times less work (conventions of the
 * SO(3) -> S2 layer).
 */
export function summedCoefficient(l: number, rotation: Float64Array, p: number): number {
  const size = 2 * l + 1;
  let sum = rotation[l * size + l + p];
  for (let n = 2; n <= l; n += 2) sum += Math.SQRT2 * rotation[(l + n) * size + l + p];
  return sum;
}

/** Between such a kernel times `scale` and its spectrum. */
export class TableKernelTransform implements KernelTransform {
  private readonly table: Matrix;

  constructor(
    private readonly heap: KernelHeap,
    private readonly spec: TableKernel,
    private readonly scale: number,
    private readonly inputs: number,
    private readonly outputs: number,
  ) {
    const { truncation, points } = spec;
    this.table = matrix(kernelTable(heap, spec), spectrumSize(truncation), points.length);
  }

  toSpectrum(kernel: number, spectrum: number): void {
    const { heap, table, isFlat, scale } = this;
    const flat = isFlat ? spectrum : this.scratchFlat();
    multiply(heap.gemm, table, transposed(this.valuesAt(kernel)), this.flatAt(flat), { alpha: scale });
    if (!isFlat) this.swapOrders(flat, spectrum, 'inputs first');
  }

  toKernel(spectrum: number, kernel: number): void {
    const { heap, table, isFlat, scale } = this;
    const flat = isFlat ? spectrum : this.scratchFlat();
    if (!isFlat) this.swapOrders(spectrum, flat, 'orders first');
    multiply(heap.gemm, transposed(this.flatAt(flat)), table, this.valuesAt(kernel), { alpha: scale });
  }

  /** Whether the table's product, which is [n, inputs, outputs], is the spectrum: on the group summed over n. */
  private get isFlat(): boolean {
    return this.spec.truncation.right === 1;
  }

  private get width(): number {
    return this.inputs * this.outputs;
  }

  private valuesAt(address: number): Matrix {
    return matrix(address, this.width, this.spec.points.length);
  }

  private flatAt(address: number): Matrix {
    return matrix(address, this.table.rows, this.width);
  }

  private scratchFlat(): number {
    return this.heap.scratch('kernel table', this.table.rows * this.width);
  }

  /** Sphere kernels' blocks are [inputs, n, outputs] (one order p), the table's product is [n, inputs, outputs]. */
  private swapOrders(from: number, to: number, direction: 'inputs first' | 'orders first'): void {
    const { inputs, outputs } = this;
    const { floats } = this.heap;
    const { degrees, right } = this.spec.truncation;
    let start = 0;
    for (let l = 0; l < degrees; l++) {
      const orders = ordersOf(l, right);
      for (let n = 0; n < orders; n++)
        for (let i = 0; i < inputs; i++) {
          const byOrder = start + (n * inputs + i) * outputs;
          const byInput = start + (i * orders + n) * outputs;
          const [a, b] = direction === 'inputs first' ? [byOrder, byInput] : [byInput, byOrder];
          floats.copyWithin((to >>> 2) + b, (from >>> 2) + a, (from >>> 2) + a + outputs);
        }
      start += orders * inputs * outputs;
    }
  }
}

/** [orders of all degrees, points]; orders beyond the truncation are left out. */
function kernelTable(heap: KernelHeap, spec: TableKernel): number {
  const { name, truncation } = spec;
  const { degrees, left, right } = truncation;
  return table(heap, `kernel ${name} ${degrees} ${left} ${right}`, () => {
    const starts = blockStarts(truncation, 1);
    return kernelTableValues(spec, starts[degrees], (l, p, n) => {
      const mostP = Math.min(l, left - 1);
      const mostN = Math.min(l, right - 1);
      return starts[l] + (mostP + p) * (2 * mostN + 1) + mostN + n;
    });
  });
}

/**
 * [rows, points]: what a point of weight 1 adds to each coefficient; 0 in rows of none.
 * @param rowOf where the coefficient (l, p, n) lies
 */
export function kernelTableValues(
  { truncation: { degrees, left, right }, points, coefficient }: TableKernel,
  rows: number,
  rowOf: (l: number, p: number, n: number) => number,
): Float32Array {
  const values = new Float32Array(rows * points.length);
  const wigner = new Map<number, Float64Array[]>();
  points.forEach(([beta, alpha, gamma], i) => {
    if (!wigner.has(beta)) wigner.set(beta, realWignerMatrices(degrees, beta));
    for (let l = 0; l < degrees; l++) {
      const rotation = realRotationMatrix(wigner.get(beta)![l], l, alpha, gamma);
      const [mostP, mostN] = [Math.min(l, left - 1), Math.min(l, right - 1)];
      for (let p = -mostP; p <= mostP; p++)
        for (let n = -mostN; n <= mostN; n++)
          values[rowOf(l, p, n) * points.length + i] = coefficient(l, rotation, p, n);
    }
  });
  return values;
}
