import * as tf from '@tensorflow/tfjs';
import { type WasmHeap, wasmHeap } from '../engine/wasm/heap';
import {
  type DegreeProduct,
  inputTruncation,
  multiplyDegrees,
  multiplyDegreesInputGradient,
  multiplyDegreesKernelGradient,
  outputTruncation,
} from '../transforms/product';
import { type SphereSignal, sphereAnalysis, sphereSynthesis } from '../transforms/s2';
import { type GroupSignal, groupAnalysis, groupSynthesis } from '../transforms/so3';
import { spectrumSize } from '../transforms/truncation';
import { type ConvolutionPlan, type Domain, kernelSpectrumSize } from './convolution_plan';
import { portableConvolution } from './portable_convolution';

/**
 * A convolution with bias and, if asked, ReLU, as one operation with one gradient:
 *
 *   y = relu(synthesis(analysis(x) K(kernel)) + bias)
 *
 * For the backward pass it keeps the spectra, and y where there is a ReLU; never x.
 * @param x [batch, 2 bandIn, 2 bandIn, inputs], or with a third angle on the group
 * @param kernel [inputs, outputs, points]
 * @param bias [outputs]
 */
export function sphericalConvolution(
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor,
  plan: ConvolutionPlan,
  relu: boolean,
): tf.Tensor {
  if (tf.getBackend() !== 'wasm') return portableConvolution(x, kernel, bias, plan, relu);
  const operation = tf.customGrad((...args) => {
    const [input, weights, offset, save] = args as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const step = new ConvolutionStep(wasmHeap(), plan, input.shape[0]);
    const { y, x: spectrum, k } = step.forward(input, weights, offset, relu);
    save(relu ? [spectrum, k, y] : [spectrum, k]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        step.backward(dy, saved[0], saved[1], relu ? saved[2] : null),
    };
  });
  return operation(x, kernel, bias);
}

/** The forward and the backward pass of a plan at one batch size. */
class ConvolutionStep {
  private readonly product: DegreeProduct;
  private readonly input: GroupSignal | SphereSignal;
  private readonly output: GroupSignal | SphereSignal;

  constructor(
    private readonly heap: WasmHeap,
    private readonly plan: ConvolutionPlan,
    private readonly batch: number,
  ) {
    const { inputs, outputs, bandIn, bandOut } = plan;
    this.product = { ...plan.limits, batch, inputs, outputs };
    this.input = { bandwidth: bandIn, truncation: inputTruncation(this.product), batch, channels: inputs };
    this.output = {
      bandwidth: bandOut,
      truncation: outputTruncation(this.product),
      batch,
      channels: outputs,
    };
  }

  forward(input: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor, relu: boolean) {
    const { heap, plan } = this;
    const x = this.spectrum(this.input);
    this.analyse(plan.from, heap.pointer(input), heap.pointer(x), this.input, 'analysis', {});
    const k = tensor([kernelSpectrumSize(plan)]);
    plan.toSpectrum(heap, heap.pointer(weights), heap.pointer(k));
    const z = this.spectrum(this.output);
    this.multiply(heap.pointer(x), heap.pointer(k), heap.pointer(z));
    const y = tensor(gridShape(plan.to, this.batch, plan.bandOut, plan.outputs));
    const options = { bias: heap.pointer(bias), relu };
    this.synthesise(plan.to, heap.pointer(z), heap.pointer(y), this.output, 'synthesis', options);
    z.dispose();
    return { y, x, k };
  }

  backward(dy: tf.Tensor, x: tf.Tensor, k: tf.Tensor, y: tf.Tensor | null): tf.Tensor[] {
    const { heap, plan } = this;
    const dBias = tf.zeros([plan.outputs]);
    const dz = this.spectrum(this.output);
    const options = { sums: heap.pointer(dBias), ...(y ? { positive: heap.pointer(y) } : {}) };
    this.analyse(plan.to, heap.pointer(dy), heap.pointer(dz), this.output, 'synthesis', options);

    const dk = tensor(k.shape);
    this.multiplyKernelGradient(heap.pointer(x), heap.pointer(dz), heap.pointer(dk));
    const dKernel = tensor([plan.inputs, plan.outputs, plan.points]);
    plan.toGradient(heap, heap.pointer(dk), heap.pointer(dKernel));
    dk.dispose();

    const dxSpectrum = this.spectrum(this.input);
    this.multiplyInputGradient(heap.pointer(dz), heap.pointer(k), heap.pointer(dxSpectrum));
    dz.dispose();
    const dx = tensor(gridShape(plan.from, this.batch, plan.bandIn, plan.inputs));
    this.synthesise(plan.from, heap.pointer(dxSpectrum), heap.pointer(dx), this.input, 'analysis', {});
    dxSpectrum.dispose();
    return [dx, dKernel, dBias];
  }

  private spectrum({ truncation, channels }: GroupSignal | SphereSignal): tf.Tensor {
    return tensor([spectrumSize(truncation) * this.batch * channels]);
  }

  private analyse(domain: Domain, ...rest: Tail<typeof groupAnalysis>): void {
    if (domain === 'group') groupAnalysis(this.heap, ...rest);
    else sphereAnalysis(this.heap, ...rest);
  }

  private synthesise(domain: Domain, ...rest: Tail<typeof groupSynthesis>): void {
    if (domain === 'group') groupSynthesis(this.heap, ...rest);
    else sphereSynthesis(this.heap, ...rest);
  }

  private multiply(x: number, k: number, z: number): void {
    const { inputs, outputs, pointwise } = this.plan;
    if (pointwise)
      this.heap.gemm.sgemm(
        false,
        false,
        this.rows(),
        outputs,
        inputs,
        1,
        x,
        inputs,
        k,
        outputs,
        0,
        z,
        outputs,
      );
    else multiplyDegrees(this.heap, x, k, z, this.product);
  }

  private multiplyInputGradient(dz: number, k: number, dx: number): void {
    const { inputs, outputs, pointwise } = this.plan;
    if (pointwise)
      this.heap.gemm.sgemm(
        false,
        true,
        this.rows(),
        inputs,
        outputs,
        1,
        dz,
        outputs,
        k,
        outputs,
        0,
        dx,
        inputs,
      );
    else multiplyDegreesInputGradient(this.heap, dz, k, dx, this.product);
  }

  private multiplyKernelGradient(x: number, dz: number, dk: number): void {
    const { inputs, outputs, pointwise } = this.plan;
    if (pointwise)
      this.heap.gemm.sgemm(
        true,
        false,
        inputs,
        outputs,
        this.rows(),
        1,
        x,
        inputs,
        dz,
        outputs,
        0,
        dk,
        outputs,
      );
    else multiplyDegreesKernelGradient(this.heap, x, dz, dk, this.product);
  }

  /** Coefficients of the whole batch, for the pointwise product. */
  private rows(): number {
    return this.batch * spectrumSize(this.input.truncation);
  }
}

type Tail<F extends (first: WasmHeap, ...rest: never[]) => void> = F extends (
  first: WasmHeap,
  ...rest: infer R
) => void
  ? R
  : never;

/** [batch, 2b, 2b, channels] on the sphere, [batch, 2b, 2b, 2b, channels] on the group. */
export function gridShape(domain: Domain, batch: number, bandwidth: number, channels: number): number[] {
  const angles = domain === 'sphere' ? 2 : 3;
  return [batch, ...Array.from({ length: angles }, () => 2 * bandwidth), channels];
}

/** A tensor in the WASM heap, with undefined values. */
function tensor(shape: number[]): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo(wasmHeap().output(shape));
}
