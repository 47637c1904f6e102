import * as tf from '@tensorflow/tfjs';
import { type KernelHeap, registeredHeap } from '../engine/wasm/memory/kernel_heap';
import { matrix, multiply, transposed } from '../engine/wasm/products/matrix';
import {
  type DegreeProduct,
  inputTruncation,
  multiplyDegrees,
  multiplyDegreesInputGradient,
  multiplyDegreesKernelGradient,
  outputTruncation,
} from '../transforms/product';
import { type SphereSignal, sphereAnalysis, sphereSynthesis } from '../transforms/s2';
import { type GroupSignal, groupAnalysis, groupMaskSize, groupSynthesis } from '../transforms/so3';
import { spectrumSize } from '../transforms/truncation';
import { type ConvolutionPlan, type Domain, kernelSpectrumSize } from './convolution_plan';
import { kernelGradient, kernelSpectrum } from './kernel_spectrum';
import { operation } from './operation';
import { portableConvolution, portableKernelSpectrum } from './portable_convolution';

/**
 * A convolution with bias and, if asked, ReLU, as one operation:
 *
 *   y = relu(synthesis(analysis(x) K(kernel)) + bias)
 *
 * For the backward pass it keeps the spectra, and where there is a ReLU which values it let through; never x.
 * @param x [batch, 2 gridIn, 2 gridIn, inputs], or with a third angle on the group
 * @param kernel [inputs, outputs, points]
 * @param bias [outputs]
 * @param portableSpectrum where the engine has no kernels of ours: computes the kernel's spectrum, or remembers it
 */
export function sphericalConvolution(
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor,
  plan: ConvolutionPlan,
  relu: boolean,
  portableSpectrum = portableKernelSpectrum,
): tf.Tensor {
  const heap = registeredHeap();
  if (!heap) return tf.tidy(() => portableConvolution(x, portableSpectrum(kernel, plan), bias, plan, relu));
  const step = new ConvolutionStep(heap, plan, x.shape[0]);
  return operation(
    { x, kernel, bias },
    (save) => {
      const { y, kept } = step.forward(x, kernel, bias, relu);
      save(kept);
      return y;
    },
    (dy, [spectrum, k, passed]) => {
      const { dz, dBias } = step.outputGradient(dy, passed);
      return {
        x: () => step.inputGradient(dz, k),
        kernel: () => step.kernelGradient(spectrum, dz),
        bias: () => dBias,
      };
    },
  );
}

/** The forward and the backward pass of a plan at one batch size. Spectra that no other pass needs are scratch. */
class ConvolutionStep {
  private readonly product: DegreeProduct;
  private readonly input: GroupSignal | SphereSignal;
  private readonly output: GroupSignal | SphereSignal;

  constructor(
    private readonly heap: KernelHeap,
    private readonly plan: ConvolutionPlan,
    private readonly batch: number,
  ) {
    const { inputs, outputs, gridIn, gridOut } = plan;
    this.product = { ...plan.limits, batch, inputs, outputs };
    const [before, after] = [inputTruncation(this.product), outputTruncation(this.product)];
    this.input = { bandwidth: gridIn, truncation: before, batch, channels: inputs };
    this.output = { bandwidth: gridOut, truncation: after, batch, channels: outputs };
  }

  forward(input: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor, relu: boolean) {
    const { heap, plan } = this;
    const spectrum = this.tensor([spectrumLength(this.input)]);
    const analyse = plan.from === 'sphere' ? sphereAnalysis : groupAnalysis;
    analyse(heap, heap.pointer(input), heap.pointer(spectrum), this.input, 'analysis');
    const k = this.tensor([kernelSpectrumSize(plan)]);
    kernelSpectrum(heap, plan, heap.pointer(weights), heap.pointer(k));
    const z = this.scratch(this.output);
    this.multiply(heap.pointer(spectrum), heap.pointer(k), z);
    const y = this.tensor(gridShape(plan.to, this.batch, plan.gridOut, plan.outputs));
    const [from, to, offset] = [z, heap.pointer(y), heap.pointer(bias)];
    if (plan.to === 'sphere') {
      sphereSynthesis(heap, from, to, this.output, 'synthesis', { bias: offset, relu });
      return { y, kept: relu ? [spectrum, k, y] : [spectrum, k] };
    }
    const mask = relu ? this.tensor([Math.ceil(groupMaskSize(this.output) / 4)]) : null;
    const options = { bias: offset, ...(mask ? { mask: heap.pointer(mask) } : {}) };
    groupSynthesis(heap, from, to, this.output, 'synthesis', options);
    return { y, kept: mask ? [spectrum, k, mask] : [spectrum, k] };
  }

  /**
   * The gradient by the spectrum of the output, in scratch memory until the next layer's, and by the bias.
   * @param passed what ReLU let through: on the group the mask of its bits, on the sphere the output; none without ReLU
   */
  outputGradient(dy: tf.Tensor, passed: tf.Tensor | undefined) {
    const { heap, plan } = this;
    const dBias = tf.zeros([plan.outputs]);
    const dz = this.scratch(this.output);
    const sums = heap.pointer(dBias);
    const where = passed && heap.pointer(passed);
    if (plan.to === 'sphere')
      sphereAnalysis(heap, heap.pointer(dy), dz, this.output, 'synthesis', { sums, positive: where });
    else groupAnalysis(heap, heap.pointer(dy), dz, this.output, 'synthesis', { sums, mask: where });
    return { dz, dBias };
  }

  kernelGradient(spectrum: tf.Tensor, dz: number): tf.Tensor {
    const { heap, plan } = this;
    const dk = heap.scratch('kernel spectrum gradient', kernelSpectrumSize(plan));
    this.multiplyKernelGradient(heap.pointer(spectrum), dz, dk);
    const dKernel = this.tensor([plan.inputs, plan.outputs, plan.filter.points]);
    kernelGradient(heap, plan, dk, heap.pointer(dKernel));
    return dKernel;
  }

  inputGradient(dz: number, k: tf.Tensor): tf.Tensor {
    const { heap, plan } = this;
    const dSpectrum = heap.scratch('input spectrum gradient', spectrumLength(this.input));
    this.multiplyInputGradient(dz, heap.pointer(k), dSpectrum);
    const dx = this.tensor(gridShape(plan.from, this.batch, plan.gridIn, plan.inputs));
    const synthesise = plan.from === 'sphere' ? sphereSynthesis : groupSynthesis;
    synthesise(heap, dSpectrum, heap.pointer(dx), this.input, 'analysis');
    return dx;
  }

  /** A tensor in the heap, with undefined values. */
  private tensor(shape: number[]): tf.Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.heap.output(shape));
  }

  private scratch(signal: GroupSignal | SphereSignal): number {
    return this.heap.scratch('output spectrum', spectrumLength(signal));
  }

  private multiply(x: number, k: number, z: number): void {
    if (this.plan.filter.kind !== 'identity') multiplyDegrees(this.heap, x, k, z, this.product);
    else multiply(this.heap.gemm, this.inputRows(x), this.mixing(k), this.outputRows(z));
  }

  private multiplyInputGradient(dz: number, k: number, dx: number): void {
    if (this.plan.filter.kind !== 'identity')
      multiplyDegreesInputGradient(this.heap, dz, k, dx, this.product);
    else multiply(this.heap.gemm, this.outputRows(dz), transposed(this.mixing(k)), this.inputRows(dx));
  }

  private multiplyKernelGradient(x: number, dz: number, dk: number): void {
    if (this.plan.filter.kind !== 'identity')
      multiplyDegreesKernelGradient(this.heap, x, dz, dk, this.product);
    else multiply(this.heap.gemm, transposed(this.inputRows(x)), this.outputRows(dz), this.mixing(dk));
  }

  /** Of the pointwise product: a row for each coefficient of the batch, and the matrix that mixes channels. */
  private inputRows(x: number) {
    return matrix(x, spectrumLength(this.input) / this.plan.inputs, this.plan.inputs);
  }

  private outputRows(z: number) {
    return matrix(z, spectrumLength(this.input) / this.plan.inputs, this.plan.outputs);
  }

  private mixing(k: number) {
    return matrix(k, this.plan.inputs, this.plan.outputs);
  }
}

/** Values of the spectra of all channels of the batch. */
function spectrumLength({ truncation, batch, channels }: GroupSignal | SphereSignal): number {
  return spectrumSize(truncation) * batch * channels;
}

/** [batch, 2b, 2b, channels] on the sphere, [batch, 2b, 2b, 2b, channels] on the group. */
export function gridShape(domain: Domain, batch: number, bandwidth: number, channels: number): number[] {
  const angles = domain === 'sphere' ? 2 : 3;
  return [batch, ...Array.from({ length: angles }, () => 2 * bandwidth), channels];
}
