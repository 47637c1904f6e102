import * as tf from '@tensorflow/tfjs';
import { type KernelHeap, registeredHeap } from '../engine/wasm/memory/kernel_heap';
import type { Lane } from '../engine/wasm/threads/lane';
import { DegreeProducts, inputTruncation, outputTruncation } from '../transforms/product';
import { SphereTransform } from '../transforms/s2';
import { forEachBlock, type Samples } from '../transforms/samples';
import { GroupTransform, groupMaskSize } from '../transforms/so3';
import type { KernelTransform, Transform } from '../transforms/transform';
import { type ConvolutionPlan, type Domain, kernelSpectrumSize, productOf } from './convolution_plan';
import { kernelTransform } from './kernel_transform';
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
  const step = stepOf(heap, plan, x.shape[0]);
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
  private readonly products: DegreeProducts;
  private readonly kernel: KernelTransform;
  private readonly input: Transform;
  private readonly output: Transform;

  constructor(
    readonly heap: KernelHeap,
    private readonly plan: ConvolutionPlan,
    readonly batch: number,
  ) {
    const { from, to, gridIn, gridOut, inputs, outputs } = plan;
    const product = productOf(plan, batch);
    const [before, after] = [inputTruncation(product), outputTruncation(product)];
    const read = { bandwidth: gridIn, truncation: before, batch, channels: inputs };
    const written = { bandwidth: gridOut, truncation: after, batch, channels: outputs };
    this.products = new DegreeProducts(product);
    this.kernel = kernelTransform(heap, plan);
    this.input = new transformOn[from](heap, read, 'analysis');
    this.output = new transformOn[to](heap, written, 'synthesis');
  }

  forward(input: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor, relu: boolean) {
    const { heap, plan, batch } = this;
    const spectrum = this.tensor([this.input.spectrumLength]);
    const k = this.tensor([kernelSpectrumSize(plan)]);
    this.kernel.toSpectrum(heap.pointer(weights), heap.pointer(k));
    const y = this.tensor(gridShape(plan.to, batch, plan.gridOut, plan.outputs));
    const passed = relu ? this.passed(y) : undefined;
    const z = this.outputSpectrum();
    const [px, ps, pk, py] = [input, spectrum, k, y].map((tensor) => heap.pointer(tensor));
    const epilogue = { bias: heap.pointer(bias), ...(passed ? { passed: heap.pointer(passed) } : {}) };
    this.forEachBlock((lane, samples) => {
      this.input.analyse(lane, samples, px, ps);
      this.products.forward(lane, samples, ps, pk, z);
      this.output.synthesise(lane, samples, z, py, epilogue);
    });
    return { y, kept: passed ? [spectrum, k, passed] : [spectrum, k] };
  }

  /**
   * The gradient by the spectrum of the output, in scratch memory until the next layer's, and by the bias.
   * @param passed what ReLU let through; none without ReLU
   */
  outputGradient(dy: tf.Tensor, passed: tf.Tensor | undefined) {
    const { heap } = this;
    const dz = this.outputSpectrum();
    const pdy = heap.pointer(dy);
    const where = passed && heap.pointer(passed);
    this.forEachBlock((lane, samples) => this.output.analyse(lane, samples, pdy, dz, where));
    return { dz, dBias: this.biasGradient(dz) };
  }

  kernelGradient(spectrum: tf.Tensor, dz: number): tf.Tensor {
    const { heap, plan } = this;
    const dk = heap.scratch('kernel spectrum gradient', kernelSpectrumSize(plan));
    this.products.kernelGradient(heap, heap.pointer(spectrum), dz, dk);
    const dKernel = this.tensor([plan.inputs, plan.outputs, plan.filter.points]);
    this.kernel.toKernel(dk, heap.pointer(dKernel));
    return dKernel;
  }

  inputGradient(dz: number, k: tf.Tensor): tf.Tensor {
    const { heap, plan } = this;
    const dSpectrum = heap.scratch('input spectrum gradient', this.input.spectrumLength);
    const dx = this.tensor(gridShape(plan.from, this.batch, plan.gridIn, plan.inputs));
    const [pk, pdx] = [k, dx].map((tensor) => heap.pointer(tensor));
    this.forEachBlock((lane, samples) => {
      this.products.inputGradient(lane, samples, dz, pk, dSpectrum);
      this.input.synthesise(lane, samples, dSpectrum, pdx);
    });
    return dx;
  }

  /** What ReLU let through: on the group a mask of bits, on the sphere the output itself. */
  private passed(y: tf.Tensor): tf.Tensor {
    const { plan, batch } = this;
    if (plan.to === 'sphere') return y;
    const bytes = groupMaskSize({ bandwidth: plan.gridOut, batch, channels: plan.outputs });
    return this.tensor([Math.ceil(bytes / 4)]);
  }

  /** The sum over the grid, which is the gradient by the coefficient of degree 0: the spectrum's first block. */
  private biasGradient(dz: number): tf.Tensor {
    const { heap, batch, plan } = this;
    const { outputs } = plan;
    const dBias = this.tensor([outputs]);
    const [from, to] = [dz >>> 2, heap.pointer(dBias) >>> 2];
    const { floats } = heap;
    floats.copyWithin(to, from, from + outputs);
    for (let k = 1; k < batch; k++)
      for (let c = 0; c < outputs; c++) floats[to + c] += floats[from + k * outputs + c];
    return dBias;
  }

  private forEachBlock(step: (lane: Lane, samples: Samples) => void): void {
    const bytes = Math.max(this.input.bytesPerSample, this.output.bytesPerSample);
    forEachBlock(this.heap, this.batch, bytes, step);
  }

  /** A tensor in the heap, with undefined values. */
  private tensor(shape: number[]): tf.Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.heap.output(shape));
  }

  private outputSpectrum(): number {
    return this.heap.scratch('output spectrum', this.output.spectrumLength);
  }
}

/** Each plan's step of the batch that it was last used with: what it prepares takes as long as a small convolution. */
const steps = new WeakMap<ConvolutionPlan, ConvolutionStep>();

function stepOf(heap: KernelHeap, plan: ConvolutionPlan, batch: number): ConvolutionStep {
  const known = steps.get(plan);
  if (known?.heap === heap && known.batch === batch) return known;
  const step = new ConvolutionStep(heap, plan, batch);
  steps.set(plan, step);
  return step;
}

const transformOn = { sphere: SphereTransform, group: GroupTransform };

/** [batch, 2b, 2b, channels] on the sphere, [batch, 2b, 2b, 2b, channels] on the group. */
export function gridShape(domain: Domain, batch: number, bandwidth: number, channels: number): number[] {
  const angles = domain === 'sphere' ? 2 : 3;
  return [batch, ...Array.from({ length: angles }, () => 2 * bandwidth), channels];
}
