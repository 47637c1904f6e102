// Transposition of row-major matrices in blocks of 4 by 4.

import { storeTransposed } from './floats';

/** out [columns, rows] = the transpose of x [rows, columns]. */
export function transpose(x: usize, rows: i32, columns: i32, out: usize): void {
  const rowBytes: usize = 4 * <usize>columns, outBytes: usize = 4 * <usize>rows;
  let r = 0;
  for (; r + 4 <= rows; r += 4, x += 4 * rowBytes, out += 16) {
    let source = x, target = out, c = 0;
    for (; c + 4 <= columns; c += 4, source += 16, target += 4 * outBytes) {
      const a = v128.load(source), b = v128.load(source + rowBytes);
      const d = v128.load(source + 2 * rowBytes), e = v128.load(source + 3 * rowBytes);
      storeTransposed(a, b, d, e, target, outBytes);
    }
    for (; c < columns; c++, source += 4, target += outBytes)
      for (let i: usize = 0; i < 4; i++) store<f32>(target + 4 * i, load<f32>(source + i * rowBytes));
  }
  for (; r < rows; r++, x += rowBytes, out += 4)
    for (let c: usize = 0; c < <usize>columns; c++) store<f32>(out + c * outBytes, load<f32>(x + 4 * c));
}
