// The last pass of the SO(3) synthesis and the first of its gradient, for one ring of one sample: y [size][columns], size
// angles alpha, columns = size x channels. Which values ReLU lets through is kept as bits, [size] rows of whole bytes.

// @ts-ignore: decorator
@inline
function bytesOf(columns: i32): usize {
  return <usize>((columns + 7) >> 3);
}

/**
 * y = the transpose of t [columns][size], plus a bias for each column if `bias` is not 0; then, if `mask` is not 0,
 * negative values become 0 and the bits of the others are set there, NaN's among them. size >= 2; columns >= size.
 */
export function finishRing(t: usize, y: usize, size: i32, columns: i32, bias: usize, mask: usize): void {
  const tRow: usize = 4 * <usize>size, yRow: usize = 4 * <usize>columns, maskRow = bytesOf(columns);
  let c = 0;
  if (size >= 4)
    for (; c + 8 <= columns; c += 8) {
      const low = bias ? v128.load(bias + 4 * <usize>c) : f32x4.splat(0);
      const high = bias ? v128.load(bias + 4 * <usize>c + 16) : f32x4.splat(0);
      for (let a = 0; a < size; a += 4) {
        const first = <usize>min(a, size - 4); // the last block may repeat some of the one before
        const from = t + <usize>c * tRow + 4 * first;
        const to = y + first * yRow + 4 * <usize>c;
        const bits = mask ? mask + first * maskRow + <usize>(c >> 3) : 0;
        finishBlock(from, tRow, to, yRow, low, high, bits, maskRow);
      }
    }
  for (; c < columns; c++) {
    const add: f32 = bias ? load<f32>(bias + 4 * <usize>c) : 0;
    for (let a = 0; a < size; a++) {
      const value = load<f32>(t + <usize>c * tRow + 4 * <usize>a) + add;
      const isKept = !mask || !(value <= 0);
      store<f32>(y + <usize>a * yRow + 4 * <usize>c, isKept ? value : 0);
      if (mask) setBit(mask + <usize>a * maskRow, c, isKept);
    }
  }
}

// Eight columns at four angles.
// @ts-ignore: decorator
@inline
function finishBlock(
  t: usize, tRow: usize, y: usize, yRow: usize, low: v128, high: v128, mask: usize, maskRow: usize,
): void {
  const a = v128.load(t), b = v128.load(t + tRow), c = v128.load(t + 2 * tRow), d = v128.load(t + 3 * tRow);
  t += 4 * tRow;
  const e = v128.load(t), f = v128.load(t + tRow), g = v128.load(t + 2 * tRow), h = v128.load(t + 3 * tRow);
  const ab = i32x4.shuffle(a, b, 0, 4, 1, 5), cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const ef = i32x4.shuffle(e, f, 0, 4, 1, 5), gh = i32x4.shuffle(g, h, 0, 4, 1, 5);
  finishEight(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ef, gh, 0, 2), low, high, y, mask);
  finishEight(i64x2.shuffle(ab, cd, 1, 3), i64x2.shuffle(ef, gh, 1, 3), low, high, y + yRow, mask ? mask + maskRow : 0);
  const ab2 = i32x4.shuffle(a, b, 2, 6, 3, 7), cd2 = i32x4.shuffle(c, d, 2, 6, 3, 7);
  const ef2 = i32x4.shuffle(e, f, 2, 6, 3, 7), gh2 = i32x4.shuffle(g, h, 2, 6, 3, 7);
  y += 2 * yRow;
  mask = mask ? mask + 2 * maskRow : 0;
  finishEight(i64x2.shuffle(ab2, cd2, 0, 2), i64x2.shuffle(ef2, gh2, 0, 2), low, high, y, mask);
  finishEight(i64x2.shuffle(ab2, cd2, 1, 3), i64x2.shuffle(ef2, gh2, 1, 3), low, high, y + yRow, mask ? mask + maskRow : 0);
}

// @ts-ignore: decorator
@inline
function finishEight(left: v128, right: v128, low: v128, high: v128, y: usize, mask: usize): void {
  left = f32x4.add(left, low);
  right = f32x4.add(right, high);
  if (mask) {
    const zero = f32x4.splat(0);
    const keepLeft = v128.not(f32x4.le(left, zero)), keepRight = v128.not(f32x4.le(right, zero));
    left = v128.and(left, keepLeft);
    right = v128.and(right, keepRight);
    store<u8>(mask, i32x4.bitmask(keepLeft) | (i32x4.bitmask(keepRight) << 4));
  }
  v128.store(y, left);
  v128.store(y, right, 16);
}

// @ts-ignore: decorator
@inline
function setBit(row: usize, column: i32, bit: bool): void {
  const byte = row + <usize>(column >> 3);
  const place = column & 7;
  const others = place == 0 ? 0 : load<u8>(byte) & ((1 << place) - 1); // bits come in their order
  store<u8>(byte, others | (<u32>bit << place));
}

/** out = gradient where the mask of finishRing has a bit, else 0; both [size][columns]. */
export function maskRing(gradient: usize, mask: usize, out: usize, size: i32, columns: i32): void {
  const lowBits = i32x4(1, 2, 4, 8), highBits = i32x4(16, 32, 64, 128);
  const zero = i32x4.splat(0);
  for (let a = 0; a < size; a++) {
    let c = 0;
    for (; c + 8 <= columns; c += 8, mask++, gradient += 32, out += 32) {
      const bits = i32x4.splat(load<u8>(mask));
      v128.store(out, v128.and(v128.load(gradient), i32x4.ne(v128.and(bits, lowBits), zero)));
      v128.store(out, v128.and(v128.load(gradient, 16), i32x4.ne(v128.and(bits, highBits), zero)), 16);
    }
    if (c == columns) continue;
    const bits = <u32>load<u8>(mask++);
    for (let place = 0; c < columns; c++, place++, gradient += 4, out += 4)
      store<f32>(out, (bits >> place) & 1 ? load<f32>(gradient) : 0);
  }
}
