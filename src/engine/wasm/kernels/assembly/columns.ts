// Row-major matrices [rows, columns]: what is done to each of their columns.

const BLOCK: i32 = 128;

// out[c] = sum of x[r, c] over r, in blocks so that rounding errors do not grow with the number of rows.
export function sumRows(x: usize, rows: i32, columns: i32, out: usize): void {
  memory.fill(out, 0, 4 * <usize>columns);
  const step = <usize>columns * 4;
  for (let first = 0; first < rows; first += BLOCK) {
    const count = min(BLOCK, rows - first);
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      let sum = f32x4.splat(0), source = x + 4 * c;
      for (let r = 0; r < count; r++, source += step) sum = f32x4.add(sum, v128.load(source));
      v128.store(out + 4 * c, f32x4.add(v128.load(out + 4 * c), sum));
    }
    for (; c < columns; c++) {
      let sum: f32 = 0, source = x + 4 * c;
      for (let r = 0; r < count; r++, source += step) sum += load<f32>(source);
      store<f32>(out + 4 * c, load<f32>(out + 4 * c) + sum);
    }
    x += <usize>count * step;
  }
}

// out[s, c] = sum of x[r, c] over the rows r with segment[r] = s; rows of no segment are left out.
export function sumSegments(
  x: usize, rows: i32, columns: i32, segment: usize, segments: i32, out: usize,
): void {
  memory.fill(out, 0, 4 * <usize>segments * columns);
  for (let r = 0; r < rows; r++, x += 4 * <usize>columns) {
    const s = load<i32>(segment + 4 * <usize>r);
    if (s < 0 || s >= segments) continue;
    const target = out + 4 * <usize>s * columns;
    let c = 0;
    for (; c + 4 <= columns; c += 4)
      v128.store(target + 4 * c, f32x4.add(v128.load(target + 4 * c), v128.load(x + 4 * c)));
    for (; c < columns; c++)
      store<f32>(target + 4 * c, load<f32>(target + 4 * c) + load<f32>(x + 4 * c));
  }
}
