import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { type Matrix, matrix, multiply, transposed } from '../engine/wasm/products/matrix';
import type { Lane } from '../engine/wasm/threads/lane';
import { realFactor, sign, wignerByDegree } from '../math/wigner';
import { startsTable, table } from './tables';
import type { KernelTransform } from './transform';
import type { Truncation } from './truncation';

/**
 * Group kernel spectra from rings. On the ring beta_i the points are (alpha_j, g_k - alpha_j), so
 *
 *   exp(-i n alpha) exp(-i p gamma) = exp(-i (n - p) alpha_j) exp(-i p g_k)
 *
 * and y^l_np = sum over rings of d^l_np(beta_i) G_i[(n-p) mod azimuths][p mod (turns - 1)], with G_i a small
 * Fourier sum of the ring's values: `rings` multiplications a coefficient in place of one for each point.
 */
export interface RingKernel {
  /** Spells the grid, for the tables' names. */
  readonly name: string;
  readonly rings: Float64Array;
  readonly azimuths: Float64Array;
  readonly turns: Float64Array;
  /** Of the spectrum's blocks [orders p, inputs, orders n, outputs]. */
  readonly truncation: Truncation;
  readonly inputs: number;
  readonly outputs: number;
}

/** Between such a kernel times `scale` and its spectrum. */
export class RingKernelTransform implements KernelTransform {
  private readonly ringPoints: number;
  private readonly periods: number;
  private readonly fourier: Matrix;
  private readonly wigner: number;
  private readonly sizes: RingSizes;

  constructor(
    private readonly heap: KernelHeap,
    private readonly spec: RingKernel,
    private readonly scale: number,
  ) {
    const { rings, azimuths, turns, truncation, inputs, outputs } = spec;
    const { degrees, left, right } = truncation;
    this.ringPoints = azimuths.length * turns.length;
    this.periods = azimuths.length * (turns.length - 1) * 2;
    this.fourier = matrix(ringFourierTable(heap, spec), this.periods, this.ringPoints);
    this.wigner = ringWignerTable(heap, spec);
    const starts = startsTable(heap, truncation, inputs * outputs);
    const [ringCount, azimuthCount, turnCount] = [rings.length, azimuths.length, turns.length - 1];
    this.sizes = [starts, degrees, left, right, ringCount, azimuthCount, turnCount, inputs, outputs];
  }

  toSpectrum(kernel: number, spectrum: number): void {
    const { heap, fourier, wigner, sizes, scale } = this;
    const g = this.scratchRings();
    this.forEachRing(kernel, g, (values, sums) =>
      multiply(heap.gemm, fourier, transposed(values), sums, { alpha: scale }),
    );
    this.forInputs(({ kernels }, first, last) =>
      kernels.spectrumFromRings(g, wigner, spectrum, ...sizes, first, last),
    );
  }

  toKernel(spectrum: number, kernel: number): void {
    const { heap, fourier, wigner, sizes, scale } = this;
    const { rings, azimuths, outputs } = this.spec;
    const g = this.scratchRings();
    heap.floats.fill(0, g >>> 2, (g >>> 2) + rings.length * this.periods * this.width);
    const sumFloats = azimuths.length * rings.length * 4 * (outputs + 3);
    this.forInputs(({ kernels, scratch }, first, last) =>
      kernels.ringsFromSpectrum(spectrum, wigner, g, ...sizes, first, last, scratch('ring sums', sumFloats)),
    );
    this.forEachRing(kernel, g, (values, sums) =>
      multiply(heap.gemm, transposed(sums), fourier, values, { alpha: scale }),
    );
  }

  private get width(): number {
    return this.spec.inputs * this.spec.outputs;
  }

  /** A buffer for G of all rings. */
  private scratchRings(): number {
    const slack = 4; // the SIMD kernel reads whole vectors
    return this.heap.scratch('kernel rings', this.spec.rings.length * this.periods * this.width + slack);
  }

  /** Visits the rings: the kernel's values there [inputs x outputs, points], and G [periods, inputs x outputs]. */
  private forEachRing(kernel: number, g: number, visit: (values: Matrix, sums: Matrix) => void): void {
    const { ringPoints, periods, width } = this;
    const { length } = this.spec.rings;
    for (let r = 0; r < length; r++)
      visit(
        matrix(kernel + 4 * r * ringPoints, width, ringPoints, ringPoints * length),
        matrix(g + 4 * r * periods * width, periods, width),
      );
  }

  /** Divides the inputs among the lanes. */
  private forInputs(visit: (lane: Lane, first: number, last: number) => void): void {
    const { heap } = this;
    const { inputs } = this.spec;
    const part = Math.ceil(inputs / heap.width);
    heap.parallel(Math.ceil(inputs / part), (lane, i) =>
      visit(lane, i * part, Math.min(inputs, (i + 1) * part)),
    );
  }
}

/** What the two SIMD kernels are told of sizes. */
type RingSizes = readonly [
  starts: number,
  degrees: number,
  left: number,
  right: number,
  rings: number,
  azimuths: number,
  turns: number,
  inputs: number,
  outputs: number,
];

/** [(n-p) mod azimuths][p mod (turns - 1)][cos, sin] x [azimuth, turn]: cos and sin of (n-p) alpha_j + p g_k. */
function ringFourierTable(heap: KernelHeap, { name, azimuths, turns }: RingKernel): number {
  return table(heap, `ring fourier ${name}`, () => {
    const values: number[] = [];
    for (let a = 0; a < azimuths.length; a++)
      for (let b = 0; b < turns.length - 1; b++)
        for (const wave of [Math.cos, Math.sin])
          for (const alpha of azimuths) for (const g of turns) values.push(wave(a * alpha + b * g));
    return Float32Array.from(values);
  });
}

/** For each p >= 0, l >= p and n >= 0 up to l, for each ring: d_np and (-1)^p d_{n,-p}, as in wigner.ts. */
function ringWignerTable(heap: KernelHeap, { name, rings, truncation: t }: RingKernel): number {
  return table(heap, `ring wigner ${name} ${t.degrees} ${t.left} ${t.right}`, () => {
    const values: number[] = [];
    for (let p = 0; p < t.left; p++) {
      const orders = Array.from({ length: t.right }, (_, n) => ({
        norm: realFactor(n, p),
        direct: wignerByDegree(n, p, t.degrees, rings),
        mirrored: wignerByDegree(n, -p, t.degrees, rings),
      }));
      for (let l = p; l < t.degrees; l++)
        for (const [n, { norm, direct, mirrored }] of orders.slice(0, l + 1).entries()) {
          const step = l - Math.max(n, p);
          for (let r = 0; r < rings.length; r++)
            values.push(norm * direct[step][r], norm * sign(p) * mirrored[step][r]);
        }
    }
    return Float32Array.from(values);
  });
}
