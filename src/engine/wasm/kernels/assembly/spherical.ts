// Data movement of the SO(3) transforms (see src/transforms/so3.ts). Pointers are bytes, sizes are floats.

// @ts-ignore: decorator
@inline
function at(pointer: usize, index: i32): usize {
  return pointer + (<usize>index << 2);
}

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
          const target = at(w, (m0 * right + n) * plane + inW + c0);
          forwardBlock(at(cosines, offset), at(sines, offset), left, target, right * plane, quarter, ring, opposite);
        }
      } else {
        for (let i = m; i < min(m + 4, left); i++)
          for (let c = 0; c < channels; c++) {
            const offset = inT + c * 2 * left + i;
            const a = load<f32>(at(cosines, offset)), s = load<f32>(at(cosines, offset + left));
            const b = load<f32>(at(sines, offset)), d = load<f32>(at(sines, offset + left));
            const target = at(w, (i * right + n) * plane + inW + c);
            const here = at(target, ring * 4 * quarter), there = at(target, opposite * 4 * quarter);
            store<f32>(here, a - d);
            store<f32>(at(here, quarter), b + s);
            store<f32>(at(there, 2 * quarter), a + d);
            store<f32>(at(there, 3 * quarter), s - b);
          }
      }
    }
  }
}

// Four orders m by four channels. cosines/sines: [C][2M] at (c0, m0).
// @ts-ignore: decorator
@inline
function forwardBlock(
  cosines: usize, sines: usize, left: i32, target: usize, mStride: i32, quarter: i32, ring: i32, opposite: i32,
): void {
  const row = <usize>left << 3;
  const half = <usize>left << 2;
  const a0 = v128.load(cosines), a1 = v128.load(cosines + row), a2 = v128.load(cosines + 2 * row), a3 = v128.load(cosines + 3 * row);
  const d0 = v128.load(sines + half), d1 = v128.load(sines + half + row), d2 = v128.load(sines + half + 2 * row), d3 = v128.load(sines + half + 3 * row);
  const here = at(target, ring * 4 * quarter), there = at(target, opposite * 4 * quarter);
  storeTransposed(f32x4.sub(a0, d0), f32x4.sub(a1, d1), f32x4.sub(a2, d2), f32x4.sub(a3, d3), here, mStride);
  storeTransposed(f32x4.add(a0, d0), f32x4.add(a1, d1), f32x4.add(a2, d2), f32x4.add(a3, d3), at(there, 2 * quarter), mStride);
  const c0 = v128.load(cosines + half), c1 = v128.load(cosines + half + row), c2 = v128.load(cosines + half + 2 * row), c3 = v128.load(cosines + half + 3 * row);
  const b0 = v128.load(sines), b1 = v128.load(sines + row), b2 = v128.load(sines + 2 * row), b3 = v128.load(sines + 3 * row);
  storeTransposed(f32x4.add(b0, c0), f32x4.add(b1, c1), f32x4.add(b2, c2), f32x4.add(b3, c3), at(here, quarter), mStride);
  storeTransposed(f32x4.sub(c0, b0), f32x4.sub(c1, b1), f32x4.sub(c2, b2), f32x4.sub(c3, b3), at(there, 3 * quarter), mStride);
}

// @ts-ignore: decorator
@inline
function storeTransposed(r0: v128, r1: v128, r2: v128, r3: v128, target: usize, stride: i32): void {
  const step = <usize>stride << 2;
  const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5), low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7), high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(target, i64x2.shuffle(low01, low23, 0, 2));
  v128.store(target + step, i64x2.shuffle(low01, low23, 1, 3));
  v128.store(target + 2 * step, i64x2.shuffle(high01, high23, 0, 2));
  v128.store(target + 3 * step, i64x2.shuffle(high01, high23, 1, 3));
}

/** The transpose of ordersFromFourier: A = P1 + Q1, D = Q1 - P1, B = P2 - Q2, C = P2 + Q2. */
export function fourierFromOrders(
  w: usize, t: usize, left: i32, right: i32, channels: i32, batch: i32, rings: i32, ring: i32, opposite: i32,
  samples: i32,
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
          const source = at(w, (m0 * right + n) * plane + inW + c0);
          backwardBlock(source, right * plane, quarter, ring, opposite, at(cosines, offset), at(sines, offset), left);
        }
      } else {
        for (let i = m; i < min(m + 4, left); i++)
          for (let c = 0; c < channels; c++) {
            const offset = inT + c * 2 * left + i;
            const source = at(w, (i * right + n) * plane + inW + c);
            const here = at(source, ring * 4 * quarter), there = at(source, opposite * 4 * quarter);
            const p1 = load<f32>(here), p2 = load<f32>(at(here, quarter));
            const q1 = load<f32>(at(there, 2 * quarter)), q2 = load<f32>(at(there, 3 * quarter));
            store<f32>(at(cosines, offset), p1 + q1);
            store<f32>(at(cosines, offset + left), p2 + q2);
            store<f32>(at(sines, offset), p2 - q2);
            store<f32>(at(sines, offset + left), q1 - p1);
          }
      }
    }
  }
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
  storeRows(f32x4.add(p0, q0), f32x4.add(p1, q1), f32x4.add(p2, q2), f32x4.add(p3, q3), cosines, row);
  storeRows(f32x4.sub(q0, p0), f32x4.sub(q1, p1), f32x4.sub(q2, p2), f32x4.sub(q3, p3), sines + half, row);
  here = at(here, quarter);
  there = at(there, quarter);
  p0 = v128.load(here); p1 = v128.load(here + step); p2 = v128.load(here + 2 * step); p3 = v128.load(here + 3 * step);
  q0 = v128.load(there); q1 = v128.load(there + step); q2 = v128.load(there + 2 * step); q3 = v128.load(there + 3 * step);
  storeRows(f32x4.sub(p0, q0), f32x4.sub(p1, q1), f32x4.sub(p2, q2), f32x4.sub(p3, q3), sines, row);
  storeRows(f32x4.add(p0, q0), f32x4.add(p1, q1), f32x4.add(p2, q2), f32x4.add(p3, q3), cosines + half, row);
}

// Rows are four orders m of four channels; writes four channels (byte distance `step`) of four orders.
// @ts-ignore: decorator
@inline
function storeRows(r0: v128, r1: v128, r2: v128, r3: v128, target: usize, step: usize): void {
  const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5), low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7), high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(target, i64x2.shuffle(low01, low23, 0, 2));
  v128.store(target + step, i64x2.shuffle(low01, low23, 1, 3));
  v128.store(target + 2 * step, i64x2.shuffle(high01, high23, 0, 2));
  v128.store(target + 3 * step, i64x2.shuffle(high01, high23, 1, 3));
}

/**
 * One order m. From s, for each n the sums [degrees - max(m, n)][4][batch][C], to the spectrum's blocks of real
 * harmonics [batch][2 min(l, M-1) + 1][2 min(l, R-1) + 1][C], the block of degree l at starts[l] (floats).
 * With a, c, b, d the four sums and e = (-1)^(l+m+n): cos cos = a + e b, sin sin = a - e b,
 * sin cos = c + e d, cos sin = e d - c.
 */
export function degreesFromOrders(
  s: usize, spectrum: usize, starts: usize, degrees: i32, m: i32, left: i32, right: i32, channels: i32, batch: i32,
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
        const source = at(s, k * channels);
        for (let i = 0; i < channels; i++) {
          const a = load<f32>(at(source, i)), c = load<f32>(at(source, i + quarter));
          const b = e * load<f32>(at(source, i + 2 * quarter)), d = e * load<f32>(at(source, i + 3 * quarter));
          if (m > 0) store<f32>(at(sc, i), c + d);
          if (n > 0) store<f32>(at(cs, i), d - c);
          if (m > 0 && n > 0) store<f32>(at(ss, i), a - b);
          store<f32>(at(cc, i), a + b);
        }
        block = at(block, (2 * rowsM + 1) * line);
      }
      s = at(s, 4 * quarter);
    }
}

/** The transpose of degreesFromOrders. */
export function ordersFromDegrees(
  spectrum: usize, s: usize, starts: usize, degrees: i32, m: i32, left: i32, right: i32, channels: i32, batch: i32,
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
        const target = at(s, k * channels);
        for (let i = 0; i < channels; i++) {
          const x = load<f32>(at(cc, i));
          const y: f32 = m > 0 && n > 0 ? load<f32>(at(ss, i)) : 0;
          const z: f32 = m > 0 ? load<f32>(at(sc, i)) : 0;
          const u: f32 = n > 0 ? load<f32>(at(cs, i)) : 0;
          store<f32>(at(target, i), x + y);
          store<f32>(at(target, i + quarter), z - u);
          store<f32>(at(target, i + 2 * quarter), e * (x - y));
          store<f32>(at(target, i + 3 * quarter), e * (z + u));
        }
        block = at(block, (2 * rowsM + 1) * line);
      }
      s = at(s, 4 * quarter);
    }
}

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
