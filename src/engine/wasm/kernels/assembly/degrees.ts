// Between pairs of orders and the spectrum's degrees (see src/transforms/so3.ts and s2.ts), for `count` samples of a batch
// from the sample `first` on. Pointers are bytes, sizes are floats.

import { at } from './floats';

/**
 * One order m. From s, for each n the sums [degrees - max(m, n)][4][count][C], to the spectrum's blocks of real
 * harmonics [batch][2 min(l, M-1) + 1][2 min(l, R-1) + 1][C], the block of degree l at starts[l] (floats).
 * With a, c, b, d the four sums and e = (-1)^(l+m+n): cos cos = a + e b, sin sin = a - e b,
 * sin cos = c + e d, cos sin = e d - c.
 */
export function degreesFromOrders(
  s: usize, spectrum: usize, starts: usize, degrees: i32, m: i32, left: i32, right: i32, channels: i32, first: i32,
  count: i32,
): void {
  move(true, s, spectrum, starts, degrees, m, left, right, channels, first, count);
}

/** The transpose of degreesFromOrders. */
export function ordersFromDegrees(
  spectrum: usize, s: usize, starts: usize, degrees: i32, m: i32, left: i32, right: i32, channels: i32, first: i32,
  count: i32,
): void {
  move(false, s, spectrum, starts, degrees, m, left, right, channels, first, count);
}

/**
 * One order m on the sphere. From s, the sums [degrees - m][cos, sin][count][C], to the spectrum's blocks of real harmonics
 * [batch][2 min(l, M-1) + 1][C].
 */
export function sphereDegreesFromOrders(
  s: usize, spectrum: usize, starts: usize, degrees: i32, m: i32, left: i32, channels: i32, first: i32, count: i32,
): void {
  for (let l = m; l < degrees; l++) {
    const rows = min(l, left - 1);
    const line = (2 * rows + 1) * channels;
    for (let k = 0; k < count; k++, s = at(s, channels)) {
      const centre = at(spectrum, load<i32>(at(starts, l)) + (first + k) * line + rows * channels);
      memory.copy(at(centre, m * channels), s, <usize>channels << 2);
      if (m > 0) memory.copy(at(centre, -m * channels), at(s, count * channels), <usize>channels << 2);
    }
    s = at(s, count * channels);
  }
}

/** The transpose of sphereDegreesFromOrders. */
export function sphereOrdersFromDegrees(
  spectrum: usize, s: usize, starts: usize, degrees: i32, m: i32, left: i32, channels: i32, first: i32, count: i32,
): void {
  for (let l = m; l < degrees; l++) {
    const rows = min(l, left - 1);
    const line = (2 * rows + 1) * channels;
    for (let k = 0; k < count; k++, s = at(s, channels)) {
      const centre = at(spectrum, load<i32>(at(starts, l)) + (first + k) * line + rows * channels);
      memory.copy(s, at(centre, m * channels), <usize>channels << 2);
      if (m > 0) memory.copy(at(s, count * channels), at(centre, -m * channels), <usize>channels << 2);
      else memory.fill(at(s, count * channels), 0, <usize>channels << 2);
    }
    s = at(s, count * channels);
  }
}

// @ts-ignore: decorator
@inline
function move(
  isForward: bool, s: usize, spectrum: usize, starts: usize, degrees: i32, m: i32, left: i32, right: i32, channels: i32,
  first: i32, count: i32,
): void {
  const quarter = count * channels;
  for (let n = 0; n < right; n++)
    for (let l = max(m, n); l < degrees; l++) {
      const rowsM = min(l, left - 1), rowsN = min(l, right - 1);
      const line = (2 * rowsN + 1) * channels;
      const size = (2 * rowsM + 1) * line;
      const e: f32 = (l + m + n) & 1 ? -1 : 1;
      let block = at(spectrum, load<i32>(at(starts, l)) + first * size);
      for (let k = 0; k < count; k++) {
        const cc = at(block, (rowsM + m) * line + (rowsN + n) * channels);
        const ss = at(block, (rowsM - m) * line + (rowsN - n) * channels);
        const sc = at(block, (rowsM - m) * line + (rowsN + n) * channels);
        const cs = at(block, (rowsM + m) * line + (rowsN - n) * channels);
        const sums = at(s, k * channels);
        let i = 0;
        if (channels >= 4)
          for (; i < channels; i += 4) {
            const i0 = min(i, channels - 4); // the last vector may repeat some of the one before
            if (isForward) toDegree(at(sums, i0), quarter, e, m, n, at(cc, i0), at(ss, i0), at(sc, i0), at(cs, i0));
            else fromDegree(at(sums, i0), quarter, e, m, n, at(cc, i0), at(ss, i0), at(sc, i0), at(cs, i0));
          }
        for (; i < channels; i++) {
          if (isForward) toDegreeOne(at(sums, i), quarter, e, m, n, at(cc, i), at(ss, i), at(sc, i), at(cs, i));
          else fromDegreeOne(at(sums, i), quarter, e, m, n, at(cc, i), at(ss, i), at(sc, i), at(cs, i));
        }
        block = at(block, size);
      }
      s = at(s, 4 * quarter);
    }
}

// Four channels.
// @ts-ignore: decorator
@inline
function toDegree(
  sums: usize, quarter: i32, e: f32, m: i32, n: i32, cc: usize, ss: usize, sc: usize, cs: usize,
): void {
  const sign = f32x4.splat(e);
  const a = v128.load(sums), c = v128.load(at(sums, quarter));
  const b = f32x4.mul(sign, v128.load(at(sums, 2 * quarter))), d = f32x4.mul(sign, v128.load(at(sums, 3 * quarter)));
  if (m > 0) v128.store(sc, f32x4.add(c, d));
  if (n > 0) v128.store(cs, f32x4.sub(d, c));
  if (m > 0 && n > 0) v128.store(ss, f32x4.sub(a, b));
  v128.store(cc, f32x4.add(a, b));
}

// @ts-ignore: decorator
@inline
function toDegreeOne(
  sums: usize, quarter: i32, e: f32, m: i32, n: i32, cc: usize, ss: usize, sc: usize, cs: usize,
): void {
  const a = load<f32>(sums), c = load<f32>(at(sums, quarter));
  const b = e * load<f32>(at(sums, 2 * quarter)), d = e * load<f32>(at(sums, 3 * quarter));
  if (m > 0) store<f32>(sc, c + d);
  if (n > 0) store<f32>(cs, d - c);
  if (m > 0 && n > 0) store<f32>(ss, a - b);
  store<f32>(cc, a + b);
}

// Four channels.
// @ts-ignore: decorator
@inline
function fromDegree(
  sums: usize, quarter: i32, e: f32, m: i32, n: i32, cc: usize, ss: usize, sc: usize, cs: usize,
): void {
  const sign = f32x4.splat(e), zero = f32x4.splat(0);
  const x = v128.load(cc);
  const y = m > 0 && n > 0 ? v128.load(ss) : zero;
  const z = m > 0 ? v128.load(sc) : zero;
  const u = n > 0 ? v128.load(cs) : zero;
  v128.store(sums, f32x4.add(x, y));
  v128.store(at(sums, quarter), f32x4.sub(z, u));
  v128.store(at(sums, 2 * quarter), f32x4.mul(sign, f32x4.sub(x, y)));
  v128.store(at(sums, 3 * quarter), f32x4.mul(sign, f32x4.add(z, u)));
}

// @ts-ignore: decorator
@inline
function fromDegreeOne(
  sums: usize, quarter: i32, e: f32, m: i32, n: i32, cc: usize, ss: usize, sc: usize, cs: usize,
): void {
  const x = load<f32>(cc);
  const y: f32 = m > 0 && n > 0 ? load<f32>(ss) : 0;
  const z: f32 = m > 0 ? load<f32>(sc) : 0;
  const u: f32 = n > 0 ? load<f32>(cs) : 0;
  store<f32>(sums, x + y);
  store<f32>(at(sums, quarter), z - u);
  store<f32>(at(sums, 2 * quarter), e * (x - y));
  store<f32>(at(sums, 3 * quarter), e * (z + u));
}
