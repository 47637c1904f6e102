// Between the rings of group kernels and their spectrum (see src/transforms/kernel_rings.ts). Pointers are bytes, sizes are
// floats.

import { addProduct, at } from './floats';

/**
 * The spectrum of group kernels from their rings (see src/transforms/kernel_rings.ts).
 * g [ring][nA (n-p)][nG (p)][2][I J] holds the cosine and minus the sine sums; d [p][l][n][ring][2] the two
 * Wigner values; the block of degree l is [2 min(l, P-1) + 1 (p)][I][2 min(l, N-1) + 1 (n)][J]. Only the inputs
 * firstInput..lastInput-1. For one order p and one input, what is read of g and d stays in the first cache, and the
 * spectrum is written row by row.
 */
export function spectrumFromRings(
  g: usize, d: usize, spectrum: usize, starts: usize, degrees: i32, ordersP: i32, ordersN: i32,
  rings: i32, nA: i32, nG: i32, inputs: i32, outputs: i32,
  firstInput: i32, lastInput: i32,
): void {
  const size = inputs * outputs;
  const ringStride = nA * nG * 2 * size;
  const isWide = outputs >= 4;
  for (let p = 0; p < ordersP; p++) {
    let next = d;
    for (let i = firstInput; i < lastInput; i++) {
      const gP = at(g, wrap(p, nG) * 2 * size + i * outputs), gQ = at(g, wrap(-p, nG) * 2 * size + i * outputs);
      next = d;
      for (let l = p; l < degrees; l++) {
        const rowsP = min(l, ordersP - 1), rowsN = min(l, ordersN - 1);
        const columns = 2 * rowsN + 1;
        const block = at(spectrum, load<i32>(at(starts, l)));
        const cosP = at(block, (((rowsP + p) * inputs + i) * columns + rowsN) * outputs);
        const sinP = at(block, (((rowsP - p) * inputs + i) * columns + rowsN) * outputs);
        let turnP = wrap(-p, nA), turnQ = wrap(p, nA);
        for (let n = 0; n <= rowsN; n++) {
          const direct = at(gP, turnP * nG * 2 * size), mirrored = at(gQ, turnQ * nG * 2 * size);
          const row = n * outputs;
          for (let jj = 0; jj < outputs; jj += 4) {
            const j = isWide ? min(jj, outputs - 4) : jj;
            const count = isWide ? 4 : outputs - jj;
            let a = f32x4.splat(0), b = a, c = a, e = a;
            for (let r = 0; r < rings; r++) {
              const wigner = v128.load_splat<f32>(at(next, 2 * r)), opposite = v128.load_splat<f32>(at(next, 2 * r + 1));
              const source = r * ringStride + j;
              a = addProduct(a, wigner, v128.load(at(direct, source)));
              c = addProduct(c, wigner, v128.load(at(direct, source + size)));
              b = addProduct(b, opposite, v128.load(at(mirrored, source)));
              e = addProduct(e, opposite, v128.load(at(mirrored, source + size)));
            }
            if (n > 0) put(at(cosP, j - row), f32x4.add(c, e), count);
            if (p > 0) put(at(sinP, j + row), f32x4.sub(e, c), count);
            if (n > 0 && p > 0) put(at(sinP, j - row), f32x4.sub(a, b), count);
            put(at(cosP, j + row), f32x4.add(a, b), count);
          }
          next = at(next, 2 * rings);
          turnP = after(turnP, nA);
          turnQ = after(turnQ, nA);
        }
      }
    }
    d = next;
  }
}

/**
 * The transpose of spectrumFromRings; adds to g. It sums the orders n of one turn and all degrees in
 * sums [nA][ring][4][J, to whole vectors], which stay in the first cache.
 */
export function ringsFromSpectrum(
  spectrum: usize, d: usize, g: usize, starts: usize, degrees: i32, ordersP: i32, ordersN: i32,
  rings: i32, nA: i32, nG: i32, inputs: i32, outputs: i32,
  firstInput: i32, lastInput: i32, sums: usize,
): void {
  const size = inputs * outputs;
  const ringStride = nA * nG * 2 * size;
  const width = (outputs + 3) & ~3;
  const turnStride = 4 * rings * width;
  const zero = f32x4.splat(0);
  for (let p = 0; p < ordersP; p++) {
    let next = d;
    for (let i = firstInput; i < lastInput; i++) {
      memory.fill(sums, 0, 4 * <usize>(nA * turnStride));
      next = d;
      for (let l = p; l < degrees; l++) {
        const rowsP = min(l, ordersP - 1), rowsN = min(l, ordersN - 1);
        const columns = 2 * rowsN + 1;
        const block = at(spectrum, load<i32>(at(starts, l)));
        const cosP = at(block, (((rowsP + p) * inputs + i) * columns + rowsN) * outputs);
        const sinP = at(block, (((rowsP - p) * inputs + i) * columns + rowsN) * outputs);
        let turnP = wrap(-p, nA), turnQ = wrap(p, nA);
        for (let n = 0; n <= rowsN; n++) {
          const direct = at(sums, turnP * turnStride), mirrored = at(sums, turnQ * turnStride + 2 * width);
          const row = n * outputs;
          for (let j = 0; j < outputs; j += 4) {
            const count = min(4, outputs - j);
            const cc = get(at(cosP, j + row), count);
            const cosSin = n > 0 ? get(at(cosP, j - row), count) : zero;
            const sinCos = p > 0 ? get(at(sinP, j + row), count) : zero;
            const ss = n > 0 && p > 0 ? get(at(sinP, j - row), count) : zero;
            const a = f32x4.add(cc, ss), b = f32x4.sub(cc, ss);
            const c = f32x4.sub(cosSin, sinCos), e = f32x4.add(cosSin, sinCos);
            for (let r = 0; r < rings; r++) {
              const wigner = v128.load_splat<f32>(at(next, 2 * r)), opposite = v128.load_splat<f32>(at(next, 2 * r + 1));
              const target = 4 * r * width + j;
              accumulate(at(direct, target), wigner, a);
              accumulate(at(direct, target + width), wigner, c);
              accumulate(at(mirrored, target), opposite, b);
              accumulate(at(mirrored, target + width), opposite, e);
            }
          }
          next = at(next, 2 * rings);
          turnP = after(turnP, nA);
          turnQ = after(turnQ, nA);
        }
      }
      const gP = at(g, wrap(p, nG) * 2 * size + i * outputs), gQ = at(g, wrap(-p, nG) * 2 * size + i * outputs);
      for (let turn = 0; turn < nA; turn++)
        for (let r = 0; r < rings; r++) {
          const from = at(sums, turn * turnStride + 4 * r * width);
          const ring = r * ringStride + turn * nG * 2 * size;
          addRow(from, at(gP, ring), outputs);
          addRow(at(from, width), at(gP, ring + size), outputs);
          addRow(at(from, 2 * width), at(gQ, ring), outputs);
          addRow(at(from, 3 * width), at(gQ, ring + size), outputs);
        }
    }
    d = next;
  }
}

// @ts-ignore: decorator
@inline
function after(turn: i32, period: i32): i32 {
  return turn + 1 == period ? 0 : turn + 1;
}

// @ts-ignore: decorator
@inline
function wrap(k: i32, period: i32): i32 {
  const rest = k % period;
  return rest < 0 ? rest + period : rest;
}

// @ts-ignore: decorator
@inline
function accumulate(target: usize, factor: v128, value: v128): void {
  v128.store(target, addProduct(v128.load(target), factor, value));
}

// @ts-ignore: decorator
@inline
function addRow(from: usize, to: usize, count: i32): void {
  for (let j = 0; j < count; j++) store<f32>(at(to, j), load<f32>(at(to, j)) + load<f32>(at(from, j)));
}

// @ts-ignore: decorator
@inline
function get(source: usize, count: i32): v128 {
  if (count == 4) return v128.load(source);
  let value = f32x4.replace_lane(f32x4.splat(0), 0, load<f32>(source));
  if (count > 1) value = f32x4.replace_lane(value, 1, load<f32>(source, 4));
  if (count > 2) value = f32x4.replace_lane(value, 2, load<f32>(source, 8));
  return value;
}

// @ts-ignore: decorator
@inline
function put(target: usize, value: v128, count: i32): void {
  if (count == 4) {
    v128.store(target, value);
    return;
  }
  store<f32>(target, f32x4.extract_lane(value, 0));
  if (count > 1) store<f32>(target, f32x4.extract_lane(value, 1), 4);
  if (count > 2) store<f32>(target, f32x4.extract_lane(value, 2), 8);
}
