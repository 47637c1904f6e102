import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { matrix, multiply, transposed } from '../engine/wasm/products/matrix';
import { fourierTable, sphereWignerTable, type Weighting } from './tables';
import { blockStarts, ordersOf, type Truncation } from './truncation';

/**
 * Transforms on the sphere, real signals, real harmonics: Fourier sums over alpha, Wigner sums over beta.
 *
 *   grid [batch, beta, alpha, C]  <->  t [batch, beta, C, 2 left]  <->  w [m][beta][2][batch][C]
 *                                 <->  spectrum: one matrix [batch, 2l+1, C] for each degree
 */
export interface SphereSignal {
  readonly bandwidth: number;
  readonly truncation: Truncation;
  readonly batch: number;
  readonly channels: number;
}

/**
 * Grid to spectrum. With weighting 'synthesis' it is the gradient of the synthesis.
 * @param options positive: the grid counts only where this map of the same shape is positive; sums: address
 *   of [C], to which the plain sum of the grid is added
 */
export function sphereAnalysis(
  heap: KernelHeap,
  grid: number,
  spectrum: number,
  signal: SphereSignal,
  weighting: Weighting,
  options: { positive?: number; sums?: number } = {},
): void {
  const { size, left, rows, width, w, s } = layout(heap, signal);
  const { channels } = signal;
  const cell = size * channels;
  const masked = options.positive === undefined ? 0 : heap.scratch('sphere masked', cell);
  const t = heap.scratch('sphere t', rows * channels * 2 * left);
  const fourier = matrix(fourierTable(heap, size, left), 2 * left, size);
  const wigner = sphereWignerTable(heap, signal.bandwidth, signal.truncation, weighting);
  for (let i = 0; i < rows; i++) {
    const at = 4 * i * cell;
    if (options.positive !== undefined)
      heap.kernels.maskPositive(grid + at, options.positive + at, masked, cell);
    const x = options.positive === undefined ? grid + at : masked;
    const to = matrix(t + 4 * i * channels * 2 * left, channels, 2 * left);
    multiply(heap.gemm, transposed(matrix(x, size, channels)), transposed(fourier), to);
  }
  if (options.sums !== undefined) addSums(heap, t, options.sums, signal);
  moveOrders(heap.floats, t, w, signal, 'orders first');
  forEachOrder(signal, (m, degrees, tableAt, sAt) => {
    const orders = matrix(w + 4 * m * size * width, size, width);
    multiply(heap.gemm, matrix(wigner + tableAt, degrees, size), orders, matrix(s + sAt, degrees, width));
  });
  moveDegrees(heap.floats, s, spectrum, signal, 'degrees first');
}

/**
 * Spectrum to grid. With weighting 'analysis' it is the gradient of the analysis.
 * @param options bias: address of [C], added to every point; relu: then negative values become 0
 */
export function sphereSynthesis(
  heap: KernelHeap,
  spectrum: number,
  grid: number,
  signal: SphereSignal,
  weighting: Weighting,
  options: { bias?: number; relu?: boolean } = {},
): void {
  const { size, left, rows, width, w, s } = layout(heap, signal);
  const { channels } = signal;
  const t = heap.scratch('sphere t', rows * channels * 2 * left);
  const fourier = matrix(fourierTable(heap, size, left), 2 * left, size);
  const wigner = sphereWignerTable(heap, signal.bandwidth, signal.truncation, weighting);
  moveDegrees(heap.floats, s, spectrum, signal, 'orders first');
  forEachOrder(signal, (m, degrees, tableAt, sAt) => {
    const orders = matrix(w + 4 * m * size * width, size, width);
    const table = transposed(matrix(wigner + tableAt, degrees, size));
    multiply(heap.gemm, table, matrix(s + sAt, degrees, width), orders);
  });
  moveOrders(heap.floats, t, w, signal, 'rings first');
  for (let i = 0; i < rows; i++) {
    const from = matrix(t + 4 * i * channels * 2 * left, channels, 2 * left);
    const y = matrix(grid + 4 * i * size * channels, size, channels);
    multiply(heap.gemm, transposed(fourier), transposed(from), y);
  }
  if (options.bias !== undefined)
    heap.kernels.addBias(grid, options.bias, rows * size, channels, options.relu ?? false);
}

function layout(heap: KernelHeap, { bandwidth, truncation, batch, channels }: SphereSignal) {
  const { degrees, left } = truncation;
  const size = 2 * bandwidth;
  const width = 2 * batch * channels;
  const w = heap.scratch('sphere w', left * size * width);
  const s = heap.scratch('sphere s', left * degrees * width);
  return { size, left, rows: batch * size, width, w, s };
}

/** Visits each order m >= 0: its degrees l >= m, byte offsets into the Wigner table and into s. */
function forEachOrder(
  { bandwidth, truncation, batch, channels }: SphereSignal,
  visit: (m: number, degrees: number, tableAt: number, sAt: number) => void,
): void {
  let tableAt = 0;
  let sAt = 0;
  for (let m = 0; m < truncation.left; m++) {
    const degrees = truncation.degrees - m;
    visit(m, degrees, tableAt, sAt);
    tableAt += 4 * degrees * 2 * bandwidth;
    sAt += 4 * degrees * 2 * batch * channels;
  }
}

/** Between t [batch, beta, C, 2 left] and w [m][beta][2][batch][C]. */
function moveOrders(
  floats: Float32Array,
  t: number,
  w: number,
  { bandwidth, truncation: { left }, batch, channels }: SphereSignal,
  direction: 'orders first' | 'rings first',
): void {
  const size = 2 * bandwidth;
  const width = batch * channels;
  let from = t >>> 2;
  for (let k = 0; k < batch; k++)
    for (let j = 0; j < size; j++)
      for (let c = 0; c < channels; c++)
        for (let trig = 0; trig < 2; trig++)
          for (let m = 0; m < left; m++, from++) {
            const to = (w >>> 2) + ((m * size + j) * 2 + trig) * width + k * channels + c;
            if (direction === 'orders first') floats[to] = floats[from];
            else floats[from] = floats[to];
          }
}

/** Between s, for each m [l][2][batch][C], and the spectrum's blocks [batch, orders, C]. */
function moveDegrees(
  floats: Float32Array,
  s: number,
  spectrum: number,
  signal: SphereSignal,
  direction: 'degrees first' | 'orders first',
): void {
  const { truncation, batch, channels } = signal;
  const starts = blockStarts(truncation, batch * channels);
  forEachOrder(signal, (m, degrees, _tableAt, sAt) => {
    let from = (s + sAt) >>> 2;
    for (let l = m; l < m + degrees; l++) {
      const orders = ordersOf(l, truncation.left);
      const centre = (orders - 1) / 2;
      for (let trig = 0; trig < 2; trig++)
        for (let k = 0; k < batch; k++) {
          const order = trig === 0 ? centre + m : centre - m;
          const to = (spectrum >>> 2) + starts[l] + (k * orders + order) * channels;
          for (let c = 0; c < channels; c++, from++) {
            if (direction === 'orders first') floats[from] = trig === 1 && m === 0 ? 0 : floats[to + c];
            else if (m > 0 || trig === 0) floats[to + c] = floats[from];
          }
        }
    }
  });
}

/** sums[c] += the sum of channel c over the grid, which the zeroth cosine of every ring holds. */
function addSums(
  heap: KernelHeap,
  t: number,
  sums: number,
  { bandwidth, truncation, batch, channels }: SphereSignal,
): void {
  const floats = heap.floats;
  for (let i = 0; i < batch * 2 * bandwidth; i++)
    for (let c = 0; c < channels; c++)
      floats[(sums >>> 2) + c] += floats[(t >>> 2) + (i * channels + c) * 2 * truncation.left];
}
