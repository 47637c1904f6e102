// out[i] = max(0, a[i] + b[i])
export function rectifySum(a: usize, b: usize, count: i32, out: usize): void {
  const zero = f32x4.splat(0);
  const end = a + 4 * <usize>count;
  for (; a + 16 <= end; a += 16, b += 16, out += 16)
    v128.store(out, f32x4.pmax(f32x4.add(v128.load(a), v128.load(b)), zero));
  for (; a < end; a += 4, b += 4, out += 4) {
    const sum = load<f32>(a) + load<f32>(b);
    store<f32>(out, sum < 0 ? 0 : sum);
  }
}
