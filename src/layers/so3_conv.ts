import * as tf from '@tensorflow/tfjs';
import { type ConvolutionPlan, type ConvolutionSize, so3Plan } from './convolution_plan';
import { checkMaxBeta, kernelGrid } from './kernel_grid';
import { type FilterConfig, SphericalLayer } from './spherical_layer';

/**
 * Convolution on the rotation group (Cohen et al. 2018, eq. 7).
 * [batch, 2b, 2b, 2b, channels] to [batch, 2 gridOut, 2 gridOut, 2 gridOut, filters].
 * Filters have 192 points near the identity.
 */
export class SO3Conv extends SphericalLayer {
  static className = 'SO3Conv';
  protected readonly from = 'group';
  protected readonly to = 'group';
  private readonly maxBeta: number;

  constructor(config: FilterConfig) {
    super('so3Conv', config, ['maxBeta']);
    this.maxBeta = checkMaxBeta('so3Conv', config.maxBeta);
  }

  protected makePlan(size: ConvolutionSize): ConvolutionPlan {
    return so3Plan(size, kernelGrid(this.maxBeta), this.upsampling);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), maxBeta: this.maxBeta };
  }
}

tf.serialization.registerClass(SO3Conv);
