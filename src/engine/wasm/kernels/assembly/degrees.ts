// Between pairs of orders and the spectrum's degrees (see src/transforms/so3.ts). Pointers are bytes, sizes are floats.

import { at } from './floats';

/**
 * One order m. From s, for each n the sums [degrees - max(m, n)][4][batch][C], to the spectrum's blocks of real
 * harmonics [batch][2 min(l, M-1) + 1][2 min(l, R-1) + 1][C], the block of degree l at starts[l] (floats).
 * With a, c, b, d the four sums and e = (-1)^(l+m+n): cos cos = a + e b, sin sin = a - e b,
 * sin cos = c + e d, cos sin = e d - c.
 */
export function degreesFromOrders(
  s: usize, spectrum: usize, starts: usize, degrees: i32, m: i32, left: i32, right: i32, channels: i32, batch: i32,
): void {
  move(true, s, spectrum, starts, degrees, m, left, right, channels, batch);
}

/** The transpose of degreesFromOrders. */
export function ordersFromDegrees(
  spectrum: usize, s: usize, starts: usize, degrees: i32, m: i32, left: i32, right: i32, channels: i32, batch: i32,
): void {
  move(false, s, spectrum, starts, degrees, m, left, right, channels, batch);
}

// @ts-ignore: decorator
@inline
function move(
  isForward: bool, s: usize, spectrum: usize, starts: usize, degrees: i32, m: i32, left: i32, right: i32, channels: i32,
  batch: i32,
): void {
  const quarter = batch * channels;
  for (let n = 0; n < right; n++)
    for (let l = max(m, n); l < degrees; l++) {
      const rowsM = min(l, left - 1), rowsN = min(l, right - 1);
      const line = (2 * rowsN + 1) * channels;
      const e: f32 = (l + m + n) & 1 ? -1 : 1;
      let block = at(spectrum, load<i32>(at(starts, l)));
      for (let k = 0; k < batch; k++) {
        const cc = at(block, (rowsM + m) * line + (rowsN + n) * channels);
        const ss = at(block, (rowsM - m) * line + (rowsN - n) * channels);
        const sc = at(block, (rowsM - m) * line + (rowsN + n) * channels);
        const cs = at(block, (rowsM + m) * line + (rowsN - n) * channels);
        const sums = at(s, k * channels);
        if (isForward) toDegree(sums, quarter, e, m, n, cc, ss, sc, cs, channels);
        else fromDegree(sums, quarter, e, m, n, cc, ss, sc, cs, channels);
        block = at(block, (2 * rowsM + 1) * line);
      }
      s = at(s, 4 * quarter);
    }
}

// @ts-ignore: decorator
@inline
function toDegree(
  sums: usize, quarter: i32, e: f32, m: i32, n: i32, cc: usize, ss: usize, sc: usize, cs: usize, channels: i32,
): void {
  for (let i = 0; i < channels; i++) {
    const a = load<f32>(at(sums, i)), c = load<f32>(at(sums, i + quarter));
    const b = e * load<f32>(at(sums, i + 2 * quarter)), d = e * load<f32>(at(sums, i + 3 * quarter));
    if (m > 0) store<f32>(at(sc, i), c + d);
    if (n > 0) store<f32>(at(cs, i), d - c);
    if (m > 0 && n > 0) store<f32>(at(ss, i), a - b);
    store<f32>(at(cc, i), a + b);
  }
}

// @ts-ignore: decorator
@inline
function fromDegree(
  sums: usize, quarter: i32, e: f32, m: i32, n: i32, cc: usize, ss: usize, sc: usize, cs: usize, channels: i32,
): void {
  for (let i = 0; i < channels; i++) {
    const x = load<f32>(at(cc, i));
    const y: f32 = m > 0 && n > 0 ? load<f32>(at(ss, i)) : 0;
    const z: f32 = m > 0 ? load<f32>(at(sc, i)) : 0;
    const u: f32 = n > 0 ? load<f32>(at(cs, i)) : 0;
    store<f32>(at(sums, i), x + y);
    store<f32>(at(sums, i + quarter), z - u);
    store<f32>(at(sums, i + 2 * quarter), e * (x - y));
    store<f32>(at(sums, i + 3 * quarter), e * (z + u));
  }
}
