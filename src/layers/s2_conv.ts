import * as tf from '@tensorflow/tfjs';
import { type ConvolutionPlan, type ConvolutionSize, s2Plan } from './convolution_plan';
import { checkMaxBeta, kernelGrid } from './kernel_grid';
import { type FilterConfig, SphericalLayer } from './spherical_layer';

/**
 * Convolution of a signal on the sphere with filters on the sphere; the result lives on the rotation group
 * (Cohen et al. 2018, eq. 5). [batch, 2b, 2b, channels] to [batch, 2 gridOut, 2 gridOut, 2 gridOut, filters].
 * Filters have 24 points near the north pole.
 */
export class S2Conv extends SphericalLayer {
  static className = 'S2Conv';
  protected readonly from = 'sphere';
  protected readonly to = 'group';
  private readonly maxBeta: number;

  constructor(config: FilterConfig) {
    super('s2Conv', config, ['maxBeta']);
    this.maxBeta = checkMaxBeta('s2Conv', config.maxBeta);
  }

  protected makePlan(size: ConvolutionSize): ConvolutionPlan {
    return s2Plan(size, kernelGrid(this.maxBeta), this.upsampling);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), maxBeta: this.maxBeta };
  }
}

tf.serialization.registerClass(S2Conv);
