import { check } from '../util/check';

/**
 * Which coefficients of a spectrum are kept: degrees l < degrees, and of each degree the orders |m| < left
 * (of alpha) and |n| < right (of gamma). On the sphere right is 1.
 */
export interface Truncation {
  readonly degrees: number;
  readonly left: number;
  readonly right: number;
}

/** All orders of all degrees below `degrees`. */
export function fullTruncation(degrees: number): Truncation {
  return { degrees, left: degrees, right: degrees };
}

/** Number of orders kept of degree l, of those |m| < limit. */
export function ordersOf(l: number, limit: number): number {
  return 2 * Math.min(l, limit - 1) + 1;
}

/**
 * Where the degrees of a spectrum start. The block of degree l is a row-major matrix
 * [batch, orders m, orders n, channels] (a kernel's: [orders p, inputs, orders n, outputs]); `width` is
 * batch x channels (inputs x outputs).
 * @returns degrees + 1 offsets in numbers; the last is the total size
 */
export function blockStarts({ degrees, left, right }: Truncation, width: number): Int32Array {
  const starts = new Int32Array(degrees + 1);
  for (let l = 0; l < degrees; l++)
    starts[l + 1] = starts[l] + ordersOf(l, left) * ordersOf(l, right) * width;
  return starts;
}

/** Number of coefficients of one signal. */
export function spectrumSize(truncation: Truncation): number {
  return blockStarts(truncation, 1)[truncation.degrees];
}

/**
 * What a convolution from band limit `bandIn` to `bandOut` sees of its input. 'exact' stops at
 * min(bandIn, bandOut), where the quadrature is exact; 'released' analyses all degrees below bandOut, as the
 * paper's code does: those from bandIn on alias.
 */
export const upsamplings = ['exact', 'released'] as const;
export type Upsampling = (typeof upsamplings)[number];

/** The degrees l < degrees of a spectrum, and of each the orders |m| < orders. */
export interface InputLimits {
  readonly degrees: number;
  readonly orders: number;
}

/** Degrees and orders of the input's spectrum. @throws UsageError for a band limit below 1 */
export function inputLimits(bandIn: number, bandOut: number, upsampling: Upsampling): InputLimits {
  check(bandIn >= 1 && bandOut >= 1, `band limits must be at least 1, got ${bandIn} and ${bandOut}`);
  const orders = Math.min(bandIn, bandOut);
  return { degrees: upsampling === 'exact' ? orders : bandOut, orders };
}
