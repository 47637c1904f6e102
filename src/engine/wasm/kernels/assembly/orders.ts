// Between Fourier coefficients and pairs of orders (see src/transforms/so3.ts). Pointers are bytes, sizes are floats.

import { at, storeTransposed } from './floats';

/**
 * Some samples, one ring beta_j: from Fourier coefficients t [2R (nu)][C][2M (mu)] of each, cosines before sines, to
 * w [M (m)][R (n)][2b (beta)][4][batch][C]. With A, B, C, D the cos cos, cos sin, sin cos and sin sin sums
 * of a pair (m, n), ring j gets A - D and B + C, and the opposite ring 2b-1-j gets A + D and C - B.
 * `w` points to the first of these samples; `ring` and `opposite` are the two rings.
 */
export function ordersFromFourier(
  t: usize, w: usize, left: i32, right: i32, channels: i32, batch: i32, rings: i32, ring: i32, opposite: i32,
  samples: i32,
): void {
  move(true, t, w, left, right, channels, batch, rings, ring, opposite, samples);
}

/** The transpose of ordersFromFourier: A = P1 + Q1, D = Q1 - P1, B = P2 - Q2, C = P2 + Q2. */
export function fourierFromOrders(
  w: usize, t: usize, left: i32, right: i32, channels: i32, batch: i32, rings: i32, ring: i32, opposite: i32,
  samples: i32,
): void {
  move(false, t, w, left, right, channels, batch, rings, ring, opposite, samples);
}

// In blocks of four orders m by four channels where there are as many; the last block may repeat some of the one before.
// @ts-ignore: decorator
@inline
function move(
  isForward: bool, t: usize, w: usize, left: i32, right: i32, channels: i32, batch: i32, rings: i32, ring: i32,
  opposite: i32, samples: i32,
): void {
  const quarter = batch * channels;
  const plane = rings * 4 * quarter;
  const tRow = channels * 2 * left;
  const tSample = 2 * right * tRow;
  for (let n = 0; n < right; n++) {
    const cosines = at(t, n * tRow);
    const sines = at(t, (right + n) * tRow);
    for (let m = 0; m < left; m += 4)
      for (let k = 0; k < samples; k++) {
        const inT = k * tSample, inW = k * channels;
        if (left >= 4 && channels >= 4) {
          const m0 = min(m, left - 4);
          for (let c = 0; c < channels; c += 4) {
            const c0 = min(c, channels - 4);
            const offset = inT + c0 * 2 * left + m0;
            const inOrders = at(w, (m0 * right + n) * plane + inW + c0);
            if (isForward)
              forwardBlock(at(cosines, offset), at(sines, offset), left, inOrders, right * plane, quarter, ring, opposite);
            else
              backwardBlock(inOrders, right * plane, quarter, ring, opposite, at(cosines, offset), at(sines, offset), left);
          }
        } else {
          for (let i = m; i < min(m + 4, left); i++)
            for (let c = 0; c < channels; c++) {
              const offset = inT + c * 2 * left + i;
              const inOrders = at(w, (i * right + n) * plane + inW + c);
              const here = at(inOrders, ring * 4 * quarter), there = at(inOrders, opposite * 4 * quarter);
              if (isForward) forwardOne(at(cosines, offset), at(sines, offset), left, here, there, quarter);
              else backwardOne(here, there, quarter, at(cosines, offset), at(sines, offset), left);
            }
        }
      }
  }
}

// @ts-ignore: decorator
@inline
function forwardOne(cosines: usize, sines: usize, left: i32, here: usize, there: usize, quarter: i32): void {
  const a = load<f32>(cosines), s = load<f32>(at(cosines, left));
  const b = load<f32>(sines), d = load<f32>(at(sines, left));
  store<f32>(here, a - d);
  store<f32>(at(here, quarter), b + s);
  store<f32>(at(there, 2 * quarter), a + d);
  store<f32>(at(there, 3 * quarter), s - b);
}

// @ts-ignore: decorator
@inline
function backwardOne(here: usize, there: usize, quarter: i32, cosines: usize, sines: usize, left: i32): void {
  const p1 = load<f32>(here), p2 = load<f32>(at(here, quarter));
  const q1 = load<f32>(at(there, 2 * quarter)), q2 = load<f32>(at(there, 3 * quarter));
  store<f32>(cosines, p1 + q1);
  store<f32>(at(cosines, left), p2 + q2);
  store<f32>(sines, p2 - q2);
  store<f32>(at(sines, left), q1 - p1);
}

// Four orders m by four channels. cosines/sines: [C][2M] at (c0, m0).
// @ts-ignore: decorator
@inline
function forwardBlock(
  cosines: usize, sines: usize, left: i32, target: usize, mStride: i32, quarter: i32, ring: i32, opposite: i32,
): void {
  const row = <usize>left << 3;
  const half = <usize>left << 2;
  const step = <usize>mStride << 2;
  const a0 = v128.load(cosines), a1 = v128.load(cosines + row), a2 = v128.load(cosines + 2 * row), a3 = v128.load(cosines + 3 * row);
  const d0 = v128.load(sines + half), d1 = v128.load(sines + half + row), d2 = v128.load(sines + half + 2 * row), d3 = v128.load(sines + half + 3 * row);
  const here = at(target, ring * 4 * quarter), there = at(target, opposite * 4 * quarter);
  storeTransposed(f32x4.sub(a0, d0), f32x4.sub(a1, d1), f32x4.sub(a2, d2), f32x4.sub(a3, d3), here, step);
  storeTransposed(f32x4.add(a0, d0), f32x4.add(a1, d1), f32x4.add(a2, d2), f32x4.add(a3, d3), at(there, 2 * quarter), step);
  const c0 = v128.load(cosines + half), c1 = v128.load(cosines + half + row), c2 = v128.load(cosines + half + 2 * row), c3 = v128.load(cosines + half + 3 * row);
  const b0 = v128.load(sines), b1 = v128.load(sines + row), b2 = v128.load(sines + 2 * row), b3 = v128.load(sines + 3 * row);
  storeTransposed(f32x4.add(b0, c0), f32x4.add(b1, c1), f32x4.add(b2, c2), f32x4.add(b3, c3), at(here, quarter), step);
  storeTransposed(f32x4.sub(c0, b0), f32x4.sub(c1, b1), f32x4.sub(c2, b2), f32x4.sub(c3, b3), at(there, 3 * quarter), step);
}

// @ts-ignore: decorator
@inline
function backwardBlock(
  source: usize, mStride: i32, quarter: i32, ring: i32, opposite: i32, cosines: usize, sines: usize, left: i32,
): void {
  const step = <usize>mStride << 2;
  const row = <usize>left << 3;
  const half = <usize>left << 2;
  let here = at(source, ring * 4 * quarter), there = at(source, opposite * 4 * quarter + 2 * quarter);
  let p0 = v128.load(here), p1 = v128.load(here + step), p2 = v128.load(here + 2 * step), p3 = v128.load(here + 3 * step);
  let q0 = v128.load(there), q1 = v128.load(there + step), q2 = v128.load(there + 2 * step), q3 = v128.load(there + 3 * step);
  storeTransposed(f32x4.add(p0, q0), f32x4.add(p1, q1), f32x4.add(p2, q2), f32x4.add(p3, q3), cosines, row);
  storeTransposed(f32x4.sub(q0, p0), f32x4.sub(q1, p1), f32x4.sub(q2, p2), f32x4.sub(q3, p3), sines + half, row);
  here = at(here, quarter);
  there = at(there, quarter);
  p0 = v128.load(here); p1 = v128.load(here + step); p2 = v128.load(here + 2 * step); p3 = v128.load(here + 3 * step);
  q0 = v128.load(there); q1 = v128.load(there + step); q2 = v128.load(there + 2 * step); q3 = v128.load(there + 3 * step);
  storeTransposed(f32x4.sub(p0, q0), f32x4.sub(p1, q1), f32x4.sub(p2, q2), f32x4.sub(p3, q3), sines, row);
  storeTransposed(f32x4.add(p0, q0), f32x4.add(p1, q1), f32x4.add(p2, q2), f32x4.add(p3, q3), cosines + half, row);
}
