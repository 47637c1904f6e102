import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { matrix, multiply, transposed } from '../engine/wasm/products/matrix';
import { realRotationMatrix, realWignerMatrices } from '../math/wigner';
import { table } from './tables';
import { blockStarts, ordersOf, type Truncation } from './truncation';

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

/** kernel [inputs, outputs, points] to its spectrum. `ordersAxis` is where the orders lie in a block. */
export function tableKernelSpectrum(
  heap: KernelHeap,
  kernel: number,
  spectrum: number,
  spec: TableKernel,
  scale: number,
  inputs: number,
  outputs: number,
): void {
  const rows = blockStarts(spec.truncation, 1)[spec.truncation.degrees];
  const width = inputs * outputs;
  const points = spec.points.length;
  const T = matrix(kernelTable(heap, spec), rows, points);
  const values = transposed(matrix(kernel, width, points));
  const isFlat = spec.truncation.right === 1;
  const flat = isFlat ? spectrum : heap.scratch('kernel table', rows * width);
  multiply(heap.gemm, T, values, matrix(flat, rows, width), { alpha: scale });
  if (isFlat) return;
  swapOrders(heap.floats, flat, spectrum, spec.truncation, inputs, outputs, 'inputs first');
}

/** The transpose: adds to nothing, writes the gradient by the kernel. */
export function tableKernelGradient(
  heap: KernelHeap,
  spectrum: number,
  kernel: number,
  spec: TableKernel,
  scale: number,
  inputs: number,
  outputs: number,
): void {
  const rows = blockStarts(spec.truncation, 1)[spec.truncation.degrees];
  const width = inputs * outputs;
  const points = spec.points.length;
  let flat = spectrum;
  if (spec.truncation.right > 1) {
    flat = heap.scratch('kernel table', rows * width);
    swapOrders(heap.floats, spectrum, flat, spec.truncation, inputs, outputs, 'orders first');
  }
  const T = matrix(kernelTable(heap, spec), rows, points);
  const coefficients = transposed(matrix(flat, rows, width));
  multiply(heap.gemm, coefficients, T, matrix(kernel, width, points), { alpha: scale });
}

/** Sphere kernels' blocks are [inputs, n, outputs] (one order p), the table's product is [n, inputs, outputs]. */
function swapOrders(
  floats: Float32Array,
  from: number,
  to: number,
  truncation: Truncation,
  inputs: number,
  outputs: number,
  direction: 'inputs first' | 'orders first',
): void {
  let start = 0;
  for (let l = 0; l < truncation.degrees; l++) {
    const orders = ordersOf(l, truncation.right);
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
