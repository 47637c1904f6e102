// C = alpha op(A) op(B) + beta C by packed panels and a 6x8 micro-kernel (Goto and van de Geijn 2008).
// Strides in floats: element (i, p) of op(A) is a[i * rowA + p * columnA]. `panel` is scratch memory of
// panelBytes() bytes.

import { addProduct } from './floats';

const MR: i32 = 6;
const NR: i32 = 8;
const MC: i32 = 96;
const KC: i32 = 256;
const NC: i32 = 1024;

export function panelBytes(): i32 {
  return 4 * (MC * KC + KC * NC + MR * NR);
}

export function sgemm(
  m: i32, n: i32, k: i32, alpha: f32,
  a: usize, rowA: i32, columnA: i32,
  b: usize, rowB: i32, columnB: i32,
  beta: f32, c: usize, ldc: i32, panel: usize,
): void {
  const packedA = panel;
  const packedB = panel + 4 * MC * KC;
  const tile = packedB + 4 * KC * NC;
  for (let jc = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc);
    for (let pc = 0; pc < k; pc += KC) {
      const kc = min(KC, k - pc);
      packColumns(b + 4 * (<usize>pc * rowB + <usize>jc * columnB), rowB, columnB, kc, nc, packedB);
      const betaHere: f32 = pc == 0 ? beta : 1;
      for (let ic = 0; ic < m; ic += MC) {
        const mc = min(MC, m - ic);
        packRows(a + 4 * (<usize>ic * rowA + <usize>pc * columnA), rowA, columnA, mc, kc, packedA);
        for (let j = 0; j < nc; j += NR) {
          for (let i = 0; i < mc; i += MR) {
            const target = c + 4 * (<usize>(ic + i) * ldc + jc + j);
            const pa = packedA + 4 * (<usize>i * kc);
            const pb = packedB + 4 * (<usize>j * kc);
            if (mc - i >= MR && nc - j >= NR) microKernel(kc, pa, pb, alpha, betaHere, target, ldc);
            else {
              microKernel(kc, pa, pb, alpha, 0, tile, NR);
              addTile(tile, min(MR, mc - i), min(NR, nc - j), betaHere, target, ldc);
            }
          }
        }
      }
    }
  }
}

// Panels of MR rows, each [k][MR]; rows past m are zero.
function packRows(a: usize, row: i32, column: i32, m: i32, k: i32, out: usize): void {
  for (let i = 0; i < m; i += MR) {
    const rows = min(MR, m - i);
    for (let p = 0; p < k; p++) {
      const source = a + 4 * (<usize>i * row + <usize>p * column);
      for (let r = 0; r < MR; r++) {
        store<f32>(out, r < rows ? load<f32>(source + 4 * (<usize>r * row)) : 0);
        out += 4;
      }
    }
  }
}

// Panels of NR columns, each [k][NR]; columns past n are zero.
function packColumns(b: usize, row: i32, column: i32, k: i32, n: i32, out: usize): void {
  for (let j = 0; j < n; j += NR) {
    const columns = min(NR, n - j);
    for (let p = 0; p < k; p++) {
      const source = b + 4 * (<usize>p * row + <usize>j * column);
      if (columns == NR && column == 1) {
        v128.store(out, v128.load(source));
        v128.store(out, v128.load(source, 16), 16);
      } else {
        for (let r = 0; r < NR; r++)
          store<f32>(out + 4 * r, r < columns ? load<f32>(source + 4 * (<usize>r * column)) : 0);
      }
      out += 4 * NR;
    }
  }
}

function microKernel(k: i32, a: usize, b: usize, alpha: f32, beta: f32, c: usize, ldc: i32): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    c00 = addProduct(c00, x, b0); c01 = addProduct(c01, x, b1);
    x = v128.load_splat<f32>(a, 4);
    c10 = addProduct(c10, x, b0); c11 = addProduct(c11, x, b1);
    x = v128.load_splat<f32>(a, 8);
    c20 = addProduct(c20, x, b0); c21 = addProduct(c21, x, b1);
    x = v128.load_splat<f32>(a, 12);
    c30 = addProduct(c30, x, b0); c31 = addProduct(c31, x, b1);
    x = v128.load_splat<f32>(a, 16);
    c40 = addProduct(c40, x, b0); c41 = addProduct(c41, x, b1);
    x = v128.load_splat<f32>(a, 20);
    c50 = addProduct(c50, x, b0); c51 = addProduct(c51, x, b1);
    a += 4 * MR;
    b += 4 * NR;
  }
  const scale = f32x4.splat(alpha), keep = f32x4.splat(beta);
  const step = <usize>(4 * ldc);
  writeRow(c, c00, c01, scale, keep, beta); c += step;
  writeRow(c, c10, c11, scale, keep, beta); c += step;
  writeRow(c, c20, c21, scale, keep, beta); c += step;
  writeRow(c, c30, c31, scale, keep, beta); c += step;
  writeRow(c, c40, c41, scale, keep, beta); c += step;
  writeRow(c, c50, c51, scale, keep, beta);
}

// @ts-ignore: decorator
@inline
function writeRow(c: usize, lower: v128, upper: v128, scale: v128, keep: v128, beta: f32): void {
  lower = f32x4.mul(lower, scale);
  upper = f32x4.mul(upper, scale);
  if (beta != 0) {
    lower = addProduct(lower, keep, v128.load(c));
    upper = addProduct(upper, keep, v128.load(c, 16));
  }
  v128.store(c, lower);
  v128.store(c, upper, 16);
}

function addTile(tile: usize, rows: i32, columns: i32, beta: f32, c: usize, ldc: i32): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const target = c + 4 * (<usize>i * ldc + j);
      const value = load<f32>(tile + 4 * (i * NR + j));
      store<f32>(target, beta == 0 ? value : value + beta * load<f32>(target));
    }
}
