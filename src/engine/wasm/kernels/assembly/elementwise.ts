// Passes over grid maps [points][channels]; pointers are bytes, sizes are floats.

/** y += bias, then max(y, 0) if `relu`; in place. */
export function addBias(y: usize, bias: usize, points: i32, channels: i32, relu: bool): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < points; i++) {
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      let value = f32x4.add(v128.load(y + 4 * c), v128.load(bias + 4 * c));
      if (relu) value = f32x4.max(value, zero);
      v128.store(y + 4 * c, value);
    }
    for (; c < channels; c++) {
      const value = load<f32>(y + 4 * c) + load<f32>(bias + 4 * c);
      store<f32>(y + 4 * c, relu && value < 0 ? 0 : value);
    }
    y += 4 * channels;
  }
}

/** out = a + b, then max(out, 0) if `relu`. */
export function add(a: usize, b: usize, size: i32, out: usize, relu: bool): void {
  const least = f32x4.splat(relu ? 0 : -Infinity);
  const end = a + 4 * <usize>size;
  for (; a + 16 <= end; a += 16, b += 16, out += 16)
    v128.store(out, f32x4.pmax(f32x4.add(v128.load(a), v128.load(b)), least));
  for (; a < end; a += 4, b += 4, out += 4) {
    const sum = load<f32>(a) + load<f32>(b);
    store<f32>(out, relu && sum < 0 ? 0 : sum);
  }
}

/** out = gradient where y > 0, else 0: the derivative of ReLU, from its output. */
export function maskPositive(gradient: usize, y: usize, out: usize, size: i32): void {
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= size; i += 4) {
    v128.store(out, v128.and(v128.load(gradient), f32x4.gt(v128.load(y), zero)));
    gradient += 16;
    y += 16;
    out += 16;
  }
  for (; i < size; i++) {
    store<f32>(out, load<f32>(y) > 0 ? load<f32>(gradient) : 0);
    gradient += 4;
    y += 4;
    out += 4;
  }
}

/** Zeros. */
export function clear(out: usize, size: i32): void {
  memory.fill(out, 0, 4 * <usize>size);
}

/** out [times][size] = x [size], again and again. */
export function repeat(x: usize, size: i32, times: i32, out: usize): void {
  const bytes = <usize>size << 2;
  for (let i = 0; i < times; i++, out += bytes) memory.copy(out, x, bytes);
}
