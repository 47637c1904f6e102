import { groupTransformCost, productCost, sphereTransformCost } from '../transforms/cost';
import { inputTruncation, outputTruncation } from '../transforms/product';
import { type ConvolutionPlan, productOf } from './convolution_plan';

const transformCost = { sphere: sphereTransformCost, group: groupTransformCost };

/** Multiply-adds of a convolution's forward pass for one signal; the kernel's spectrum, the same for all signals, aside. */
export function convolutionCost(plan: ConvolutionPlan): number {
  const { from, to, gridIn, gridOut, inputs, outputs } = plan;
  const product = productOf(plan, 1);
  const before = { bandwidth: gridIn, truncation: inputTruncation(product), batch: 1, channels: inputs };
  const after = { bandwidth: gridOut, truncation: outputTruncation(product), batch: 1, channels: outputs };
  return transformCost[from](before) + productCost(product) + transformCost[to](after);
}
