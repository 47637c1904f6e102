import * as tf from '@tensorflow/tfjs';
import { type WasmHeap, wasmHeap } from '../memory/heap';
import type { Lane } from '../threads/lane';
import { type Range, share } from '../threads/share';
import { addBiasAndActivation, isFusable } from './epilogue';
import type { KernelOver } from './kernel';
import { forEachPart } from './parts';
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
  forEachChunk(heap, info, plan, ({ sgemm, kernels }, chunk, buffer) => {
    if (plan.kind !== 'none' && chunk.row === 0) kernels.clear(pdx + chunk.image, chunk.imageFloats);
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
    chunk.each((image, part) => plan.scatter(kernels, pdx + image, buffer + part, chunk.row));
  });
  return dx;
};

/** Output pixels of all images of which a product is fast: of fewer, most of its time goes to the filter. */
const MANY_PIXELS = 64;

/** Whether all threads share each product, each taking a part of the filter, rather than divide the images. */
function sharesProducts({ batchSize, outHeight, outWidth }: ConvInfo): boolean {
  return batchSize * outHeight * outWidth < MANY_PIXELS;
}

/** The filter as the products of the input's gradient take it: each tap [outChannels, width], or as it is. */
function filterForInput(heap: WasmHeap, filter: number, info: ConvInfo, { taps, width }: PatchPlan) {
  const { outChannels } = info;
  if (sharesProducts(info)) return { pf: filter, isTransposed: false };
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
  const sources: FilterSum = { info, plan, x: heap.pointer(x), dy: heap.pointer(dy) };
  sumByImages(heap, sources, heap.pointer(df));
  return df;
};

/** What the filter's gradient is summed from. */
interface FilterSum {
  info: ConvInfo;
  plan: PatchPlan;
  x: number;
  dy: number;
}

/** Each lane sums over its own images, whose values lie in its core's caches; then the sums are added. */
function sumByImages(heap: WasmHeap, sources: FilterSum, df: number): void {
  const { batchSize, filterShape } = sources.info;
  const size = tf.util.sizeFromShape(filterShape);
  const lanes = sharesProducts(sources.info) ? 1 : Math.min(heap.width, batchSize);
  const sums = Array.from({ length: lanes }, (_, i) => (i ? heap.scratch(`filter sum ${i}`, size) : df));
  heap.parallel(lanes, (lane, i) => addImages(lane, sources, share(batchSize, i, lanes), sums[i]));
  for (const sum of sums.slice(1))
    forEachPart(heap, size, 1, ({ kernels }, [first, end]) =>
      kernels.add(df + 4 * first, sum + 4 * first, end - first, df + 4 * first, false),
    );
}

/** The filter's gradient from a range of images, to `df`. */
function addImages(
  { sgemm, kernels, scratch }: Lane,
  { info, plan, x, dy }: FilterSum,
  [first, end]: Range,
  df: number,
): void {
  const { kind, width, rows, taps } = plan;
  const buffer =
    kind === 'none' ? 0 : scratch('patches', Math.min(plan.together, end - first) * rows * width);
  let keep = 0;
  for (const chunk of chunksOf(info, plan, [first, end])) {
    chunk.each((image, part) => plan.gather(kernels, x + image, buffer + part, chunk.row));
    const source = kind === 'none' ? x + chunk.image : buffer;
    const [m, n, k] = [width, info.outChannels, chunk.pixels];
    taps.forEach((tap, t) => {
      const [from, to] = [source + 4 * tap * m, df + 4 * t * m * n];
      sgemm(true, false, m, n, k, 1, from, m, dy + chunk.out, n, keep, to, n);
    });
    keep = 1;
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
  forEachChunk(heap, info, plan, ({ sgemm, kernels }, chunk, buffer) => {
    chunk.each((image, part) => plan.gather(kernels, px + image, buffer + part, chunk.row));
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

/** Images, or a strip of one, that are multiplied at once. Offsets in bytes. */
interface Chunk {
  /** Rows of the product: output pixels. */
  pixels: number;
  /** First row of output pixels in each image. */
  row: number;
  /** Offset of the first image in x, and of the first pixel in y. */
  image: number;
  out: number;
  /** Input values of all images of the chunk. */
  imageFloats: number;
  /** Visits the images: offset in x, offset in the patch buffer. */
  each(visit: (image: number, part: number) => void): void;
}

/** The chunks of a range of images. */
function* chunksOf(info: ConvInfo, plan: PatchPlan, [start, end]: Range): Generator<Chunk> {
  const { outHeight, outWidth, outChannels } = info;
  const imageFloats = info.inHeight * info.inWidth * info.inChannels;
  for (let first = start; first < end; first += plan.together) {
    const count = Math.min(plan.together, end - first);
    for (let row = 0; row < outHeight; row += plan.strip)
      yield {
        pixels: count * Math.min(plan.strip, outHeight - row) * outWidth,
        row,
        image: 4 * first * imageFloats,
        out: 4 * (first * outHeight + row) * outWidth * outChannels,
        imageFloats: count * imageFloats,
        each: (visit) => {
          for (let i = 0; i < count; i++)
            visit(4 * (first + i) * imageFloats, 4 * i * plan.rows * plan.width);
        },
      };
  }
}

/** Visits the batch in chunks, in parallel, each with a buffer for its patches. */
function forEachChunk(
  heap: WasmHeap,
  info: ConvInfo,
  plan: PatchPlan,
  visit: (lane: Lane, chunk: Chunk, buffer: number) => void,
): void {
  const perLane = sharesProducts(info) ? info.batchSize : Math.ceil(info.batchSize / heap.width);
  const together = Math.min(plan.together, perLane);
  heap.parallel(Math.ceil(info.batchSize / together), (lane, i) => {
    const buffer = plan.kind === 'none' ? 0 : lane.scratch('patches', together * plan.rows * plan.width);
    const first = i * together;
    const images: Range = [first, Math.min(first + together, info.batchSize)];
    for (const chunk of chunksOf(info, plan, images)) visit(lane, chunk, buffer);
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
