import * as tf from '@tensorflow/tfjs';
import { type ConvolutionPlan, type ConvolutionSize, shortcutPlan } from './convolution_plan';
import { type SphericalConvolutionConfig, SphericalLayer } from './spherical_layer';

/**
 * The skip connection's path: mixes channels and changes the bandwidth, with a kernel at the identity alone.
 * [batch, 2b, 2b, 2b, channels] to [batch, 2 gridOut, 2 gridOut, 2 gridOut, filters].
 */
export class SO3Shortcut extends SphericalLayer {
  static className = 'SO3Shortcut';
  protected readonly from = 'group';
  protected readonly to = 'group';

  constructor(config: SphericalConvolutionConfig) {
    super('so3Shortcut', config, []);
  }

  protected makePlan(size: ConvolutionSize): ConvolutionPlan {
    return shortcutPlan(size, this.upsampling);
  }
}

tf.serialization.registerClass(SO3Shortcut);
