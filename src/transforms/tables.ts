import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { betas, quadratureWeights } from '../math/grid';
import { realFactor, wignerByDegree } from '../math/wigner';
import { blockStarts, type Truncation } from './truncation';

/**
 * Constant tables, computed once in float64, cast to float32 here and kept in the engine's heap. A table is
 * known by its name, which spells its parameters.
 */
const tables = new WeakMap<KernelHeap, Map<string, number>>();

/**
 * Smaller entries count as 0: nothing that they add to is as small. Products with numbers below 1e-38 are many times
 * slower, and Wigner functions of high orders are as small near the poles.
 */
const NEGLIGIBLE = 1e-18;

/** The address of the table of that name, made by `make` at the first call. */
export function table(heap: KernelHeap, name: string, make: () => Float32Array | Int32Array): number {
  const known = tables.get(heap) ?? new Map<string, number>();
  tables.set(heap, known);
  let pointer = known.get(name);
  if (pointer === undefined) {
    pointer = heap.constant(make().map((value) => (Math.abs(value) < NEGLIGIBLE ? 0 : value)));
    known.set(name, pointer);
  }
  return pointer;
}

/** [2 orders, size]: rows cos(2 pi m k / size), then sin(2 pi m k / size), m = 0..orders-1. */
export function fourierTable(heap: KernelHeap, size: number, orders: number): number {
  return table(heap, `fourier ${size} ${orders}`, () => fourierValues(size, orders));
}

/** The values of that table, for engines that keep their constants elsewhere. */
export function fourierValues(size: number, orders: number): Float32Array {
  return Float32Array.from({ length: 2 * orders * size }, (_, i) => {
    const row = Math.floor(i / size);
    const angle = (2 * Math.PI * (((row % orders) * (i % size)) % size)) / size;
    return row < orders ? Math.cos(angle) : Math.sin(angle);
  });
}

/** blockStarts() as int32. */
export function startsTable(heap: KernelHeap, t: Truncation, width: number): number {
  return table(heap, `starts ${t.degrees} ${t.left} ${t.right} ${width}`, () => blockStarts(t, width));
}

/** Where the factors of a transform go: quadrature weights w_j (v_j) or dimensions 2l+1. */
export type Weighting = 'analysis' | 'synthesis' | 'none';

/**
 * For each pair of orders 0 <= m < left, 0 <= n < right the matrix [degrees - max(m, n), 2b] of d^l_mn(beta_j),
 * one after the other. Includes sqrt(1/2) for each of m, n that is 0, and the weighting.
 */
export function groupWignerTable(heap: KernelHeap, b: number, t: Truncation, weighting: Weighting): number {
  return table(heap, `group wigner ${b} ${t.degrees} ${t.left} ${t.right} ${weighting}`, () =>
    flatten([...groupWignerRows(b, t, weighting, quadratureWeights(b))].map(({ row }) => row)),
  );
}

/** A row of that table: d^l_mn at all beta_j, [2b]. */
interface WignerRow {
  m: number;
  n: number;
  l: number;
  row: Float64Array;
}

/** The rows in their order. @param weights of the quadrature, [2b] */
export function* groupWignerRows(
  b: number,
  t: Truncation,
  weighting: Weighting,
  weights: Float64Array,
): Generator<WignerRow> {
  for (let m = 0; m < t.left; m++)
    for (let n = 0; n < t.right; n++) {
      const norm = realFactor(m, n);
      for (const [step, d] of wignerByDegree(m, n, t.degrees, betas(b)).entries()) {
        const l = Math.max(m, n) + step;
        yield { m, n, l, row: d.map((value, j) => norm * value * factor(weighting, weights[j], l)) };
      }
    }
}

/** For each order 0 <= m < left the matrix [degrees - m, 2b] of d^l_m0(beta_j), times sqrt(2) for m > 0. */
export function sphereWignerTable(heap: KernelHeap, b: number, t: Truncation, weighting: Weighting): number {
  return table(heap, `sphere wigner ${b} ${t.degrees} ${t.left} ${weighting}`, () => {
    const weights = quadratureWeights(b).map((w) => 2 * b * w);
    const rows: Float64Array[] = [];
    for (let m = 0; m < t.left; m++)
      wignerByDegree(m, 0, t.degrees, betas(b)).forEach((d, step) => {
        rows.push(
          d.map((value, j) => (m === 0 ? 1 : Math.SQRT2) * value * factor(weighting, weights[j], m + step)),
        );
      });
    return flatten(rows);
  });
}

function factor(weighting: Weighting, weight: number, l: number): number {
  if (weighting === 'none') return 1;
  return weighting === 'analysis' ? weight : 2 * l + 1;
}

function flatten(rows: Float64Array[]): Float32Array {
  const size = rows.reduce((sum, row) => sum + row.length, 0);
  const all = new Float32Array(size);
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}
