import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { matrix, multiply, transposed } from '../engine/wasm/products/matrix';
import type { Lane } from '../engine/wasm/threads/lane';
import { realFactor, sign, wignerByDegree } from '../math/wigner';
import { startsTable, table } from './tables';
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

/** kernel [inputs, outputs, rings x azimuths x turns] times `scale` to its spectrum. */
export function ringKernelSpectrum(
  heap: KernelHeap,
  kernel: number,
  spectrum: number,
  spec: RingKernel,
  scale: number,
): void {
  const { g, periods, ringPoints, width, points } = layout(heap, spec);
  const fourier = matrix(ringFourierTable(heap, spec), periods, ringPoints);
  for (let r = 0; r < spec.rings.length; r++) {
    const values = matrix(kernel + 4 * r * ringPoints, width, ringPoints, points);
    const to = matrix(g + 4 * r * periods * width, periods, width);
    multiply(heap.gemm, fourier, transposed(values), to, { alpha: scale });
  }
  const wigner = ringWignerTable(heap, spec);
  const sizes = callArguments(heap, spec);
  forInputs(heap, spec, ({ kernels }, first, last) =>
    kernels.spectrumFromRings(g, wigner, spectrum, ...sizes, first, last),
  );
}

/** The transpose: from the gradient by the spectrum to that by the kernel. */
export function ringKernelGradient(
  heap: KernelHeap,
  spectrum: number,
  kernel: number,
  spec: RingKernel,
  scale: number,
): void {
  const { g, periods, ringPoints, width, points } = layout(heap, spec);
  const fourier = matrix(ringFourierTable(heap, spec), periods, ringPoints);
  heap.floats.fill(0, g >>> 2, (g >>> 2) + spec.rings.length * periods * width);
  const wigner = ringWignerTable(heap, spec);
  const sizes = callArguments(heap, spec);
  const { azimuths, rings, outputs } = spec;
  const sums = azimuths.length * rings.length * 4 * (outputs + 3);
  forInputs(heap, spec, ({ kernels, scratch }, first, last) =>
    kernels.ringsFromSpectrum(spectrum, wigner, g, ...sizes, first, last, scratch('ring sums', sums)),
  );
  for (let r = 0; r < spec.rings.length; r++) {
    const from = matrix(g + 4 * r * periods * width, periods, width);
    const values = matrix(kernel + 4 * r * ringPoints, width, ringPoints, points);
    multiply(heap.gemm, transposed(from), fourier, values, { alpha: scale });
  }
}

/** Divides the inputs among the lanes. */
function forInputs(
  heap: KernelHeap,
  { inputs }: RingKernel,
  visit: (lane: Lane, first: number, last: number) => void,
): void {
  const part = Math.ceil(inputs / heap.width);
  heap.parallel(Math.ceil(inputs / part), (lane, i) =>
    visit(lane, i * part, Math.min(inputs, (i + 1) * part)),
  );
}

function layout(heap: KernelHeap, spec: RingKernel) {
  const ringPoints = spec.azimuths.length * spec.turns.length;
  const periods = spec.azimuths.length * (spec.turns.length - 1) * 2;
  const width = spec.inputs * spec.outputs;
  const slack = 4; // the SIMD kernel reads whole vectors
  const g = heap.scratch('kernel rings', spec.rings.length * periods * width + slack);
  return { g, periods, ringPoints, width, points: ringPoints * spec.rings.length };
}

function callArguments(heap: KernelHeap, spec: RingKernel) {
  const { degrees, left, right } = spec.truncation;
  const width = spec.inputs * spec.outputs;
  const starts = startsTable(heap, spec.truncation, width);
  const { rings, azimuths, turns, inputs, outputs } = spec;
  return [
    starts,
    degrees,
    left,
    right,
    rings.length,
    azimuths.length,
    turns.length - 1,
    inputs,
    outputs,
  ] as const;
}

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
