// Between the rings of group kernels and their spectrum (see src/transforms/kernel_rings.ts). Pointers are bytes, sizes are
// floats.

import { at } from './floats';

/**
 * The spectrum of group kernels from their rings (see src/transforms/kernel_rings.ts).
 * g [ring][nA (n-p)][nG (p)][2][I J] holds the cosine and minus the sine sums; d [n][p][l][ring][2] the two
 * Wigner values; the block of degree l is [2 min(l, P-1) + 1 (p)][I][2 min(l, N-1) + 1 (n)][J]. Only the inputs
 * firstInput..lastInput-1.
 */
export function spectrumFromRings(
  g: usize, d: usize, spectrum: usize, starts: usize, degrees: i32, ordersP: i32, ordersN: i32,
  rings: i32, nA: i32, nG: i32, inputs: i32, outputs: i32,
  firstInput: i32, lastInput: i32,
): void {
  const size = inputs * outputs;
  const ringStride = nA * nG * 2 * size;
  for (let n = 0; n < ordersN; n++)
    for (let p = 0; p < ordersP; p++) {
      const gP = at(g, (wrap(n - p, nA) * nG + wrap(p, nG)) * 2 * size);
      const gQ = at(g, (wrap(n + p, nA) * nG + wrap(-p, nG)) * 2 * size);
      for (let l = max(n, p); l < degrees; l++) {
        const rowsP = min(l, ordersP - 1), rowsN = min(l, ordersN - 1);
        const columns = 2 * rowsN + 1;
        const block = at(spectrum, load<i32>(at(starts, l)));
        for (let i = firstInput; i < lastInput; i++) {
          const cosP = at(block, ((rowsP + p) * inputs + i) * columns * outputs);
          const sinP = at(block, ((rowsP - p) * inputs + i) * columns * outputs);
          for (let jj = 0; jj < outputs; jj += 4) {
            const wide = outputs >= 4;
            const j = wide ? min(jj, outputs - 4) : jj;
            const count = wide ? 4 : outputs - jj;
            let a = f32x4.splat(0), b = a, c = a, e = a;
            for (let r = 0; r < rings; r++) {
              const direct = v128.load_splat<f32>(at(d, 2 * r)), mirrored = v128.load_splat<f32>(at(d, 2 * r + 1));
              const source = r * ringStride + i * outputs + j;
              a = f32x4.add(a, f32x4.mul(direct, v128.load(at(gP, source))));
              c = f32x4.add(c, f32x4.mul(direct, v128.load(at(gP, source + size))));
              b = f32x4.add(b, f32x4.mul(mirrored, v128.load(at(gQ, source))));
              e = f32x4.add(e, f32x4.mul(mirrored, v128.load(at(gQ, source + size))));
            }
            const plusN = (rowsN + n) * outputs + j, minusN = (rowsN - n) * outputs + j;
            if (n > 0) put(at(cosP, minusN), f32x4.add(c, e), count);
            if (p > 0) put(at(sinP, plusN), f32x4.sub(e, c), count);
            if (n > 0 && p > 0) put(at(sinP, minusN), f32x4.sub(a, b), count);
            put(at(cosP, plusN), f32x4.add(a, b), count);
          }
        }
        d = at(d, 2 * rings);
      }
    }
}

/** The transpose of spectrumFromRings; adds to g. */
export function ringsFromSpectrum(
  spectrum: usize, d: usize, g: usize, starts: usize, degrees: i32, ordersP: i32, ordersN: i32,
  rings: i32, nA: i32, nG: i32, inputs: i32, outputs: i32,
  firstInput: i32, lastInput: i32,
): void {
  const size = inputs * outputs;
  const ringStride = nA * nG * 2 * size;
  for (let n = 0; n < ordersN; n++)
    for (let p = 0; p < ordersP; p++) {
      const gP = at(g, (wrap(n - p, nA) * nG + wrap(p, nG)) * 2 * size);
      const gQ = at(g, (wrap(n + p, nA) * nG + wrap(-p, nG)) * 2 * size);
      for (let l = max(n, p); l < degrees; l++) {
        const rowsP = min(l, ordersP - 1), rowsN = min(l, ordersN - 1);
        const columns = 2 * rowsN + 1;
        const block = at(spectrum, load<i32>(at(starts, l)));
        for (let i = firstInput; i < lastInput; i++) {
          const cosP = at(block, ((rowsP + p) * inputs + i) * columns * outputs);
          const sinP = at(block, ((rowsP - p) * inputs + i) * columns * outputs);
          for (let j = 0; j < outputs; j += 4) {
            const count = min(4, outputs - j);
            const plusN = (rowsN + n) * outputs + j, minusN = (rowsN - n) * outputs + j;
            const cc = get(at(cosP, plusN), count);
            const zero = f32x4.splat(0);
            const cosSin = n > 0 ? get(at(cosP, minusN), count) : zero;
            const sinCos = p > 0 ? get(at(sinP, plusN), count) : zero;
            const ss = n > 0 && p > 0 ? get(at(sinP, minusN), count) : zero;
            const a = f32x4.add(cc, ss), b = f32x4.sub(cc, ss);
            const c = f32x4.sub(cosSin, sinCos), e = f32x4.add(cosSin, sinCos);
            for (let r = 0; r < rings; r++) {
              const direct = v128.load_splat<f32>(at(d, 2 * r)), mirrored = v128.load_splat<f32>(at(d, 2 * r + 1));
              const target = r * ringStride + i * outputs + j;
              accumulate(at(gP, target), direct, a, count);
              accumulate(at(gP, target + size), direct, c, count);
              accumulate(at(gQ, target), mirrored, b, count);
              accumulate(at(gQ, target + size), mirrored, e, count);
            }
          }
        }
        d = at(d, 2 * rings);
      }
    }
}

// @ts-ignore: decorator
@inline
function wrap(k: i32, period: i32): i32 {
  const rest = k % period;
  return rest < 0 ? rest + period : rest;
}

// @ts-ignore: decorator
@inline
function accumulate(target: usize, factor: v128, value: v128, count: i32): void {
  put(target, f32x4.add(get(target, count), f32x4.mul(factor, value)), count);
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
