import type { DegreeProduct } from './product';
import type { SphereSignal } from './s2';
import type { GroupSignal } from './so3';
import { ordersOf } from './truncation';

/**
 * Multiply-adds of what a convolution consists of: the dense products of transforms/{so3,s2,product}.ts, step by step.
 * Synthesis takes as many as analysis.
 */
export function groupTransformCost({ bandwidth, truncation, batch, channels }: GroupSignal): number {
  const size = 2 * bandwidth;
  const { degrees, left, right } = truncation;
  const overAlpha = size ** 3 * 2 * left;
  const overGamma = size ** 2 * 2 * right * 2 * left;
  let overBeta = 0;
  for (let m = 0; m < left; m++)
    for (let n = 0; n < right; n++) overBeta += 4 * size * (degrees - Math.max(m, n));
  return batch * channels * (overAlpha + overGamma + overBeta);
}

/** The same on the sphere. */
export function sphereTransformCost({ bandwidth, truncation, batch, channels }: SphereSignal): number {
  const size = 2 * bandwidth;
  const { degrees, left } = truncation;
  const overAlpha = size ** 2 * 2 * left;
  let overBeta = 0;
  for (let m = 0; m < left; m++) overBeta += 2 * size * (degrees - m);
  return batch * channels * (overAlpha + overBeta);
}

/** Of the product by degree. */
export function productCost(product: DegreeProduct): number {
  const { degrees, batch, inputs, outputs, left, inner, isPointwise } = product;
  const right = isPointwise ? 1 : product.right; // order p alone makes order n = p
  let orders = 0;
  for (let l = 0; l < degrees; l++) orders += ordersOf(l, left) * ordersOf(l, inner) * ordersOf(l, right);
  return batch * inputs * outputs * orders;
}
