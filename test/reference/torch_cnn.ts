/**
 * PyTorch's layers as its documentation defines them, in plain loops and float64, channels first. Slow twin of
 * src/layers/down.ts and up.ts.
 */
export interface Map3 {
  channels: number;
  height: number;
  width: number;
  /** [channels, height, width] */
  values: Float64Array;
}

/** Kernel [out, in, size, size] for a convolution, [in, out, size, size] for a transposed one. */
export type TorchKernel = (first: number, second: number, y: number, x: number) => number;

export function emptyMap(channels: number, height: number, width: number): Map3 {
  return { channels, height, width, values: new Float64Array(channels * height * width) };
}

export function at(map: Map3, c: number, y: number, x: number): number {
  return (c * map.height + y) * map.width + x;
}

/** nn.Conv2d(x.channels, out, size, stride) */
export function conv2d(x: Map3, kernel: TorchKernel, bias: number[], size: number, stride: number): Map3 {
  const side = (length: number) => Math.floor((length - size) / stride) + 1;
  const y = emptyMap(bias.length, side(x.height), side(x.width));
  forEachPixel(y, (o, i, j) => {
    let sum = bias[o];
    for (let c = 0; c < x.channels; c++)
      for (let ky = 0; ky < size; ky++)
        for (let kx = 0; kx < size; kx++)
          sum += kernel(o, c, ky, kx) * x.values[at(x, c, i * stride + ky, j * stride + kx)];
    return sum;
  });
  return y;
}

/** nn.ConvTranspose2d(x.channels, out, size, stride, output_padding = outputPadding) */
export function convTranspose2d(
  x: Map3,
  kernel: TorchKernel,
  bias: number[],
  size: number,
  stride: number,
  outputPadding: number,
): Map3 {
  const side = (length: number) => (length - 1) * stride + size + outputPadding;
  const y = emptyMap(bias.length, side(x.height), side(x.width));
  forEachPixel(y, (o) => bias[o]);
  for (let c = 0; c < x.channels; c++)
    for (let i = 0; i < x.height; i++)
      for (let j = 0; j < x.width; j++)
        for (let o = 0; o < bias.length; o++)
          for (let ky = 0; ky < size; ky++)
            for (let kx = 0; kx < size; kx++)
              y.values[at(y, o, i * stride + ky, j * stride + kx)] +=
                kernel(c, o, ky, kx) * x.values[at(x, c, i, j)];
  return y;
}

/** nn.MaxPool2d(size, stride) */
export function maxPool2d(x: Map3, size: number, stride: number): Map3 {
  const side = (length: number) => Math.floor((length - size) / stride) + 1;
  const y = emptyMap(x.channels, side(x.height), side(x.width));
  forEachPixel(y, (c, i, j) => {
    let best = Number.NEGATIVE_INFINITY;
    for (let ky = 0; ky < size; ky++)
      for (let kx = 0; kx < size; kx++)
        best = Math.max(best, x.values[at(x, c, i * stride + ky, j * stride + kx)]);
    return best;
  });
  return y;
}

/** nn.Upsample(size, mode='nearest'), whose scale is a float32 */
export function nearestResize(x: Map3, size: number): Map3 {
  const source = (i: number, length: number) =>
    Math.min(length - 1, Math.floor(Math.fround(i * Math.fround(length / size))));
  const y = emptyMap(x.channels, size, size);
  forEachPixel(y, (c, i, j) => x.values[at(x, c, source(i, x.height), source(j, x.width))]);
  return y;
}

export function add(a: Map3, b: Map3): Map3 {
  return { ...a, values: a.values.map((value, i) => value + b.values[i]) };
}

export function relu(a: Map3): Map3 {
  return { ...a, values: a.values.map((value) => Math.max(0, value)) };
}

function forEachPixel(map: Map3, value: (channel: number, y: number, x: number) => number): void {
  for (let c = 0; c < map.channels; c++)
    for (let y = 0; y < map.height; y++)
      for (let x = 0; x < map.width; x++) map.values[at(map, c, y, x)] = value(c, y, x);
}
