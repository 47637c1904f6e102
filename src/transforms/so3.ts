import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import type { Lane } from '../engine/wasm/threads/lane';
import type { Samples } from './samples';
import { fourierTable, groupWignerTable, startsTable, type Weighting } from './tables';
import type { Epilogue, Transform } from './transform';
import { spectrumSize, type Truncation } from './truncation';

/**
 * Transforms on the rotation group, real signals, real harmonics. Every step is a dense product, but one
 * that moves data:
 *
 *   grid [batch, beta, alpha, gamma, C]
 *     | Fourier sums over alpha, then gamma: two products for each sample and ring     t [nu][C][mu]
 *     | pairs (m, n) to the front, sums and differences of cosines and sines           w [m][n][beta][4][samples][C]
 *     | Wigner sums over beta: one product for each pair (m, n) >= 0                   s [m][n][l][4][samples][C]
 *   spectrum: one matrix [batch, 2l+1, 2l+1, C] for each degree
 *
 * The opposite ring pi - beta carries d_{m,-n}, so one table of d_mn with m, n >= 0 serves all four signs.
 * The synthesis is the transpose, step by step, so each is the other's gradient.
 *
 * Its thousands of products, some of microseconds, are called with plain numbers: to make their matrices takes 40 ns a product.
 */
export interface GroupSignal {
  /** Bandwidth of the grid. */
  readonly bandwidth: number;
  readonly truncation: Truncation;
  readonly batch: number;
  readonly channels: number;
}

/** Number of values on the grid: batch (2b)^3 channels. */
export function groupGridSize({ bandwidth, batch, channels }: GroupSignal): number {
  return batch * (2 * bandwidth) ** 3 * channels;
}

/** Number of bytes of the mask of a signal on its grid: a bit for each value, rows of whole bytes. */
export function groupMaskSize({ bandwidth, batch, channels }: Omit<GroupSignal, 'truncation'>): number {
  return batch * (2 * bandwidth) ** 2 * Math.ceil((2 * bandwidth * channels) / 8);
}

/** So many samples of a ring are moved at once: they are neighbours in w. */
const SAMPLES = 4;

/** Of the rotation group. `passed` are the addresses of groupMaskSize() bytes: a bit for each value that ReLU let through. */
export class GroupTransform implements Transform {
  readonly spectrumLength: number;
  readonly bytesPerSample: number;
  private readonly size: number;
  private readonly alphaTable: number;
  private readonly gammaTable: number;
  private readonly wigner: number;
  private readonly starts: number;
  /** For each order m: degrees of all its pairs (m, n) together, and of those of the orders before. */
  private readonly pairs: { rows: number; before: number }[] = [];

  /** @param weighting 'analysis': the synthesis is the gradient of the analysis; 'synthesis': the other way round */
  constructor(
    heap: KernelHeap,
    private readonly signal: GroupSignal,
    weighting: Weighting,
  ) {
    const { bandwidth, truncation, batch, channels } = signal;
    const { degrees, left, right } = truncation;
    this.size = 2 * bandwidth;
    this.spectrumLength = spectrumSize(truncation) * batch * channels;
    this.bytesPerSample = 4 * left * right * this.size * 4 * channels;
    this.alphaTable = fourierTable(heap, this.size, left);
    this.gammaTable = fourierTable(heap, this.size, right);
    this.wigner = groupWignerTable(heap, bandwidth, truncation, weighting);
    this.starts = startsTable(heap, truncation, batch * channels);
    let before = 0;
    for (let m = 0; m < left; m++) {
      let rows = 0;
      for (let n = 0; n < right; n++) rows += degrees - Math.max(m, n);
      this.pairs.push({ rows, before });
      before += rows;
    }
  }

  analyse(lane: Lane, samples: Samples, grid: number, spectrum: number, passed?: number): void {
    const { size, alphaTable, gammaTable, starts, signal } = this;
    const { left, right, degrees } = signal.truncation;
    const { channels } = signal;
    const { plane, columns, row, t2Floats, maskBytes } = this.ringSizes();
    const w = this.scratchOrders(lane, samples);
    this.forEachRing(lane, samples, ({ sgemm, kernels, scratch }, { ring, first, count }) => {
      const t1 = scratch('group t1', columns * 2 * left);
      const t2 = scratch('group t2', count * t2Floats);
      for (let i = 0; i < count; i++) {
        const k = samples.first + first + i;
        let x = grid + 4 * (k * size + ring) * plane;
        if (passed !== undefined) {
          const masked = scratch('group masked', plane);
          kernels.maskRing(x, passed + (k * size + ring) * maskBytes, masked, size, columns);
          x = masked;
        }
        const to = t2 + 4 * i * t2Floats;
        sgemm(true, true, columns, 2 * left, size, 1, x, columns, alphaTable, size, 0, t1, 2 * left);
        sgemm(false, false, 2 * right, row, size, 1, gammaTable, size, t1, row, 0, to, row);
      }
      const at = w + 4 * first * channels;
      const opposite = size - 1 - ring;
      kernels.ordersFromFourier(t2, at, left, right, channels, samples.count, size, ring, opposite, count);
    });
    this.forEachOrder(lane, samples, (each, { m, s, width }) => {
      this.forEachPair(m, width, (rows, matrix, wAt, sAt) =>
        each.sgemm(false, false, rows, width, size, 1, matrix, size, w + wAt, width, 0, s + sAt, width),
      );
      const { first, count } = samples;
      each.kernels.degreesFromOrders(s, spectrum, starts, degrees, m, left, right, channels, first, count);
    });
  }

  synthesise(
    lane: Lane,
    samples: Samples,
    spectrum: number,
    grid: number,
    { bias, passed }: Epilogue = {},
  ): void {
    const { size, alphaTable, gammaTable, starts, signal } = this;
    const { left, right, degrees } = signal.truncation;
    const { channels } = signal;
    const { plane, columns, row, t2Floats, maskBytes } = this.ringSizes();
    const w = this.scratchOrders(lane, samples);
    this.forEachOrder(lane, samples, (each, { m, s, width }) => {
      const { first, count } = samples;
      each.kernels.ordersFromDegrees(spectrum, s, starts, degrees, m, left, right, channels, first, count);
      this.forEachPair(m, width, (rows, matrix, wAt, sAt) =>
        each.sgemm(true, false, size, width, rows, 1, matrix, size, s + sAt, width, 0, w + wAt, width),
      );
    });
    const biases = bias === undefined ? 0 : lane.scratch('group biases', columns);
    if (bias !== undefined) lane.kernels.repeat(bias, channels, size, biases);
    this.forEachRing(lane, samples, ({ sgemm, kernels, scratch }, { ring, first, count }) => {
      const t1 = scratch('group t1', columns * 2 * left);
      const t2 = scratch('group t2', count * t2Floats);
      const turned = scratch('group turned', plane);
      const at = w + 4 * first * channels;
      const opposite = size - 1 - ring;
      kernels.fourierFromOrders(at, t2, left, right, channels, samples.count, size, ring, opposite, count);
      for (let i = 0; i < count; i++) {
        const plane0 = (samples.first + first + i) * size + ring;
        sgemm(true, false, size, row, 2 * right, 1, gammaTable, size, t2 + 4 * i * t2Floats, row, 0, t1, row);
        // [columns, size], to be transposed: a product into [size, columns] would have both factors transposed
        sgemm(false, false, columns, size, 2 * left, 1, t1, 2 * left, alphaTable, size, 0, turned, size);
        const bits = passed === undefined ? 0 : passed + plane0 * maskBytes;
        kernels.finishRing(turned, grid + 4 * plane0 * plane, size, columns, biases, bits);
      }
    });
  }

  /** Of one ring of one sample, in floats; maskBytes in bytes. */
  private ringSizes() {
    const { size, signal } = this;
    const { left, right } = signal.truncation;
    const columns = size * signal.channels;
    const row = signal.channels * 2 * left;
    return {
      plane: size * columns,
      columns,
      row,
      t2Floats: 2 * right * row,
      maskBytes: size * Math.ceil(columns / 8),
    };
  }

  /** A buffer for w. */
  private scratchOrders(lane: Lane, { count }: Samples): number {
    return lane.scratch('group w', (count * this.bytesPerSample) / 4);
  }

  /** Visits the rings, some samples at a time, counted from the first of the block. */
  private forEachRing(
    lane: Lane,
    samples: Samples,
    visit: (lane: Lane, ring: { ring: number } & Samples) => void,
  ): void {
    lane.inSteps(this.size, (each, ring) => {
      for (let first = 0; first < samples.count; first += SAMPLES)
        visit(each, { ring, first, count: Math.min(SAMPLES, samples.count - first) });
    });
  }

  /** Visits the orders m >= 0, each with a buffer for its rows of s, `width` = 4 samples channels numbers each. */
  private forEachOrder(
    lane: Lane,
    { count }: Samples,
    visit: (lane: Lane, order: { m: number; s: number; width: number }) => void,
  ): void {
    const width = 4 * count * this.signal.channels;
    const { length } = this.pairs;
    lane.deal(length, (each, m) =>
      visit(each, { m, s: each.scratch('group s', this.pairs[0].rows * width), width }),
    );
  }

  /** Visits the pairs (m, n) of an order m: degrees, address of the Wigner matrix, byte offsets into w and s. */
  private forEachPair(
    m: number,
    width: number,
    visit: (rows: number, matrix: number, wAt: number, sAt: number) => void,
  ): void {
    const { degrees, right } = this.signal.truncation;
    const matrices = this.wigner + 4 * this.pairs[m].before * this.size;
    let before = 0;
    for (let n = 0; n < right; n++) {
      const rows = degrees - Math.max(m, n);
      visit(
        rows,
        matrices + 4 * before * this.size,
        4 * (m * right + n) * this.size * width,
        4 * before * width,
      );
      before += rows;
    }
  }
}
