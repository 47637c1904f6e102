// Addresses and blocks of float32.

// @ts-ignore: decorator
@inline
export function at(pointer: usize, index: i32): usize {
  return pointer + (<usize>index << 2);
}

export function isRelaxed(): bool {
  return ASC_FEATURE_RELAXED_SIMD;
}

/** sum + x y. With relaxed SIMD it is one instruction, which rounds once. */
// @ts-ignore: decorator
@inline
export function addProduct(sum: v128, x: v128, y: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, y, sum);
  return f32x4.add(sum, f32x4.mul(x, y));
}

/** Four rows of four as columns: the i-th floats of all to target + i step (bytes). */
// @ts-ignore: decorator
@inline
export function storeTransposed(r0: v128, r1: v128, r2: v128, r3: v128, target: usize, step: usize): void {
  const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5), low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7), high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(target, i64x2.shuffle(low01, low23, 0, 2));
  v128.store(target + step, i64x2.shuffle(low01, low23, 1, 3));
  v128.store(target + 2 * step, i64x2.shuffle(high01, high23, 0, 2));
  v128.store(target + 3 * step, i64x2.shuffle(high01, high23, 1, 3));
}
