import * as tf from '@tensorflow/tfjs';
import { kernelTableValues } from '../transforms/kernel_table';
import { constant, portableAnalysis, portableSynthesis } from '../transforms/portable';
import { type ConvolutionPlan, tableKernelOf } from './convolution_plan';

/**
 * The spherical convolution in TensorFlow.js's own operations, for engines without our kernels (WebGPU, tfjs-node,
 * cpu). The same numbers as convolution.ts, slower: all degrees are padded to the size of the largest, so that one
 * batched product serves them.
 */
export function portableConvolution(
  x: tf.Tensor,
  kernelSpectrum: tf.Tensor,
  bias: tf.Tensor,
  plan: ConvolutionPlan,
  relu: boolean,
): tf.Tensor {
  return tf.tidy(() => {
    const { degrees, left, inner, right } = plan.limits;
    const batch = x.shape[0];
    const spectrum = portableAnalysis(x, plan.gridIn, { degrees, left, right: inner });
    const rows = batch * (2 * left - 1);
    const columns = (2 * right - 1) * plan.outputs;
    const z =
      plan.filter.kind === 'identity'
        ? pointwise(spectrum, kernelSpectrum, plan)
        : tf
            .matMul(spectrum.reshape([degrees, rows, (2 * inner - 1) * plan.inputs]), kernelSpectrum)
            .reshape([degrees, batch, 2 * left - 1, 2 * right - 1, columns / (2 * right - 1)]);
    const grid = portableSynthesis(z, plan.gridOut, { degrees, left, right }, plan.to === 'sphere');
    const y = grid.reshape([-1, plan.outputs]).add(bias); // WebGPU cannot add [5 axes] and [outputs]
    return (relu ? tf.relu(y) : y).reshape(grid.shape);
  });
}

/** The shortcut: channels mix, orders do not. */
function pointwise(spectrum: tf.Tensor, matrix: tf.Tensor, { inputs, outputs }: ConvolutionPlan): tf.Tensor {
  return tf.matMul(spectrum.reshape([-1, inputs]), matrix).reshape([...spectrum.shape.slice(0, -1), outputs]);
}

/**
 * What portableConvolution multiplies with: of a kernel [inputs, outputs, points] its spectrum
 * [degrees, orders p x inputs, orders n x outputs], of a shortcut's the matrix [inputs, outputs].
 */
export function portableKernelSpectrum(kernel: tf.Tensor, plan: ConvolutionPlan): tf.Tensor {
  const { limits, inputs, outputs, filter, scale } = plan;
  return tf.tidy(() => {
    if (filter.kind === 'identity') return kernel.reshape([inputs, outputs]).mul(scale);
    const orders = [2 * limits.inner - 1, 2 * limits.right - 1];
    const values = kernel.reshape([inputs * outputs, filter.points]).mul(scale);
    const y = tf.matMul(kernelTable(plan), values, false, true); // [degrees p n, inputs outputs]
    return y
      .reshape([limits.degrees, ...orders, inputs, outputs])
      .transpose([0, 1, 3, 2, 4])
      .reshape([limits.degrees, orders[0] * inputs, orders[1] * outputs]);
  });
}

/** [degrees x orders p x orders n, points]: what one point of weight 1 adds to each coefficient. */
function kernelTable(plan: ConvolutionPlan): tf.Tensor {
  const { degrees, inner, right } = plan.limits;
  return constant(`kernel ${plan.filter.name} ${degrees} ${inner} ${right}`, () => {
    const [ordersP, ordersN] = [2 * inner - 1, 2 * right - 1];
    const rows = degrees * ordersP * ordersN;
    const rowOf = (l: number, p: number, n: number) =>
      (l * ordersP + inner - 1 + p) * ordersN + right - 1 + n;
    return tf.tensor2d(kernelTableValues(tableKernelOf(plan), rows, rowOf), [rows, plan.filter.points]);
  });
}
