import * as tf from '@tensorflow/tfjs';
import { type ConvolutionPlan, type ConvolutionSize, so3ToS2Plan } from './convolution_plan';
import { checkMaxBeta, kernelGrid } from './kernel_grid';
import { type FilterConfig, SphericalLayer } from './spherical_layer';

/**
 * From the rotation group back to the sphere, the paper's layer for equivariant segmentation: a convolution on
 * the group, its coefficients summed over n, synthesised on the sphere. Equivariant.
 * [batch, 2b, 2b, 2b, channels] to [batch, 2 gridOut, 2 gridOut, filters].
 */
export class SO3ToS2 extends SphericalLayer {
  static className = 'SO3ToS2';
  protected readonly from = 'group';
  protected readonly to = 'sphere';
  private readonly maxBeta: number;

  constructor(config: FilterConfig) {
    super('so3ToS2', config, ['maxBeta']);
    this.maxBeta = checkMaxBeta('so3ToS2', config.maxBeta);
  }

  protected makePlan(size: ConvolutionSize): ConvolutionPlan {
    return so3ToS2Plan(size, kernelGrid(this.maxBeta), this.upsampling);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), maxBeta: this.maxBeta };
  }
}

tf.serialization.registerClass(SO3ToS2);
