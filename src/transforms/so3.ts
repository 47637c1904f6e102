import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import type { Lane } from '../engine/wasm/threads/lane';
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

/** Number of values in the spectrum. */
export function groupSpectrumSize({ truncation, batch, channels }: GroupSignal): number {
  return blockStarts(truncation, batch * channels)[truncation.degrees];
}

/**
 * Grid to spectrum. With weighting 'synthesis' it is the gradient of the synthesis.
 * @param grid address of [batch, 2b, 2b, 2b, C]
 * @param spectrum address of the result
 * @param options mask: address of groupMaskSize() bytes that the synthesis wrote; the grid counts only where it has
 *   a bit (ReLU's gradient); sums: address of [C], to which the plain sum of the grid is added (the bias's gradient)
 */
export function groupAnalysis(
  heap: KernelHeap,
  grid: number,
  spectrum: number,
  signal: GroupSignal,
  weighting: Weighting,
  options: { mask?: number; sums?: number } = {},
): void {
  const { size, left, right, channels, batch } = sizes(signal);
  const { plane, columns, row, t2Floats, maskBytes, w, alphaTable, gammaTable } = prepare(heap, signal);
  const { mask, sums } = options;
  forEachRing(heap, signal, ({ sgemm, kernels, scratch }, { ring, first, count }) => {
    const t2 = scratch('group t2', count * t2Floats);
    for (let i = 0; i < count; i++) {
      const k = first + i;
      let x = grid + 4 * (k * size + ring) * plane;
      if (mask !== undefined) {
        const masked = scratch('group masked', plane);
        kernels.maskRing(x, mask + (k * size + ring) * maskBytes, masked, size, columns);
        x = masked;
      }
      const t1 = scratch('group t1', columns * 2 * left);
      const to = t2 + 4 * i * t2Floats;
      sgemm(true, true, columns, 2 * left, size, 1, x, columns, alphaTable, size, 0, t1, 2 * left);
      sgemm(false, false, 2 * right, row, size, 1, gammaTable, size, t1, row, 0, to, row);
    }
    const samples = w + 4 * first * channels;
    kernels.ordersFromFourier(t2, samples, left, right, channels, batch, size, ring, size - 1 - ring, count);
  });
  if (sums !== undefined) addSums(heap, w, sums, signal);
  forEachOrder(heap, signal, weighting, (lane, order) => {
    const { m, s, width, start, degrees } = order;
    forEachPair(order, (rows, matrix, wAt, sAt) =>
      lane.sgemm(false, false, rows, width, size, 1, matrix, size, w + wAt, width, 0, s + sAt, width),
    );
    lane.kernels.degreesFromOrders(s, spectrum, start, degrees, m, left, right, channels, batch);
  });
}

/**
 * Spectrum to grid. With weighting 'analysis' it is the gradient of the analysis.
 * @param options bias: address of [C], added to every point; mask: address of groupMaskSize() bytes: then negative values
 *   become 0, and bits say where they do not
 */
export function groupSynthesis(
  heap: KernelHeap,
  spectrum: number,
  grid: number,
  signal: GroupSignal,
  weighting: Weighting,
  options: { bias?: number; mask?: number } = {},
): void {
  const { size, left, right, channels, batch } = sizes(signal);
  const { plane, columns, row, t2Floats, maskBytes, w, alphaTable, gammaTable } = prepare(heap, signal);
  forEachOrder(heap, signal, weighting, (lane, order) => {
    const { m, s, width, start, degrees } = order;
    lane.kernels.ordersFromDegrees(spectrum, s, start, degrees, m, left, right, channels, batch);
    forEachPair(order, (rows, matrix, wAt, sAt) =>
      lane.sgemm(true, false, size, width, rows, 1, matrix, size, s + sAt, width, 0, w + wAt, width),
    );
  });
  const { bias, mask } = options;
  const biases = bias === undefined ? 0 : biasRow(heap, bias, columns, channels);
  forEachRing(heap, signal, ({ sgemm, kernels, scratch }, { ring, first, count }) => {
    const t2 = scratch('group t2', count * t2Floats);
    const samples = w + 4 * first * channels;
    kernels.fourierFromOrders(samples, t2, left, right, channels, batch, size, ring, size - 1 - ring, count);
    for (let i = 0; i < count; i++) {
      const plane0 = (first + i) * size + ring;
      const t1 = scratch('group t1', columns * 2 * left);
      const turned = scratch('group turned', plane);
      sgemm(true, false, size, row, 2 * right, 1, gammaTable, size, t2 + 4 * i * t2Floats, row, 0, t1, row);
      // [columns, size], to be transposed: a product into [size, columns] would have both factors transposed
      sgemm(false, false, columns, size, 2 * left, 1, t1, 2 * left, alphaTable, size, 0, turned, size);
      const bits = mask === undefined ? 0 : mask + plane0 * maskBytes;
      kernels.finishRing(turned, grid + 4 * plane0 * plane, size, columns, biases, bits);
    }
  });
}

/** Some consecutive samples' rings at one angle beta. */
interface Ring {
  ring: number;
  first: number;
  count: number;
}

/** So many samples of a ring are moved at once: they are neighbours in w. */
const SAMPLES = 4;

/** Visits the rings, in parallel; all samples of a ring one after the other. */
function forEachRing(
  heap: KernelHeap,
  { bandwidth, batch }: GroupSignal,
  visit: (lane: Lane, ring: Ring) => void,
): void {
  heap.parallel(2 * bandwidth, (lane, ring) => {
    for (let first = 0; first < batch; first += SAMPLES)
      visit(lane, { ring, first, count: Math.min(SAMPLES, batch - first) });
  });
}

/** The bias of each column of a ring [size, size x channels], for all lanes to read. */
function biasRow(heap: KernelHeap, bias: number, columns: number, channels: number): number {
  const row = heap.scratch('group biases', columns);
  const floats = heap.floats;
  for (let c = 0; c < columns; c++) floats[(row >>> 2) + c] = floats[(bias >>> 2) + (c % channels)];
  return row;
}

/** Number of bytes of the mask of a signal on its grid: a bit for each value, rows of whole bytes. */
export function groupMaskSize({ bandwidth, batch, channels }: GroupSignal): number {
  return batch * (2 * bandwidth) ** 2 * Math.ceil((2 * bandwidth * channels) / 8);
}

/** What the Fourier steps of both directions share. Sizes in floats. */
function prepare(heap: KernelHeap, signal: GroupSignal) {
  const { size, left, right, channels, batch } = sizes(signal);
  return {
    plane: size * size * channels, // one ring of one sample on the grid
    columns: size * channels,
    row: channels * 2 * left,
    t2Floats: 2 * right * channels * 2 * left,
    maskBytes: size * Math.ceil((size * channels) / 8), // of one ring of one sample
    w: heap.scratch('group w', left * right * size * 4 * batch * channels),
    alphaTable: fourierTable(heap, size, left),
    gammaTable: fourierTable(heap, size, right),
  };
}

/** One order m >= 0 with all orders n >= 0: its part of the Wigner step. */
interface Order {
  m: number;
  right: number;
  degrees: number;
  size: number;
  /** Columns of the products: 4 batch channels. */
  width: number;
  /** Addresses: its first Wigner matrix; a buffer for its rows of s; where the spectrum's degrees start. */
  matrix: number;
  s: number;
  start: number;
}

/** Visits the orders m, in parallel. */
function forEachOrder(
  heap: KernelHeap,
  signal: GroupSignal,
  weighting: Weighting,
  visit: (lane: Lane, order: Order) => void,
): void {
  const { size, left, right, channels, batch } = sizes(signal);
  const { degrees } = signal.truncation;
  const matrices = groupWignerTable(heap, signal.bandwidth, signal.truncation, weighting);
  const start = starts(heap, signal);
  const width = 4 * batch * channels;
  const rows = Array.from({ length: left }, (_, m) => pairRows(m, right, degrees));
  heap.parallel(left, (lane, m) => {
    const before = rows.slice(0, m).reduce((sum, count) => sum + count, 0);
    const s = lane.scratch('group s', rows[0] * width);
    visit(lane, { m, right, degrees, size, width, matrix: matrices + 4 * before * size, s, start });
  });
}

/** Degrees of all pairs (m, n) together. */
function pairRows(m: number, right: number, degrees: number): number {
  let rows = 0;
  for (let n = 0; n < right; n++) rows += degrees - Math.max(m, n);
  return rows;
}

/** Visits the pairs (m, n) of an order m: degrees, address of the Wigner matrix, byte offsets into w and s. */
function forEachPair(
  { m, right, degrees, size, width, matrix }: Order,
  visit: (rows: number, matrix: number, wAt: number, sAt: number) => void,
): void {
  let before = 0;
  for (let n = 0; n < right; n++) {
    const rows = degrees - Math.max(m, n);
    visit(rows, matrix + 4 * before * size, 4 * (m * right + n) * size * width, 4 * before * width);
    before += rows;
  }
}

function sizes({ bandwidth, truncation: { left, right }, channels, batch }: GroupSignal) {
  return { size: 2 * bandwidth, left, right, channels, batch };
}

function starts(heap: KernelHeap, { truncation: t, batch, channels }: GroupSignal): number {
  const width = batch * channels;
  return table(heap, `starts ${t.degrees} ${t.left} ${t.right} ${width}`, () => blockStarts(t, width));
}

/** sums[c] += the sum of channel c over the grid, which the cos cos sums of the pair (0, 0) hold. */
function addSums(heap: KernelHeap, w: number, sums: number, signal: GroupSignal): void {
  const { size, channels, batch } = sizes(signal);
  const floats = heap.floats;
  for (let j = 0; j < size; j++)
    for (let i = 0; i < batch * channels; i++)
      floats[(sums >>> 2) + (i % channels)] += floats[(w >>> 2) + 4 * j * batch * channels + i];
}
