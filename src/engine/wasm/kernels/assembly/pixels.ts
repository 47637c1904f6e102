// Rows of pixels [columns, channels] picked from another row by an index each: nearest-neighbour resizing.

// out[i] = row[index[i]]
export function gatherPixels(row: usize, index: usize, count: i32, channels: i32, out: usize): void {
  const pixel = <usize>channels * 4;
  for (let i = 0; i < count; i++, out += pixel) {
    const source = row + <usize>load<i32>(index + 4 * <usize>i) * pixel;
    let c: usize = 0;
    for (; c + 16 <= pixel; c += 16) v128.store(out + c, v128.load(source + c));
    for (; c < pixel; c += 4) store<f32>(out + c, load<f32>(source + c));
  }
}

// row[index[i]] += gradient[i]
export function scatterPixels(row: usize, index: usize, count: i32, channels: i32, gradient: usize): void {
  const pixel = <usize>channels * 4;
  for (let i = 0; i < count; i++, gradient += pixel) {
    const target = row + <usize>load<i32>(index + 4 * <usize>i) * pixel;
    let c: usize = 0;
    for (; c + 16 <= pixel; c += 16)
      v128.store(target + c, f32x4.add(v128.load(target + c), v128.load(gradient + c)));
    for (; c < pixel; c += 4) store<f32>(target + c, load<f32>(target + c) + load<f32>(gradient + c));
  }
}
