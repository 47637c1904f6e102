// Nearest-neighbour resizing of an image [height, width, channels]: each pixel of the target [targetHeight, targetWidth,
// channels] has its source's row and column in tables.

// target[y, x] = image[rowOf[y], columnOf[x]]
export function gatherPixels(
  image: usize, width: i32, channels: i32, rowOf: usize, columnOf: usize, targetHeight: i32, targetWidth: i32, target: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let y = 0; y < targetHeight; y++) {
    const row = image + <usize>load<i32>(rowOf + 4 * <usize>y) * width * pixel;
    for (let x = 0; x < targetWidth; x++, target += pixel) {
      const source = row + <usize>load<i32>(columnOf + 4 * <usize>x) * pixel;
      let c: usize = 0;
      for (; c + 16 <= pixel; c += 16) v128.store(target + c, v128.load(source + c));
      for (; c < pixel; c += 4) store<f32>(target + c, load<f32>(source + c));
    }
  }
}

// image[rowOf[y], columnOf[x]] = the sum of target[y, x] over its copies
export function scatterPixels(
  image: usize, width: i32, channels: i32, rowOf: usize, columnOf: usize, targetHeight: i32, targetWidth: i32, target: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let y = 0; y < targetHeight; y++) {
    const row = image + <usize>load<i32>(rowOf + 4 * <usize>y) * width * pixel;
    for (let x = 0; x < targetWidth; x++, target += pixel) {
      const sum = row + <usize>load<i32>(columnOf + 4 * <usize>x) * pixel;
      let c: usize = 0;
      for (; c + 16 <= pixel; c += 16) v128.store(sum + c, f32x4.add(v128.load(sum + c), v128.load(target + c)));
      for (; c < pixel; c += 4) store<f32>(sum + c, load<f32>(sum + c) + load<f32>(target + c));
    }
  }
}
