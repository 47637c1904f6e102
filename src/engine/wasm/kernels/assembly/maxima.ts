// Max pooling without padding, of one image [height, width, channels], in windows of kernelHeight by kernelWidth: over the
// columns of each window in every row, then over its rows. Pointers are bytes, sizes are floats.

import { at } from './floats';

/** @param scratch [height, outWidth, channels] */
export function poolImage(
  x: usize, height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32,
  outHeight: i32, outWidth: i32, scratch: usize, out: usize,
): void {
  const row = outWidth * channels;
  maxColumns(x, height, width, channels, kernelWidth, strideX, outWidth, scratch, 0);
  for (let y = 0; y < outHeight; y++, out = at(out, row))
    maxTaps(at(scratch, y * strideY * row), row, kernelHeight, row, out, 0);
}

/**
 * The gradient: all of it to the first of the largest values, rows before columns.
 * @param scratch (2 height + 2) rows of [outWidth, channels]
 */
export function unpoolImage(
  x: usize, height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32,
  outHeight: i32, outWidth: i32, scratch: usize, dy: usize, dx: usize,
): void {
  const row = outWidth * channels;
  const columns = at(scratch, height * row), bestRow = at(columns, height * row), largest = at(bestRow, row);
  memory.fill(dx, 0, <usize>(height * width * channels) << 2);
  maxColumns(x, height, width, channels, kernelWidth, strideX, outWidth, scratch, columns);
  for (let y = 0; y < outHeight; y++, dy = at(dy, row)) {
    const first = y * strideY;
    maxTaps(at(scratch, first * row), row, kernelHeight, row, largest, bestRow);
    scatterRow(at(dx, first * width * channels), width, channels, strideX, outWidth, at(columns, first * row), bestRow, dy);
  }
}

// For each row of the image the maxima [outWidth, channels] over the columns of its windows, and which columns, if `index`.
function maxColumns(
  x: usize, height: i32, width: i32, channels: i32, taps: i32, stride: i32, outWidth: i32, maxima: usize, index: usize,
): void {
  for (let y = 0; y < height; y++, x = at(x, width * channels)) {
    if (stride == 1) maxTaps(x, outWidth * channels, taps, channels, maxima, index);
    else
      for (let ox = 0; ox < outWidth; ox++) {
        const to = ox * channels;
        maxTaps(at(x, to * stride), channels, taps, channels, at(maxima, to), index ? at(index, to) : 0);
      }
    maxima = at(maxima, outWidth * channels);
    if (index) index = at(index, outWidth * channels);
  }
}

// The largest of `taps` runs of floats that lie `step` floats apart: out[i] = max over t of x[i + t * step],
// index[i] = the first t that attains it (not written if index = 0).
function maxTaps(x: usize, count: i32, taps: i32, step: i32, out: usize, index: usize): void {
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
function scatterRow(
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
