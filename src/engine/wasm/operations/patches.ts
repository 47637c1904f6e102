import type { backend_util } from '@tensorflow/tfjs';
import type { Kernels } from '../kernels/kernels';

export type ConvInfo = backend_util.Conv2DInfo;

/**
 * How a convolution becomes dense products. Patches of an image are gathered in a buffer of rows of
 * `width` floats; each tap is one product of `outHeight * outWidth` consecutive rows with `width` rows of
 * the filter [kernelHeight * kernelWidth * inChannels, outChannels].
 *
 * - whole: a row is a whole patch, one tap.
 * - by rows: a row is the part of a patch in one image row, shared by the patches that overlap there; one
 *   tap for each row of the kernel. kernelHeight times less to move. A large image is taken in strips.
 * - none: the image itself is the buffer.
 */
export interface PatchPlan {
  kind: 'none' | 'whole' | 'rows';
  /** Floats of a buffer row. */
  width: number;
  /** Buffer rows of one image. */
  rows: number;
  /** First buffer row of each tap. */
  taps: number[];
  /** Images whose buffers are consecutive, so that one product serves them all. */
  together: number;
  /** Rows of output pixels of an image that are gathered at a time: all, if there are several images. */
  strip: number;
  /** Gathers a strip from row `row` of the output on. */
  gather(kernels: Kernels, image: number, buffer: number, row: number): void;
  /** Adjoint of gather: adds to the image. */
  scatter(kernels: Kernels, image: number, buffer: number, row: number): void;
}

/** Most bytes of a buffer that holds several images. */
const chunkBytes = 2 ** 25;

/** Most bytes of a buffer by rows: each tap reads it again, so it should stay in a core's second cache. */
const stripBytes = 2 ** 19;

/** From this many floats in a kernel's row on, products by rows are deep enough to be fast. */
const deepRow = 32;

/** Of fewer pixels, one product of whole patches of many images is faster than products of each image's rows. */
const manyPixels = 16;

export function planPatches(info: ConvInfo): PatchPlan {
  const { filterHeight, filterWidth, inChannels, outHeight, outWidth } = info;
  const pixels = outHeight * outWidth;
  if (isWholeImage(info)) {
    const width = filterHeight * filterWidth * inChannels;
    const nothing = () => {};
    return {
      kind: 'none',
      width,
      rows: pixels,
      taps: [0],
      together: info.batchSize,
      strip: outHeight,
      gather: nothing,
      scatter: nothing,
    };
  }
  const isDeep = filterHeight > 1 && filterWidth * inChannels >= deepRow;
  if (isDeep && pixels >= manyPixels) return planRows(info);
  const width = filterHeight * filterWidth * inChannels;
  const move = patchMover(info, filterHeight, info.strideHeight, [[info.padInfo.top, outHeight, 0]]);
  const together = Math.min(info.batchSize, Math.max(1, Math.floor(chunkBytes / (4 * pixels * width))));
  return { kind: 'whole', width, rows: pixels, taps: [0], together, strip: outHeight, ...move };
}

/** Image rows y and y + stride are neighbours in the buffer, so that each tap's rows are consecutive. */
function planRows(info: ConvInfo): PatchPlan {
  const { filterHeight, strideHeight, outHeight, outWidth, padInfo } = info;
  const width = info.filterWidth * info.inChannels;
  const fitting = Math.floor(stripBytes / (4 * outWidth * width)); // rows of the buffer
  const strips = Math.ceil(
    outHeight / Math.max(Math.floor(fitting / strideHeight) - filterHeight, filterHeight),
  );
  const strip = Math.ceil(outHeight / strips);
  const parts: [top: number, count: number, first: number][] = [];
  let first = 0;
  for (let phase = 0; phase < Math.min(strideHeight, filterHeight); phase++) {
    const count = strip + Math.floor((filterHeight - 1 - phase) / strideHeight);
    parts.push([padInfo.top - phase, count, first]);
    first += count * outWidth;
  }
  const taps = Array.from(
    { length: filterHeight },
    (_, ky) => parts[ky % strideHeight][2] + Math.floor(ky / strideHeight) * outWidth,
  );
  return {
    kind: 'rows',
    width,
    rows: first,
    taps,
    together: 1,
    strip,
    ...patchMover(info, 1, strideHeight, parts),
  };
}

/** Gather and scatter of an image whose buffer has several parts: padding above, rows of patches, first row. */
function patchMover(
  info: ConvInfo,
  kernelHeight: number,
  strideY: number,
  parts: [top: number, count: number, first: number][],
): Pick<PatchPlan, 'gather' | 'scatter'> {
  const { inHeight, inWidth, inChannels, filterWidth, strideHeight, strideWidth, outWidth, padInfo } = info;
  const bytes = 4 * kernelHeight * filterWidth * inChannels;
  const mover =
    (name: 'gatherPatches' | 'scatterPatches') =>
    (kernels: Kernels, image: number, buffer: number, row: number) => {
      for (const [top, count, first] of parts)
        kernels[name](
          image,
          inHeight,
          inWidth,
          inChannels,
          kernelHeight,
          filterWidth,
          strideY,
          strideWidth,
          top - row * strideHeight,
          padInfo.left,
          count,
          outWidth,
          buffer + first * bytes,
        );
    };
  return { gather: mover('gatherPatches'), scatter: mover('scatterPatches') };
}

/** Kernels of one pixel at stride 1, and kernels as large as the image. */
function isWholeImage(info: ConvInfo): boolean {
  const { inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth, padInfo } = info;
  const isPixel = filterHeight === 1 && filterWidth === 1 && outHeight === inHeight && outWidth === inWidth;
  const isImage = filterHeight === inHeight && filterWidth === inWidth && outHeight * outWidth === 1;
  return padInfo.top + padInfo.left === 0 && (isPixel || isImage);
}
