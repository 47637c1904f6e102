import type { TableKernel } from '../transforms/kernel_table';
import { type DegreeProduct, kernelTruncation } from '../transforms/product';
import { spectrumSize } from '../transforms/truncation';
import type { KernelGrid } from './kernel_grid';

export type Domain = 'sphere' | 'group';

export interface ConvolutionSize {
  /** Bandwidths of the grids: 2 gridIn points along each angle of the input. */
  readonly gridIn: number;
  readonly gridOut: number;
  /** Band limits of the signals on them. */
  readonly bandIn: number;
  readonly bandOut: number;
  readonly inputs: number;
  readonly outputs: number;
}

type Place = readonly [beta: number, alpha: number, gamma: number];

/** Where a kernel [inputs, outputs, points] lives, and what its spectrum is. */
export interface Filter {
  /**
   * table: any points, few coefficients. rings: points of a grid on the group, whose spectrum has a shorter sum.
   * identity: one point, one matrix [inputs, outputs] for all degrees and orders.
   */
  readonly kind: 'table' | 'rings' | 'identity';
  /** Spells the points, for the names of tables. */
  readonly name: string;
  readonly grid: KernelGrid;
  readonly points: number;
  readonly places: () => readonly Place[];
  /** What a point of weight 1 adds to order p (of the input) and n (of the output) of degree l. */
  readonly coefficient: (l: number, rotation: Float64Array, p: number, n: number) => number;
}

/** The mathematics of a layer: which degrees and orders meet, and the kernel. */
export interface ConvolutionRule {
  /** Degrees, and limits of the orders m, p and n. */
  readonly limits: Pick<DegreeProduct, 'degrees' | 'left' | 'inner' | 'right'>;
  readonly filter: Filter;
  /** Factor on the kernel, outside the parameters because Adam wants parameters of order one. */
  readonly scale: number;
}

/** All that distinguishes the convolutions: a layer's rule, where it reads and where it writes. */
export interface ConvolutionPlan extends ConvolutionSize, ConvolutionRule {
  readonly from: Domain;
  readonly to: Domain;
}

/** The convolution theorem's products, for a batch. */
export function productOf(
  { limits, inputs, outputs, filter }: ConvolutionPlan,
  batch: number,
): DegreeProduct {
  return { ...limits, batch, inputs, outputs, isPointwise: filter.kind === 'identity' };
}

/** Number of values of the kernel's spectrum. */
export function kernelSpectrumSize({ filter, limits, inputs, outputs }: ConvolutionPlan): number {
  if (filter.kind === 'identity') return inputs * outputs;
  return spectrumSize(kernelTruncation(limits)) * inputs * outputs;
}

/** The kernel, for the sum over all its points. */
export function tableKernelOf({ filter, limits }: ConvolutionPlan): TableKernel {
  const { name, places, coefficient } = filter;
  return { name, truncation: kernelTruncation(limits), points: places(), coefficient };
}

/** Of kernels on the group, 1/sqrt(P f_in (b_out/b_in)^3). */
export function groupScale({ bandIn, bandOut, inputs }: ConvolutionSize, points: number): number {
  return 1 / Math.sqrt(points * inputs * (bandOut / bandIn) ** 3);
}
