import type { WasmHeap } from '../engine/heap';
import { fourierTable, groupWignerTable, table, type Weighting } from './tables';
import { blockStarts, type Truncation } from './truncation';

/**
 * Transforms on the rotation group, real signals, real harmonics. Every step is a dense product, but one
 * that moves data:
 *
 *   grid [batch, beta, alpha, gamma, C]
 *     | Fourier sums over alpha, then gamma: two products for each sample and ring     t [nu][C][mu]
 *     | pairs (m, n) to the front, sums and differences of cosines and sines           w [m][n][beta][4][batch][C]
 *     | Wigner sums over beta: one product for each pair (m, n) >= 0                   s [m][n][l][4][batch][C]
 *   spectrum: one matrix [batch, 2l+1, 2l+1, C] for each degree
 *
 * The opposite ring pi - beta carries d_{m,-n}, so one table of d_mn with m, n >= 0 serves all four signs.
 * The synthesis is the transpose, step by step, so each is the other's gradient.
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

/** Number of values in the spectrum. */
export function groupSpectrumSize({ truncation, batch, channels }: GroupSignal): number {
  return blockStarts(truncation, batch * channels)[truncation.degrees];
}

/**
 * Grid to spectrum. With weighting 'synthesis' it is the gradient of the synthesis.
 * @param grid address of [batch, 2b, 2b, 2b, C]
 * @param spectrum address of the result
 * @param options positive: the grid counts only where this map of the same shape is positive (ReLU's
 *   gradient); sums: address of [C], to which the plain sum of the grid is added (the bias's gradient)
 */
export function groupAnalysis(
  heap: WasmHeap,
  grid: number,
  spectrum: number,
  signal: GroupSignal,
  weighting: Weighting,
  options: { positive?: number; sums?: number } = {},
): void {
  const { size, left, right, channels, batch } = sizes(signal);
  const { t1, t2, w, s } = scratch(heap, signal);
  const plane = size * size * channels;
  const masked = options.positive === undefined ? 0 : heap.scratch('group masked', plane);
  const alphaTable = fourierTable(heap, size, left);
  const gammaTable = fourierTable(heap, size, right);
  const { gemm, kernels } = heap;
  for (let k = 0; k < batch; k++)
    for (let j = 0; j < size; j++) {
      const at = 4 * (k * size + j) * plane;
      if (options.positive !== undefined)
        kernels.maskPositive(grid + at, options.positive + at, masked, plane);
      const x = options.positive === undefined ? grid + at : masked;
      const columns = size * channels;
      gemm.sgemm(true, true, columns, 2 * left, size, 1, x, columns, alphaTable, size, 0, t1, 2 * left);
      const row = channels * 2 * left;
      gemm.sgemm(false, false, 2 * right, row, size, 1, gammaTable, size, t1, row, 0, t2, row);
      if (options.sums !== undefined) addColumn(heap, t2, 2 * left, options.sums, channels);
      kernels.ordersFromFourier(
        t2,
        w + 4 * k * channels,
        left,
        right,
        channels,
        batch,
        size,
        j,
        size - 1 - j,
      );
    }
  wignerProducts(heap, signal, weighting, (n, matrix, wAt, sAt) => {
    const width = 4 * batch * channels;
    gemm.sgemm(false, false, n, width, size, 1, matrix, size, w + wAt, width, 0, s + sAt, width);
  });
  const { degrees } = signal.truncation;
  kernels.degreesFromOrders(s, spectrum, starts(heap, signal), degrees, left, right, channels, batch);
}

/**
 * Spectrum to grid. With weighting 'analysis' it is the gradient of the analysis.
 * @param options bias: address of [C], added to every point; relu: then negative values become 0
 */
export function groupSynthesis(
  heap: WasmHeap,
  spectrum: number,
  grid: number,
  signal: GroupSignal,
  weighting: Weighting,
  options: { bias?: number; relu?: boolean } = {},
): void {
  const { size, left, right, channels, batch } = sizes(signal);
  const { t1, t2, w, s } = scratch(heap, signal);
  const alphaTable = fourierTable(heap, size, left);
  const gammaTable = fourierTable(heap, size, right);
  const { gemm, kernels } = heap;
  const { degrees } = signal.truncation;
  kernels.ordersFromDegrees(spectrum, s, starts(heap, signal), degrees, left, right, channels, batch);
  wignerProducts(heap, signal, weighting, (n, matrix, wAt, sAt) => {
    const width = 4 * batch * channels;
    gemm.sgemm(true, false, size, width, n, 1, matrix, size, s + sAt, width, 0, w + wAt, width);
  });
  const plane = size * size * channels;
  for (let k = 0; k < batch; k++)
    for (let j = 0; j < size; j++) {
      kernels.fourierFromOrders(
        w + 4 * k * channels,
        t2,
        left,
        right,
        channels,
        batch,
        size,
        j,
        size - 1 - j,
      );
      const row = channels * 2 * left;
      gemm.sgemm(true, false, size, row, 2 * right, 1, gammaTable, size, t2, row, 0, t1, row);
      const columns = size * channels;
      const y = grid + 4 * (k * size + j) * plane;
      gemm.sgemm(true, true, size, columns, 2 * left, 1, alphaTable, size, t1, 2 * left, 0, y, columns);
      if (options.bias !== undefined)
        kernels.addBias(y, options.bias, size * size, channels, options.relu ?? false);
    }
}

/** Visits each pair of orders (m, n): rows of its Wigner matrix, its address, byte offsets into w and s. */
function wignerProducts(
  heap: WasmHeap,
  signal: GroupSignal,
  weighting: Weighting,
  visit: (rows: number, matrix: number, wAt: number, sAt: number) => void,
): void {
  const { size, left, right, channels, batch } = sizes(signal);
  let matrix = groupWignerTable(heap, signal.bandwidth, signal.truncation, weighting);
  const width = 4 * batch * channels;
  let sAt = 0;
  for (let m = 0; m < left; m++)
    for (let n = 0; n < right; n++) {
      const rows = signal.truncation.degrees - Math.max(m, n);
      visit(rows, matrix, 4 * (m * right + n) * size * width, sAt);
      matrix += 4 * rows * size;
      sAt += 4 * rows * width;
    }
}

function sizes({ bandwidth, truncation: { left, right }, channels, batch }: GroupSignal) {
  return { size: 2 * bandwidth, left, right, channels, batch };
}

function scratch(heap: WasmHeap, signal: GroupSignal) {
  const { size, left, right, channels, batch } = sizes(signal);
  const { degrees } = signal.truncation;
  let pairs = 0;
  for (let m = 0; m < left; m++) for (let n = 0; n < right; n++) pairs += degrees - Math.max(m, n);
  return {
    t1: heap.scratch('group t1', size * channels * 2 * left),
    t2: heap.scratch('group t2', 2 * right * channels * 2 * left),
    w: heap.scratch('group w', left * right * size * 4 * batch * channels),
    s: heap.scratch('group s', pairs * 4 * batch * channels),
  };
}

function starts(heap: WasmHeap, { truncation: t, batch, channels }: GroupSignal): number {
  const width = batch * channels;
  return table(heap, `starts ${t.degrees} ${t.left} ${t.right} ${width}`, () => blockStarts(t, width));
}

/** sums[c] += the zeroth column of a matrix [C, width]. */
function addColumn(heap: WasmHeap, matrix: number, width: number, sums: number, channels: number): void {
  const floats = heap.floats;
  for (let c = 0; c < channels; c++) floats[(sums >>> 2) + c] += floats[(matrix >>> 2) + c * width];
}
