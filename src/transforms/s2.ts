import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { type Matrix, matrix, multiply, transposed } from '../engine/wasm/products/matrix';
import type { Lane } from '../engine/wasm/threads/lane';
import type { Samples } from './samples';
import { fourierTable, sphereWignerTable, startsTable, type Weighting } from './tables';
import type { Epilogue, Transform } from './transform';
import { spectrumSize, type Truncation } from './truncation';

/**
 * Transforms on the sphere, real signals, real harmonics: Fourier sums over alpha, Wigner sums over beta.
 *
 *   grid [batch, beta, alpha, C]  <->  w [m][beta][cos, sin][samples][C]  <->  s [m][l][cos, sin][samples][C]
 *                                 <->  spectrum: one matrix [batch, 2l+1, C] for each degree
 */
export interface SphereSignal {
  readonly bandwidth: number;
  readonly truncation: Truncation;
  readonly batch: number;
  readonly channels: number;
}

/** Of the sphere. `passed` is the address of the grid itself, which ReLU let through where it is positive. */
export class SphereTransform implements Transform {
  readonly spectrumLength: number;
  readonly bytesPerSample: number;
  private readonly size: number;
  private readonly fourier: number;
  private readonly wigner: number;
  private readonly starts: number;

  /** @param weighting 'analysis': the synthesis is the gradient of the analysis; 'synthesis': the other way round */
  constructor(
    heap: KernelHeap,
    private readonly signal: SphereSignal,
    weighting: Weighting,
  ) {
    const { bandwidth, truncation, batch, channels } = signal;
    this.size = 2 * bandwidth;
    this.spectrumLength = spectrumSize(truncation) * batch * channels;
    this.bytesPerSample = 4 * truncation.left * this.size * 2 * channels;
    this.fourier = fourierTable(heap, this.size, truncation.left);
    this.wigner = sphereWignerTable(heap, bandwidth, truncation, weighting);
    this.starts = startsTable(heap, truncation, batch * channels);
  }

  analyse(lane: Lane, samples: Samples, grid: number, spectrum: number, passed?: number): void {
    const { starts, signal } = this;
    const { channels, truncation } = signal;
    const cell = this.size * channels;
    this.forEachRing(lane, samples, (each, ring, waves) => {
      let x = grid + 4 * ring * cell;
      if (passed !== undefined) {
        const masked = each.scratch('sphere masked', cell);
        each.kernels.maskPositive(x, passed + 4 * ring * cell, masked, cell);
        x = masked;
      }
      for (const { table, orders } of waves) multiply(each, table, matrix(x, this.size, channels), orders);
    });
    const { first, count } = samples;
    this.forEachOrder(lane, samples, (each, { m, wigner, orders, degrees }) => {
      multiply(each, wigner, orders, degrees);
      const { address: s } = degrees;
      const { kernels } = each;
      kernels.sphereDegreesFromOrders(
        s,
        spectrum,
        starts,
        truncation.degrees,
        m,
        truncation.left,
        channels,
        first,
        count,
      );
    });
  }

  synthesise(
    lane: Lane,
    samples: Samples,
    spectrum: number,
    grid: number,
    { bias, passed }: Epilogue = {},
  ): void {
    const { starts, signal } = this;
    const { channels, truncation } = signal;
    const { first, count } = samples;
    this.forEachOrder(lane, samples, (each, { m, wigner, orders, degrees }) => {
      const { address: s } = degrees;
      const { kernels } = each;
      kernels.sphereOrdersFromDegrees(
        spectrum,
        s,
        starts,
        truncation.degrees,
        m,
        truncation.left,
        channels,
        first,
        count,
      );
      multiply(each, transposed(wigner), degrees, orders);
    });
    this.forEachRing(lane, samples, (each, ring, waves) => {
      const y = matrix(grid + 4 * ring * this.size * channels, this.size, channels);
      for (const [i, { table, orders }] of waves.entries())
        multiply(each, transposed(table), orders, y, { beta: i });
      if (bias !== undefined)
        each.kernels.addBias(y.address, bias, this.size, channels, passed !== undefined);
    });
  }

  /** Visits the rings of all samples, with the cosines' and the sines' table and rows m of w. */
  private forEachRing(
    lane: Lane,
    samples: Samples,
    visit: (lane: Lane, ring: number, waves: { table: Matrix; orders: Matrix }[]) => void,
  ): void {
    const { size, fourier, signal } = this;
    const { left } = signal.truncation;
    const { channels } = signal;
    const width = samples.count * channels;
    const w = this.scratchOrders(lane, samples);
    lane.inSteps(size, (each, beta) => {
      for (let k = 0; k < samples.count; k++) {
        const waves = [0, 1].map((wave) => ({
          table: matrix(fourier + 4 * wave * left * size, left, size),
          orders: matrix(
            w + 4 * ((beta * 2 + wave) * width + k * channels),
            left,
            channels,
            size * 2 * width,
          ),
        }));
        visit(each, (samples.first + k) * size + beta, waves);
      }
    });
  }

  /** Visits each order m >= 0, with the matrices of its product: the Wigner table, its rows of w, its rows of s. */
  private forEachOrder(
    lane: Lane,
    samples: Samples,
    visit: (lane: Lane, order: { m: number; wigner: Matrix; orders: Matrix; degrees: Matrix }) => void,
  ): void {
    const { size, signal } = this;
    const { degrees, left } = signal.truncation;
    const width = 2 * samples.count * signal.channels;
    const w = this.scratchOrders(lane, samples);
    lane.deal(left, (each, m) => {
      const rows = degrees - m;
      const before = m * degrees - (m * (m - 1)) / 2;
      visit(each, {
        m,
        wigner: matrix(this.wigner + 4 * before * size, rows, size),
        orders: matrix(w + 4 * m * size * width, size, width),
        degrees: matrix(each.scratch('sphere s', degrees * width), rows, width),
      });
    });
  }

  /** A buffer for w. */
  private scratchOrders(lane: Lane, { count }: Samples): number {
    return lane.scratch('sphere w', (count * this.bytesPerSample) / 4);
  }
}
