import * as tf from '@tensorflow/tfjs';
import { type InputLimits, inputLimits, type Upsampling, upsamplings } from '../transforms/truncation';
import { check, checkInteger, checkKeys, checkOneOf } from '../util/check';
import { asFloat } from './as_float';
import { gridShape, sphericalConvolution } from './convolution';
import { convolutionCost } from './convolution_cost';
import type { ConvolutionPlan, ConvolutionRule, ConvolutionSize, Domain } from './convolution_plan';
import { frameworkKeys } from './framework_keys';
import { FrozenSpectrum } from './frozen_spectrum';

export interface SphericalConvolutionConfig {
  /** Number of output channels. */
  filters: number;
  /** Band limit of the output. */
  bandOut: number;
  /**
   * Bandwidth of the output's grid, which has 2 gridOut points along each angle; default bandOut. On a finer one a
   * ReLU, which has no band limit, aliases less.
   */
  gridOut?: number;
  /** Band limit of the input; default the bandwidth of its grid. Degrees from it on are not read. */
  bandIn?: number;
  /** What to do where bandOut exceeds the input's band limit; default 'exact', which is equivariant. */
  upsampling?: Upsampling;
  /** Fused into the convolution; default none. */
  activation?: 'relu' | 'linear';
  /** Seed of the initial kernel, uniform in (-1, 1); biases start at 0. Default 1. */
  seed?: number;
  name?: string;
}

/**
 * What the four spherical convolutions share: weights `kernel` [inputs, filters, points] and `bias` [filters],
 * shapes, and serialisation. The bandwidth of the input's grid follows from its shape.
 */
export abstract class SphericalLayer extends tf.layers.Layer {
  protected abstract readonly from: Domain;
  protected abstract readonly to: Domain;
  private readonly filters: number;
  private readonly bandOut: number;
  private readonly gridOut: number;
  private readonly bandIn: number | null;
  private readonly upsampling: Upsampling;
  private readonly activation: 'relu' | 'linear';
  private readonly seed: number;
  private readonly frozen = new FrozenSpectrum();
  private plan: ConvolutionPlan | null = null;
  private weightsOf: { kernel: tf.LayerVariable; bias: tf.LayerVariable } | null = null;

  constructor(
    private readonly who: string,
    config: SphericalConvolutionConfig,
    furtherKeys: string[],
  ) {
    super(config as object);
    const keys = [
      'filters',
      'bandOut',
      'gridOut',
      'bandIn',
      'upsampling',
      'activation',
      'seed',
      ...furtherKeys,
    ];
    checkKeys(who, config, [...keys, ...frameworkKeys]);
    this.filters = checkInteger(`${who}: filters`, config.filters, 1);
    this.bandOut = checkInteger(`${who}: bandOut`, config.bandOut, 1);
    this.gridOut = checkInteger(`${who}: gridOut`, config.gridOut ?? this.bandOut, this.bandOut);
    this.bandIn = config.bandIn == null ? null : checkInteger(`${who}: bandIn`, config.bandIn, 1);
    this.upsampling = checkOneOf('upsampling', config.upsampling ?? 'exact', upsamplings);
    this.activation = checkOneOf('activation', config.activation ?? 'linear', ['relu', 'linear']);
    this.seed = checkInteger(`${who}: seed`, config.seed ?? 1, 1);
  }

  /** @param seen what the convolution sees of its input's spectrum */
  protected abstract rule(size: ConvolutionSize, seen: InputLimits): ConvolutionRule;

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { gridIn, inputs } = this.readShape(inputShape as tf.Shape);
    const { from, to, gridOut, bandOut, filters } = this;
    const bandIn = this.bandIn ?? gridIn;
    check(
      bandIn <= gridIn,
      () => `${this.who}: a grid of bandwidth ${gridIn} holds no signal of band limit ${bandIn}`,
    );
    const size = { gridIn, gridOut, bandIn, bandOut, inputs, outputs: filters };
    const seen = inputLimits(bandIn, bandOut, this.upsampling);
    this.plan = { from, to, ...size, ...this.rule(size, seen) };
    const uniform = tf.initializers.randomUniform({ minval: -1, maxval: 1, seed: this.seed });
    const shape = [inputs, filters, this.plan.filter.points];
    this.weightsOf = {
      kernel: this.addWeight('kernel', shape, 'float32', uniform),
      bias: this.addWeight('bias', [this.filters], 'float32', tf.initializers.zeros()),
    };
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    this.readShape(inputShape as tf.Shape);
    return [(inputShape as tf.Shape)[0], ...gridShape(this.to, 1, this.gridOut, this.filters).slice(1)];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const { plan, weightsOf } = this;
    if (!plan || !weightsOf) throw new Error(`${this.who}: not built`);
    const { gridIn, inputs: channels } = this.readShape(x.shape);
    check(
      gridIn === plan.gridIn && channels === plan.inputs,
      () =>
        `${this.who}: expected [${gridShape(this.from, 1, plan.gridIn, plan.inputs).slice(1)}] after the batch, got [${x.shape}]`,
    );
    const { kernel, bias } = weightsOf;
    const spectrum = kernel.trainable ? undefined : this.frozen.of.bind(this.frozen);
    return sphericalConvolution(
      asFloat(x),
      kernel.read(),
      bias.read(),
      plan,
      this.activation === 'relu',
      spectrum,
    );
  }

  protected override disposeWeights(): number {
    this.frozen.dispose();
    return super.disposeWeights();
  }

  /** Of a forward pass, for one signal. @throws Error unless the layer is built */
  multiplyAdds(): number {
    if (!this.plan) throw new Error(`${this.who}: not built`);
    return convolutionCost(this.plan);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { filters, bandOut, gridOut, bandIn, upsampling, activation, seed } = this;
    return { ...super.getConfig(), filters, bandOut, gridOut, bandIn, upsampling, activation, seed };
  }

  /** @throws UsageError unless the shape is [batch, 2b, ..., 2b, channels] */
  private readShape(shape: tf.Shape): { gridIn: number; inputs: number } {
    const angles = this.from === 'sphere' ? 2 : 3;
    const sizes = shape.slice(1, -1);
    const size = sizes[0] ?? 0;
    const fits = shape.length === angles + 2 && size >= 2 && size % 2 === 0 && sizes.every((s) => s === size);
    const names = ['2b', '2b', '2b'].slice(0, angles).join(', ');
    check(
      fits,
      () =>
        `${this.who}: expected [batch, ${names}, channels], got [${shape.map((s) => s ?? 'batch').join(', ')}]`,
    );
    return { gridIn: size / 2, inputs: shape[shape.length - 1]! };
  }
}
