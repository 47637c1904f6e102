import { summedCoefficient } from '../transforms/kernel_table';
import type { DegreeProduct } from '../transforms/product';
import { inputLimits, spectrumSize, type Upsampling } from '../transforms/truncation';
import { groupPoints, type KernelGrid, spherePoints } from './kernel_grid';

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

export type Place = readonly [beta: number, alpha: number, gamma: number];

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

/** All that distinguishes the convolutions: where they read and write, which degrees and orders meet, the kernel. */
export interface ConvolutionPlan extends ConvolutionSize {
  readonly from: Domain;
  readonly to: Domain;
  /** Degrees, and limits of the orders m, p and n. */
  readonly limits: Pick<DegreeProduct, 'degrees' | 'left' | 'inner' | 'right'>;
  readonly filter: Filter;
  /** Factor on the kernel, outside the parameters because Adam wants parameters of order one. */
  readonly scale: number;
}

/** S2 -> SO(3): z^l_mn[j] = sum_i X^l_m[i] conj(y^l_n[i,j]) (Cohen et al. 2018). */
export function s2Plan(size: ConvolutionSize, grid: KernelGrid, upsampling: Upsampling): ConvolutionPlan {
  const { degrees, orders } = inputLimits(size.bandIn, size.bandOut, upsampling);
  const places = spherePoints(grid).map(([beta, alpha]) => [beta, alpha, 0] as const);
  return {
    from: 'sphere',
    to: 'group',
    ...size,
    limits: { degrees, left: orders, inner: 1, right: degrees },
    filter: {
      kind: 'table',
      name: `sphere ${spell(grid)}`,
      grid,
      points: places.length,
      places: () => places,
      coefficient: (l, rotation, _p, n) => rotation[(l + n) * (2 * l + 1) + l],
    },
    // The released scale b_in / (b_out^2 sqrt(P f_in)) and the sphere kernels' factor 2 b_out.
    scale: (2 * size.bandIn) / (size.bandOut * Math.sqrt(places.length * size.inputs)),
  };
}

/** SO(3) -> SO(3): z^l_mn[j] = sum_i sum_p X^l_mp[i] conj(y^l_np[i,j]) (Cohen et al. 2018). */
export function so3Plan(size: ConvolutionSize, grid: KernelGrid, upsampling: Upsampling): ConvolutionPlan {
  const { degrees, orders } = inputLimits(size.bandIn, size.bandOut, upsampling);
  const points = grid.rings * grid.azimuths * grid.turns;
  return {
    from: 'group',
    to: 'group',
    ...size,
    limits: { degrees, left: orders, inner: orders, right: degrees },
    filter: {
      kind: 'rings',
      name: `group ${spell(grid)}`,
      grid,
      points,
      places: () => groupPoints(grid),
      coefficient: (l, rotation, p, n) => rotation[(l + n) * (2 * l + 1) + l + p],
    },
    scale: groupScale(size, points),
  };
}

/** SO(3) -> S2, the paper's layer: z^l_m[j] = sum_n sum_i sum_p X^l_mp[i] conj(y^l_np[i,j]). */
export function so3ToS2Plan(
  size: ConvolutionSize,
  grid: KernelGrid,
  upsampling: Upsampling,
): ConvolutionPlan {
  const { degrees, orders } = inputLimits(size.bandIn, size.bandOut, upsampling);
  const places = groupPoints(grid);
  return {
    from: 'group',
    to: 'sphere',
    ...size,
    limits: { degrees, left: orders, inner: orders, right: 1 },
    filter: {
      kind: 'table',
      name: `summed ${spell(grid)}`,
      grid,
      points: places.length,
      places: () => places,
      coefficient: summedCoefficient,
    },
    scale: groupScale(size, places.length),
  };
}

/** The SO(3) convolution with a kernel at the identity alone: it mixes channels and changes the bandwidth. */
export function shortcutPlan(size: ConvolutionSize, upsampling: Upsampling): ConvolutionPlan {
  const { degrees, orders } = inputLimits(size.bandIn, size.bandOut, upsampling);
  return {
    from: 'group',
    to: 'group',
    ...size,
    limits: { degrees, left: orders, inner: orders, right: orders },
    filter: {
      kind: 'identity',
      name: 'identity',
      grid: { maxBeta: 0, rings: 1, azimuths: 1, turns: 1 },
      points: 1,
      places: () => [[0, 0, 0]],
      coefficient: (_l, _rotation, p, n) => (p === n ? 1 : 0),
    },
    scale: groupScale(size, 1),
  };
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
  const { degrees, inner, right } = limits;
  return spectrumSize({ degrees, left: inner, right }) * inputs * outputs;
}

/** 1/sqrt(P f_in (b_out/b_in)^3). */
function groupScale({ bandIn, bandOut, inputs }: ConvolutionSize, points: number): number {
  return 1 / Math.sqrt(points * inputs * (bandOut / bandIn) ** 3);
}

function spell({ maxBeta, rings, azimuths, turns }: KernelGrid): string {
  return `${maxBeta} ${rings} ${azimuths} ${turns}`;
}
