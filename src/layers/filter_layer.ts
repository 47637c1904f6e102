import type * as tf from '@tensorflow/tfjs';
import type { InputLimits } from '../transforms/truncation';
import type { ConvolutionRule, ConvolutionSize } from './convolution_plan';
import { checkMaxBeta, type KernelGrid, kernelGrid } from './kernel_grid';
import { type SphericalConvolutionConfig, SphericalLayer } from './spherical_layer';

export interface FilterConfig extends SphericalConvolutionConfig {
  /** Largest polar angle of the filter's points, in units of pi. */
  maxBeta: number;
}

/** A spherical convolution with filters of several points (kernel_grid.ts); a subclass is its domains and its rule. */
export abstract class FilterLayer extends SphericalLayer {
  private readonly maxBeta: number;

  constructor(who: string, config: FilterConfig) {
    super(who, config, ['maxBeta']);
    this.maxBeta = checkMaxBeta(who, config.maxBeta);
  }

  protected abstract ruleOn(grid: KernelGrid, size: ConvolutionSize, seen: InputLimits): ConvolutionRule;

  protected rule(size: ConvolutionSize, seen: InputLimits): ConvolutionRule {
    return this.ruleOn(kernelGrid(this.maxBeta), size, seen);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), maxBeta: this.maxBeta };
  }
}
