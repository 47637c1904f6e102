import type { WasmHeap } from '../engine/wasm/heap';
import { type RingKernel, ringKernelGradient, ringKernelSpectrum } from '../transforms/kernel_rings';
import {
  sphereKernelRow,
  summedKernelRow,
  type TableKernel,
  tableKernelGradient,
  tableKernelSpectrum,
} from '../transforms/kernel_table';
import type { DegreeProduct } from '../transforms/product';
import { inputLimits, spectrumSize, type Upsampling } from '../transforms/truncation';
import {
  groupPoints,
  type KernelGrid,
  ringAngles,
  ringAzimuths,
  ringTurns,
  spherePoints,
} from './kernel_grid';

export type Domain = 'sphere' | 'group';

/**
 * All that distinguishes the convolutions: where they read and write, which degrees and orders meet, and how
 * a kernel [inputs, outputs, points] becomes a spectrum.
 */
export interface ConvolutionPlan {
  readonly from: Domain;
  readonly to: Domain;
  readonly bandIn: number;
  readonly bandOut: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly points: number;
  /** Degrees, and limits of the orders m, p and n. */
  readonly limits: Pick<DegreeProduct, 'degrees' | 'left' | 'inner' | 'right'>;
  /** The kernel's spectrum from its values and back (the transpose); addresses. */
  readonly toSpectrum: (heap: WasmHeap, kernel: number, spectrum: number) => void;
  readonly toGradient: (heap: WasmHeap, spectrum: number, kernel: number) => void;
  /** Of the kernel: names its grid, for tables; the factor outside the parameters; its points. */
  readonly name: string;
  readonly scale: number;
  readonly places: () => readonly Place[];
  /** What a point of weight 1 adds to order p (of the input) and n (of the output) of degree l. */
  readonly coefficient: (l: number, rotation: Float64Array, p: number, n: number) => number;
  /** True if one matrix [inputs, outputs] serves all degrees and orders. */
  readonly pointwise: boolean;
}

export type Place = readonly [beta: number, alpha: number, gamma: number];

export interface ConvolutionSize {
  readonly bandIn: number;
  readonly bandOut: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** S2 -> SO(3): z^l_mn[j] = sum_i X^l_m[i] conj(y^l_n[i,j]) (Cohen et al. 2018). */
export function s2Plan(size: ConvolutionSize, grid: KernelGrid, upsampling: Upsampling): ConvolutionPlan {
  const { degrees, orders } = inputLimits(size.bandIn, size.bandOut, upsampling);
  const points = spherePoints(grid).map(([beta, alpha]) => [beta, alpha, 0] as const);
  // The released scale b_in / (b_out^2 sqrt(P f_in)) and the sphere kernels' factor 2 b_out.
  const scale = (2 * size.bandIn) / (size.bandOut * Math.sqrt(points.length * size.inputs));
  const limits = { degrees, left: orders, inner: 1, right: degrees };
  const table = {
    name: `sphere ${spell(grid)}`,
    truncation: { degrees, left: 1, right: degrees },
    points,
    row: sphereKernelRow,
  };
  return {
    from: 'sphere',
    to: 'group',
    ...size,
    limits,
    points: points.length,
    name: table.name,
    scale,
    places: () => points,
    coefficient: (l, rotation, _p, n) => rotation[(l + n) * (2 * l + 1) + l],
    pointwise: false,
    ...byTable(table, scale, size),
  };
}

/** SO(3) -> SO(3): z^l_mn[j] = sum_i sum_p X^l_mp[i] conj(y^l_np[i,j]) (Cohen et al. 2018). */
export function so3Plan(size: ConvolutionSize, grid: KernelGrid, upsampling: Upsampling): ConvolutionPlan {
  const { degrees, orders } = inputLimits(size.bandIn, size.bandOut, upsampling);
  const limits = { degrees, left: orders, inner: orders, right: degrees };
  const points = grid.rings * grid.azimuths * grid.turns;
  const scale = groupScale(size, points);
  const rings: RingKernel = {
    name: spell(grid),
    rings: ringAngles(grid),
    azimuths: ringAzimuths(grid),
    turns: ringTurns(grid),
    truncation: { degrees, left: orders, right: degrees },
    inputs: size.inputs,
    outputs: size.outputs,
  };
  return {
    from: 'group',
    to: 'group',
    ...size,
    limits,
    points,
    name: `group ${rings.name}`,
    scale,
    places: () => groupPoints(grid),
    coefficient: (l, rotation, p, n) => rotation[(l + n) * (2 * l + 1) + l + p],
    pointwise: false,
    toSpectrum: (heap, kernel, spectrum) => ringKernelSpectrum(heap, kernel, spectrum, rings, scale),
    toGradient: (heap, spectrum, kernel) => ringKernelGradient(heap, spectrum, kernel, rings, scale),
  };
}

/** SO(3) -> S2, the paper's layer: z^l_m[j] = sum_n sum_i sum_p X^l_mp[i] conj(y^l_np[i,j]). */
export function so3ToS2Plan(
  size: ConvolutionSize,
  grid: KernelGrid,
  upsampling: Upsampling,
): ConvolutionPlan {
  const { degrees, orders } = inputLimits(size.bandIn, size.bandOut, upsampling);
  const limits = { degrees, left: orders, inner: orders, right: 1 };
  const points = groupPoints(grid);
  const scale = groupScale(size, points.length);
  const truncation = { degrees, left: orders, right: 1 };
  const table = { name: `summed ${spell(grid)}`, truncation, points, row: summedKernelRow };
  return {
    from: 'group',
    to: 'sphere',
    ...size,
    limits,
    points: points.length,
    name: table.name,
    scale,
    places: () => points,
    coefficient: (l, rotation, p) => summedKernelRow(l, rotation)[l + p],
    pointwise: false,
    ...byTable(table, scale, size),
  };
}

/** The SO(3) convolution with a kernel at the identity alone: it mixes channels and changes the bandwidth. */
export function shortcutPlan(size: ConvolutionSize, upsampling: Upsampling): ConvolutionPlan {
  const { degrees, orders } = inputLimits(size.bandIn, size.bandOut, upsampling);
  const scale = groupScale(size, 1);
  const copy = (heap: WasmHeap, from: number, to: number) => {
    const floats = heap.floats;
    for (let i = 0; i < size.inputs * size.outputs; i++)
      floats[(to >>> 2) + i] = scale * floats[(from >>> 2) + i];
  };
  const limits = { degrees, left: orders, inner: orders, right: orders };
  return {
    from: 'group',
    to: 'group',
    ...size,
    limits,
    points: 1,
    name: 'identity',
    scale,
    places: () => [[0, 0, 0]],
    coefficient: (_l, _rotation, p, n) => (p === n ? 1 : 0),
    pointwise: true,
    toSpectrum: copy,
    toGradient: copy,
  };
}

/** Number of values of the kernel's spectrum. */
export function kernelSpectrumSize(plan: ConvolutionPlan): number {
  if (plan.pointwise) return plan.inputs * plan.outputs;
  const { degrees, inner, right } = plan.limits;
  return spectrumSize({ degrees, left: inner, right }) * plan.inputs * plan.outputs;
}

/** 1/sqrt(P f_in (b_out/b_in)^3): outside the parameters, because Adam wants parameters of order one. */
function groupScale({ bandIn, bandOut, inputs }: ConvolutionSize, points: number): number {
  return 1 / Math.sqrt(points * inputs * (bandOut / bandIn) ** 3);
}

function byTable(table: TableKernel, scale: number, { inputs, outputs }: ConvolutionSize) {
  return {
    toSpectrum: (heap: WasmHeap, kernel: number, spectrum: number) =>
      tableKernelSpectrum(heap, kernel, spectrum, table, scale, inputs, outputs),
    toGradient: (heap: WasmHeap, spectrum: number, kernel: number) =>
      tableKernelGradient(heap, spectrum, kernel, table, scale, inputs, outputs),
  };
}

function spell({ maxBeta, rings, azimuths, turns }: KernelGrid): string {
  return `${maxBeta} ${rings} ${azimuths} ${turns}`;
}
