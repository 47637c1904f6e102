import * as tf from '@tensorflow/tfjs';
import { type WasmHeap, wasmHeap } from '../memory/heap';
import type { Lane } from '../threads/lane';
import { addBiasAndActivation, isFusable } from './epilogue';
import type { KernelOver } from './kernel';
import { type ConvInfo, type PatchPlan, planPatches } from './patches';

/** x [batch, h, w, in] with filter [kh, kw, in, out]. */
export const conv2d: KernelOver = (replaced) => (inputs, attributes) => {
  const { x, filter } = inputs;
  const info = convInfo(x.shape, filter.shape, attributes);
  if (!isCovered(info)) return replaced(inputs, attributes);
  return convolve(x, filter, info, undefined, 'linear');
};

/** conv2d, then a bias [out] and an activation. */
export const fusedConv2d: KernelOver = (replaced) => (inputs, attributes) => {
  const { x, filter, bias } = inputs;
  const info = convInfo(x.shape, filter.shape, attributes);
  if (!isCovered(info) || !isFusable(attributes.activation, bias, info.outChannels))
    return replaced(inputs, attributes);
  return convolve(x, filter, info, bias, attributes.activation);
};

/** Gradient of conv2d with respect to its input; also the transposed convolution. */
export const conv2dBackpropInput: KernelOver = (replaced) => (inputs, attributes) => {
  const { dy, filter } = inputs;
  const info = convInfo(attributes.inputShape as number[], filter.shape, attributes);
  if (!isCovered(info)) return replaced(inputs, attributes);
  const heap = wasmHeap();
  const plan = planPatches(info);
  const dx = heap.output(info.inShape);
  const [pdx, pdy] = [heap.pointer(dx), heap.pointer(dy)];
  const { outChannels } = info;
  const { pf, isTransposed } = filterForInput(heap, heap.pointer(filter), info, plan);
  forEachChunk(heap, info, plan, ({ sgemm, kernels }, chunk) => {
    const { buffer } = chunk;
    if (plan.kind !== 'none') kernels.clear(pdx + chunk.image, chunk.imageFloats);
    if (plan.kind === 'rows') kernels.clear(buffer, plan.rows * plan.width);
    const target = plan.kind === 'none' ? pdx + chunk.image : buffer;
    plan.taps.forEach((tap, t) => {
      const rows = target + 4 * tap * plan.width;
      const filterRows = pf + 4 * t * plan.width * outChannels;
      const keep = plan.kind === 'rows' ? 1 : 0;
      const [m, n, k] = [chunk.pixels, plan.width, outChannels];
      const ldf = isTransposed ? n : k;
      sgemm(false, !isTransposed, m, n, k, 1, pdy + chunk.out, k, filterRows, ldf, keep, rows, n);
    });
    chunk.each((image, part) => plan.scatter(kernels, pdx + image, buffer + part));
  });
  return dx;
};

/** From so many output pixels on, products with a transposed filter gain more than the transposition costs. */
const WORTH_TRANSPOSING = 64;

/** The filter as the products of the input's gradient take it: each tap [outChannels, width], or as it is. */
function filterForInput(heap: WasmHeap, filter: number, info: ConvInfo, { taps, width }: PatchPlan) {
  const { batchSize, outHeight, outWidth, outChannels } = info;
  if (batchSize * outHeight * outWidth < WORTH_TRANSPOSING) return { pf: filter, isTransposed: false };
  const size = width * outChannels;
  const pf = heap.scratch('transposed filter', taps.length * size);
  heap.parallel(taps.length, ({ kernels }, t) =>
    kernels.transpose(filter + 4 * t * size, width, outChannels, pf + 4 * t * size),
  );
  return { pf, isTransposed: true };
}

/** Gradient of conv2d with respect to its filter. */
export const conv2dBackpropFilter: KernelOver = (replaced) => (inputs, attributes) => {
  const { x, dy } = inputs;
  const info = convInfo(x.shape, attributes.filterShape as number[], attributes);
  if (!isCovered(info)) return replaced(inputs, attributes);
  const heap = wasmHeap();
  const plan = planPatches(info);
  const df = heap.output(info.filterShape);
  const [px, pdy, pdf] = [x, dy, df].map((tensor) => heap.pointer(tensor));
  if (plan.taps.length > 1) sumByTaps(heap, info, plan, px, pdy, pdf);
  else sumByChunks(heap, info, plan, px, pdy, pdf);
  return df;
};

/** Each lane gathers every image and sums some taps: rows of images are cheap to gather twice. */
function sumByTaps(heap: WasmHeap, info: ConvInfo, plan: PatchPlan, px: number, pdy: number, pdf: number) {
  const [m, n, k] = [plan.width, info.outChannels, info.outHeight * info.outWidth];
  const lanes = Math.min(heap.width, plan.taps.length);
  heap.parallel(lanes, ({ sgemm, kernels, scratch }, part) => {
    const buffer = scratch('patches', plan.rows * plan.width);
    for (let image = 0; image < info.batchSize; image++) {
      plan.gather(kernels, px + 4 * image * info.inHeight * info.inWidth * info.inChannels, buffer);
      const gradient = pdy + 4 * image * k * n;
      for (let t = part; t < plan.taps.length; t += lanes) {
        const rows = buffer + 4 * plan.taps[t] * plan.width;
        sgemm(true, false, m, n, k, 1, rows, m, gradient, n, image ? 1 : 0, pdf + 4 * t * m * n, n);
      }
    }
  });
}

/** Many images are gathered at once, by all lanes; one product for all of them. */
function sumByChunks(heap: WasmHeap, info: ConvInfo, plan: PatchPlan, px: number, pdy: number, pdf: number) {
  const [m, n, pixels] = [plan.width, info.outChannels, info.outHeight * info.outWidth];
  const imageBytes = 4 * info.inHeight * info.inWidth * info.inChannels;
  const { together, kind, rows, width } = plan;
  const buffer = kind === 'none' ? 0 : heap.scratch('patches of a chunk', together * rows * width);
  for (let first = 0; first < info.batchSize; first += together) {
    const count = Math.min(together, info.batchSize - first);
    if (kind !== 'none')
      heap.parallel(count, ({ kernels }, i) =>
        plan.gather(kernels, px + (first + i) * imageBytes, buffer + 4 * i * rows * width),
      );
    const source = kind === 'none' ? px + first * imageBytes : buffer;
    const gradient = pdy + 4 * first * pixels * n;
    const k = count * pixels;
    heap.gemm.sgemm(true, false, m, n, k, 1, source, m, gradient, n, first ? 1 : 0, pdf, n);
  }
}

function convolve(
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: ConvInfo,
  bias: tf.TensorInfo | undefined,
  activation: unknown,
): tf.TensorInfo {
  const heap = wasmHeap();
  const plan = planPatches(info);
  const out = heap.output(info.outShape);
  const [px, pf, py] = [heap.pointer(x), heap.pointer(filter), heap.pointer(out)];
  const pb = bias ? heap.pointer(bias) : 0;
  const { outChannels } = info;
  forEachChunk(heap, info, plan, ({ sgemm, kernels }, chunk) => {
    const { buffer } = chunk;
    chunk.each((image, part) => plan.gather(kernels, px + image, buffer + part));
    const source = plan.kind === 'none' ? px + chunk.image : buffer;
    plan.taps.forEach((tap, t) => {
      const rows = source + 4 * tap * plan.width;
      const filterRows = pf + 4 * t * plan.width * outChannels;
      const [m, n, k] = [chunk.pixels, outChannels, plan.width];
      sgemm(false, false, m, n, k, 1, rows, k, filterRows, n, t ? 1 : 0, py + chunk.out, n);
    });
    addBiasAndActivation(kernels, py + chunk.out, chunk.pixels, outChannels, pb, activation);
  });
  return out;
}

/** Images that are multiplied at once. Offsets in bytes. */
interface Chunk {
  /** Rows of the product: output pixels of all images of the chunk. */
  pixels: number;
  /** Offset of the first image in x, and of its output in y. */
  image: number;
  out: number;
  /** Input values of all images of the chunk. */
  imageFloats: number;
  /** Address of the patches. */
  buffer: number;
  /** Visits the images: offset in x, offset in the patch buffer. */
  each(visit: (image: number, part: number) => void): void;
}

/** Visits the batch in chunks, in parallel. */
function forEachChunk(
  heap: WasmHeap,
  info: ConvInfo,
  plan: PatchPlan,
  visit: (lane: Lane, chunk: Chunk) => void,
): void {
  const pixels = info.outHeight * info.outWidth;
  const imageFloats = info.inHeight * info.inWidth * info.inChannels;
  const partBytes = 4 * plan.rows * plan.width;
  const together = Math.min(plan.together, Math.ceil(info.batchSize / heap.width));
  heap.parallel(Math.ceil(info.batchSize / together), (lane, i) => {
    const buffer = plan.kind === 'none' ? 0 : lane.scratch('patches', together * plan.rows * plan.width);
    const first = i * together;
    const count = Math.min(together, info.batchSize - first);
    visit(lane, {
      pixels: count * pixels,
      image: 4 * first * imageFloats,
      out: 4 * first * pixels * info.outChannels,
      imageFloats: count * imageFloats,
      buffer,
      each: (visitImage) => {
        for (let k = 0; k < count; k++) visitImage(4 * (first + k) * imageFloats, k * partBytes);
      },
    });
  });
}

function convInfo(inShape: number[], filterShape: number[], attributes: tf.NamedAttrMap): ConvInfo {
  const { strides, dilations, pad, dimRoundingMode, dataFormat } = attributes;
  return tf.backend_util.computeConv2DInfo(
    inShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides as [number, number],
    (dilations ?? 1) as [number, number],
    pad as 'valid',
    dimRoundingMode as 'floor' | undefined,
    false,
    dataFormat === 'NCHW' ? 'channelsFirst' : 'channelsLast',
  );
}

function isCovered(info: ConvInfo): boolean {
  const isDense = info.dilationHeight === 1 && info.dilationWidth === 1;
  return isDense && info.dataFormat === 'channelsLast' && tf.util.sizeFromShape(info.outShape) > 0;
}
