import * as tf from '@tensorflow/tfjs';
import { type WasmHeap, wasmHeap } from '../heap';
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
  const plan = planPatches(heap, info);
  const dx = heap.output(info.inShape);
  const buffer = patchBuffer(heap, plan);
  const [pdx, pdy, pf] = [heap.pointer(dx), heap.pointer(dy), heap.pointer(filter)];
  const { outChannels } = info;
  if (plan.kind !== 'none') fillZero(heap, pdx, tf.util.sizeFromShape(info.inShape));
  forEachChunk(info, plan, (chunk) => {
    const target = plan.kind === 'none' ? pdx + chunk.image : buffer;
    if (plan.kind === 'rows') fillZero(heap, buffer, plan.rows * plan.width);
    plan.taps.forEach((tap, t) => {
      const rows = target + 4 * tap * plan.width;
      const filterRows = pf + 4 * t * plan.width * outChannels;
      const keep = plan.kind === 'rows' ? 1 : 0;
      const [m, n, k] = [chunk.pixels, plan.width, outChannels];
      heap.gemm.sgemm(false, true, m, n, k, 1, pdy + chunk.out, k, filterRows, k, keep, rows, n);
    });
    chunk.each((image, part) => plan.scatter(pdx + image, buffer + part));
  });
  return dx;
};

/** Gradient of conv2d with respect to its filter. */
export const conv2dBackpropFilter: KernelOver = (replaced) => (inputs, attributes) => {
  const { x, dy } = inputs;
  const info = convInfo(x.shape, attributes.filterShape as number[], attributes);
  if (!isCovered(info)) return replaced(inputs, attributes);
  const heap = wasmHeap();
  const plan = planPatches(heap, info);
  const df = heap.output(info.filterShape);
  const buffer = patchBuffer(heap, plan);
  const [px, pdy, pdf] = [heap.pointer(x), heap.pointer(dy), heap.pointer(df)];
  const { outChannels } = info;
  forEachChunk(info, plan, (chunk, index) => {
    chunk.each((image, part) => plan.gather(px + image, buffer + part));
    const source = plan.kind === 'none' ? px + chunk.image : buffer;
    plan.taps.forEach((tap, t) => {
      const rows = source + 4 * tap * plan.width;
      const filterRows = pdf + 4 * t * plan.width * outChannels;
      const [m, n, k] = [plan.width, outChannels, chunk.pixels];
      heap.gemm.sgemm(true, false, m, n, k, 1, rows, m, pdy + chunk.out, n, index ? 1 : 0, filterRows, n);
    });
  });
  return df;
};

function convolve(
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: ConvInfo,
  bias: tf.TensorInfo | undefined,
  activation: unknown,
): tf.TensorInfo {
  const heap = wasmHeap();
  const plan = planPatches(heap, info);
  const out = heap.output(info.outShape);
  const buffer = patchBuffer(heap, plan);
  const [px, pf, py] = [heap.pointer(x), heap.pointer(filter), heap.pointer(out)];
  const { outChannels } = info;
  forEachChunk(info, plan, (chunk) => {
    chunk.each((image, part) => plan.gather(px + image, buffer + part));
    const source = plan.kind === 'none' ? px + chunk.image : buffer;
    plan.taps.forEach((tap, t) => {
      const rows = source + 4 * tap * plan.width;
      const filterRows = pf + 4 * t * plan.width * outChannels;
      const [m, n, k] = [chunk.pixels, outChannels, plan.width];
      heap.gemm.sgemm(false, false, m, n, k, 1, rows, k, filterRows, n, t ? 1 : 0, py + chunk.out, n);
    });
    addBiasAndActivation(heap, py + chunk.out, chunk.pixels, outChannels, bias, activation);
  });
  return out;
}

function patchBuffer(heap: WasmHeap, { kind, together, rows, width }: PatchPlan): number {
  return kind === 'none' ? 0 : heap.scratch('patches', together * rows * width);
}

/** Images that are multiplied at once. Offsets in bytes. */
interface Chunk {
  /** Rows of the product: output pixels of all images of the chunk. */
  pixels: number;
  /** Offset of the first image in x, and of its output in y. */
  image: number;
  out: number;
  /** Visits the images: offset in x, offset in the patch buffer. */
  each(visit: (image: number, part: number) => void): void;
}

function forEachChunk(info: ConvInfo, plan: PatchPlan, visit: (chunk: Chunk, index: number) => void): void {
  const pixels = info.outHeight * info.outWidth;
  const imageBytes = 4 * info.inHeight * info.inWidth * info.inChannels;
  const partBytes = 4 * plan.rows * plan.width;
  for (let first = 0, index = 0; first < info.batchSize; first += plan.together, index++) {
    const count = Math.min(plan.together, info.batchSize - first);
    const each: Chunk['each'] = (visitImage) => {
      for (let i = 0; i < count; i++) visitImage((first + i) * imageBytes, i * partBytes);
    };
    const out = 4 * first * pixels * info.outChannels;
    visit({ pixels: count * pixels, image: first * imageBytes, out, each }, index);
  }
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

function fillZero(heap: WasmHeap, pointer: number, count: number): void {
  heap.floats.fill(0, pointer >>> 2, (pointer >>> 2) + count);
}
