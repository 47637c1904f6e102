// Patches of images in channels-last order, for convolutions as dense products. In that order the part of
// a patch that lies in one row of the image is one run of kernelWidth * channels floats.
// Output row i covers image rows i * strideY - top + 0..kernelHeight-1; columns likewise with strideX, left.

// image [height, width, channels] to patches [outHeight, outWidth, kernelHeight * kernelWidth * channels]
export function gatherPatches(
  image: usize, height: i32, width: i32, channels: i32,
  kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, top: i32, left: i32,
  outHeight: i32, outWidth: i32, patches: usize,
): void {
  const run = kernelWidth * channels;
  for (let oy = 0; oy < outHeight; oy++)
    for (let ox = 0; ox < outWidth; ox++) {
      const x = ox * strideX - left;
      const from = max(0, -x) * channels, to = (min(width, x + kernelWidth) - x) * channels;
      for (let ky = 0; ky < kernelHeight; ky++) {
        const y = oy * strideY - top + ky;
        if (y < 0 || y >= height || from >= to) zero(patches, run);
        else {
          if (from > 0) zero(patches, from);
          const source = image + 4 * <usize>((y * width + x) * channels + from);
          copy(source, to - from, patches + 4 * <usize>from);
          if (to < run) zero(patches + 4 * <usize>to, run - to);
        }
        patches += 4 * <usize>run;
      }
    }
}

// The adjoint of gatherPatches: adds each patch to the image where it was taken from.
export function scatterPatches(
  image: usize, height: i32, width: i32, channels: i32,
  kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, top: i32, left: i32,
  outHeight: i32, outWidth: i32, patches: usize,
): void {
  const run = kernelWidth * channels;
  for (let oy = 0; oy < outHeight; oy++)
    for (let ox = 0; ox < outWidth; ox++) {
      const x = ox * strideX - left;
      const from = max(0, -x) * channels, to = (min(width, x + kernelWidth) - x) * channels;
      for (let ky = 0; ky < kernelHeight; ky++) {
        const y = oy * strideY - top + ky;
        if (y >= 0 && y < height && from < to) {
          const target = image + 4 * <usize>((y * width + x) * channels + from);
          accumulate(patches + 4 * <usize>from, to - from, target);
        }
        patches += 4 * <usize>run;
      }
    }
}

// @ts-ignore: decorator
@inline
function zero(out: usize, count: i32): void {
  memory.fill(out, 0, 4 * <usize>count);
}

// @ts-ignore: decorator
@inline
function copy(source: usize, count: i32, out: usize): void {
  const end = source + 4 * <usize>count;
  for (; source + 16 <= end; source += 16, out += 16) v128.store(out, v128.load(source));
  for (; source < end; source += 4, out += 4) store<f32>(out, load<f32>(source));
}

// @ts-ignore: decorator
@inline
function accumulate(source: usize, count: i32, out: usize): void {
  const end = source + 4 * <usize>count;
  for (; source + 16 <= end; source += 16, out += 16)
    v128.store(out, f32x4.add(v128.load(out), v128.load(source)));
  for (; source < end; source += 4, out += 4) store<f32>(out, load<f32>(out) + load<f32>(source));
}
