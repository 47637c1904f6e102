import { check, checkInteger } from '../util/check';

/**
 * The Driscoll–Healy grid without poles (the SOFT grid) and its quadrature.
 *
 *   beta_j = pi (2j+1) / (4b),  alpha_k = gamma_k = pi k / b,  j, k = 0..2b-1
 *
 * The grid of bandwidth b holds signals of band limit b: degrees l = 0..b-1. Sums over the grid with the weights below
 * are exact for products of degrees l + l' < 2b (Driscoll and Healy 1994; Kostelec and Rockmore 2008).
 */

/** Polar angles beta_j in radians, [2b]. @throws UsageError unless b is a bandwidth */
export function betas(b: number): Float64Array {
  checkBandwidth(b);
  return Float64Array.from({ length: 2 * b }, (_, j) => (Math.PI * (2 * j + 1)) / (4 * b));
}

/** Azimuths alpha_k (or gamma_k) in radians, [2b]. @throws UsageError unless b is a bandwidth */
export function azimuths(b: number): Float64Array {
  checkBandwidth(b);
  return Float64Array.from({ length: 2 * b }, (_, k) => (Math.PI * k) / b);
}

/**
 * Quadrature weights w_j of the rotation group, [2b]: sum_j w_j over j, alpha and gamma is the normalised
 * Haar measure, so sum_j w_j = 1/(2b)^2. The sphere uses 2b w_j.
 * @throws UsageError unless b is a bandwidth
 */
export function quadratureWeights(b: number): Float64Array {
  checkBandwidth(b);
  return Float64Array.from({ length: 2 * b }, (_, j) => {
    let sum = 0;
    for (let k = 0; k < b; k++)
      sum += Math.sin(((2 * j + 1) * (2 * k + 1) * Math.PI) / (4 * b)) / (2 * k + 1);
    return (Math.sin((Math.PI * (2 * j + 1)) / (4 * b)) * 2 * sum) / (8 * b * b * b);
  });
}

/**
 * The bandwidth of a network grid with `size` points along beta (and along each azimuth).
 * @throws UsageError unless the size is even and positive
 */
export function bandwidthOf(size: number): number {
  check(
    Number.isInteger(size / 2) && size > 0,
    () => `grid: expected an even number of points along each axis, got ${size}`,
  );
  return size / 2;
}

/**
 * The bandwidth of a signal's grid: of [2b, 2b] on the sphere or [2b, 2b, 2b] on the group.
 * @throws UsageError for axes that differ, or are odd
 */
export function bandwidthOfGrid(axes: readonly number[]): number {
  check(
    (axes.length === 2 || axes.length === 3) && axes.every((size) => size === axes[0]),
    () => `grid: expected [2b, 2b] on the sphere or [2b, 2b, 2b] on the group, got [${axes.join(', ')}]`,
  );
  return bandwidthOf(axes[0]);
}

function checkBandwidth(b: number): void {
  checkInteger('bandwidth', b, 1);
}
