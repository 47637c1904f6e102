import * as tf from '@tensorflow/tfjs';
import { check } from '../util/check';

/** What a convolution does at the edges: nothing, or goes round in azimuth, the second axis of [beta, alpha]. */
export const paddings = ['valid', 'azimuth'] as const;
export type Padding = (typeof paddings)[number];

/** Columns that go round on the left and on the right so that a convolution makes width / stride of `width`. */
export interface Margins {
  left: number;
  right: number;
}

/** @throws UsageError if the stride does not divide the width, or if the kernel goes round more than once */
export function azimuthMargins(who: string, kernelSize: number, strides: number, width: number): Margins {
  check(width % strides === 0, () => `${who}: a stride of ${strides} does not divide ${width} azimuths`);
  const more = Math.max(kernelSize - strides, 0);
  check(more <= width, () => `${who}: a kernel of ${kernelSize} goes round ${width} azimuths more than once`);
  return { left: Math.floor(more / 2), right: Math.ceil(more / 2) };
}

/** x [batch, beta, alpha, channels] with its last columns once more on the left, its first ones on the right. */
export function padAzimuth(x: tf.Tensor4D, { left, right }: Margins): tf.Tensor4D {
  const width = x.shape[2];
  const parts = [columns(x, width - left, left), x, columns(x, 0, right)];
  return tf.concat(
    parts.filter((part) => part.shape[2] > 0),
    2,
  );
}

/** The adjoint: each column on the left or right is added to the one that it goes round to. */
export function foldAzimuth(x: tf.Tensor4D, { left, right }: Margins): tf.Tensor4D {
  const width = x.shape[2] - left - right;
  const placed = (part: tf.Tensor4D, before: number) =>
    tf.pad4d(part, [
      [0, 0],
      [0, 0],
      [before, width - before - part.shape[2]],
      [0, 0],
    ]);
  const parts = [columns(x, left, width)];
  if (left > 0) parts.push(placed(columns(x, 0, left), width - left));
  if (right > 0) parts.push(placed(columns(x, left + width, right), 0));
  return parts.length === 1 ? parts[0] : tf.addN(parts);
}

function columns(x: tf.Tensor4D, first: number, count: number): tf.Tensor4D {
  return x.slice([0, 0, first, 0], [-1, -1, count, -1]);
}
