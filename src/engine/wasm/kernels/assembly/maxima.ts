// Max pooling as two passes of one step: the largest of `taps` runs of floats that lie `step` floats apart.

// out[i] = max over t of x[i + t * step], index[i] = the first t that attains it (not written if index = 0).
export function maxTaps(x: usize, count: i32, taps: i32, step: i32, out: usize, index: usize): void {
  const stepBytes = <usize>step * 4;
  let i = 0;
  for (; i + 4 <= count; i += 4, x += 16, out += 16) {
    let best = v128.load(x), tap = i32x4.splat(0), source = x;
    if (index) {
      for (let t = 1; t < taps; t++) {
        source += stepBytes;
        const value = v128.load(source);
        const larger = f32x4.gt(value, best);
        best = v128.bitselect(value, best, larger);
        tap = v128.bitselect(i32x4.splat(t), tap, larger);
      }
      v128.store(index + 4 * <usize>i, tap);
    } else
      for (let t = 1; t < taps; t++) {
        source += stepBytes;
        best = f32x4.pmax(best, v128.load(source));
      }
    v128.store(out, best);
  }
  for (; i < count; i++, x += 4, out += 4) {
    let best = load<f32>(x), tap = 0;
    for (let t = 1; t < taps; t++) {
      const value = load<f32>(x + <usize>t * stepBytes);
      if (value > best) { best = value; tap = t; }
    }
    if (index) store<i32>(index + 4 * <usize>i, tap);
    store<f32>(out, best);
  }
}

// dx[tapY * width + x(i, tapX)] += dy: the adjoint of pooling one output row [outWidth, channels] whose
// window starts at `dx`. tapX [kernelHeight, outWidth, channels] are the best columns of each image row,
// tapY [outWidth, channels] the best row.
export function scatterMaxima(
  dx: usize, width: i32, channels: i32, stride: i32, outWidth: i32, tapX: usize, tapY: usize, dy: usize,
): void {
  const rowLength = outWidth * channels;
  for (let ox = 0; ox < outWidth; ox++)
    for (let c = 0; c < channels; c++, dy += 4, tapY += 4) {
      const row = load<i32>(tapY);
      const column = ox * stride + load<i32>(tapX + 4 * <usize>(row * rowLength + ox * channels + c));
      const target = dx + 4 * <usize>((row * width + column) * channels + c);
      store<f32>(target, load<f32>(target) + load<f32>(dy));
    }
}
