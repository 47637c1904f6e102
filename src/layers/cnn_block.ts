import * as tf from '@tensorflow/tfjs';
import { check, checkInteger, checkKeys, checkOneOf } from '../util/check';
import { asFloat } from './as_float';
import { type Padding, paddings } from './azimuth';
import { frameworkKeys } from './framework_keys';
import { torchInit } from './torch_init';

export interface CnnBlockConfig {
  /** Number of output channels. */
  filters: number;
  /** Height and width of the kernel. */
  kernelSize: number;
  strides?: number;
  /** Adds a shortcut around the convolution; default false. */
  skip?: boolean;
  /** ReLU at the end; default true. */
  rectify?: boolean;
  /** At the edges: nothing, or round in azimuth, the second axis; default 'valid'. */
  padding?: Padding;
  /** Seed of the initial weights (PyTorch's default initialisation); default 1. */
  seed?: number;
  name?: string;
}

/**
 * What the CNN's two kinds of layers share. Weights in order: `kernel`, `bias`, and with a skip `skip_kernel`
 * [1, 1, in, filters], `skip_bias`. Maps are [batch, height, width, channels].
 */
export abstract class CnnBlock extends tf.layers.Layer {
  protected readonly filters: number;
  protected readonly kernelSize: number;
  protected readonly strides: number;
  protected readonly skip: boolean;
  protected readonly rectify: boolean;
  protected readonly padding: Padding;
  private readonly seed: number;
  private inChannels = 0;
  private variables: tf.LayerVariable[] = [];

  constructor(
    protected readonly who: string,
    config: CnnBlockConfig,
    furtherKeys: string[] = [],
  ) {
    super(config as object);
    const keys = ['filters', 'kernelSize', 'strides', 'skip', 'rectify', 'padding', 'seed', ...furtherKeys];
    checkKeys(who, config, [...keys, ...frameworkKeys]);
    this.filters = checkInteger(`${who}: filters`, config.filters, 1);
    this.kernelSize = checkInteger(`${who}: kernelSize`, config.kernelSize, 1);
    this.strides = checkInteger(`${who}: strides`, config.strides ?? 1, 1);
    this.skip = config.skip ?? false;
    this.rectify = config.rectify ?? true;
    this.padding = checkOneOf('padding', config.padding ?? 'valid', paddings);
    this.seed = checkInteger(`${who}: seed`, config.seed ?? 1, 0);
  }

  /** Shape of the kernel in TensorFlow's layout, and PyTorch's fan-in of it. */
  protected abstract kernelShape(inChannels: number): { shape: number[]; fanIn: number };

  /** Height of the output, and its width without padding. @throws UsageError if the convolution does not fit. */
  protected abstract outputLength(inputLength: number): number;

  /** Width of the output that goes round in azimuth. @throws UsageError if it does not close */
  protected abstract outputAzimuths(inputAzimuths: number): number;

  /** At how many places of the map the kernel stands. */
  protected abstract places(): number;

  /** The block on weights; `skip` is null without one. */
  protected abstract compute(x: tf.Tensor4D, main: ConvWeights, skip: ConvWeights | null): tf.Tensor4D;

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.computeOutputShape(inputShape);
    this.inChannels = (inputShape as tf.Shape)[3]!;
    const { shape, fanIn } = this.kernelShape(this.inChannels);
    this.addConvolution('', shape, fanIn);
    if (this.skip) this.addConvolution('skip_', [1, 1, this.inChannels, this.filters], this.inChannels);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shape = inputShape as tf.Shape;
    const isMap = shape.length === 4 && shape.slice(1).every((size) => size !== null);
    check(isMap, () => `${this.who}: expected [batch, height, width, channels], got [${shape.join(', ')}]`);
    const [batch, height, width] = shape;
    const outWidth = this.padding === 'azimuth' ? this.outputAzimuths(width!) : this.outputLength(width!);
    return [batch, this.outputLength(height!), outWidth, this.filters];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    this.computeOutputShape(x.shape);
    const channels = x.shape[3];
    check(
      channels === this.inChannels,
      () => `${this.who}: expected [batch, height, width, ${this.inChannels}], got [${x.shape.join(', ')}]`,
    );
    return tf.tidy(() => {
      const [kernel, bias, skipKernel, skipBias] = this.variables.map((variable) => variable.read());
      const main = { kernel: kernel as tf.Tensor4D, bias: bias as tf.Tensor1D };
      const skip = this.skip ? { kernel: skipKernel as tf.Tensor4D, bias: skipBias as tf.Tensor1D } : null;
      return this.compute(asFloat(x), main, skip);
    });
  }

  /** Of a forward pass, for one map: each place of the kernel takes every weight once. */
  multiplyAdds(): number {
    const kernels = this.variables.filter(({ shape }) => shape.length === 4);
    return (
      this.places() * kernels.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0)
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { filters, kernelSize, strides, skip, rectify, padding, seed } = this;
    return { ...super.getConfig(), filters, kernelSize, strides, skip, rectify, padding, seed };
  }

  private addConvolution(prefix: string, shape: number[], fanIn: number): void {
    const { kernel, bias } = torchInit(fanIn, this.seed, this.name, prefix);
    this.variables.push(
      this.addWeight(`${prefix}kernel`, shape, 'float32', kernel),
      this.addWeight(`${prefix}bias`, [this.filters], 'float32', bias),
    );
  }
}

export interface ConvWeights {
  kernel: tf.Tensor4D;
  bias: tf.Tensor1D;
}
