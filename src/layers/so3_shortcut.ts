import * as tf from '@tensorflow/tfjs';
import type { InputLimits } from '../transforms/truncation';
import { type ConvolutionRule, type ConvolutionSize, groupScale } from './convolution_plan';
import { type SphericalConvolutionConfig, SphericalLayer } from './spherical_layer';

/**
 * The skip connection's path: mixes channels and changes the band limit, with a kernel at the identity alone.
 * [batch, 2b, 2b, 2b, channels] to [batch, 2 gridOut, 2 gridOut, 2 gridOut, filters].
 */
export class SO3Shortcut extends SphericalLayer {
  static className = 'SO3Shortcut';
  protected readonly from = 'group';
  protected readonly to = 'group';

  constructor(config: SphericalConvolutionConfig) {
    super('so3Shortcut', config, []);
  }

  /** z^l_mn[j] = sum_i X^l_mn[i] k[i,j]: the SO(3) convolution of a kernel with y^l_np = 1 where n = p, else 0. */
  protected rule(size: ConvolutionSize, { degrees, orders }: InputLimits): ConvolutionRule {
    return {
      limits: { degrees, left: orders, inner: orders, right: orders },
      filter: {
        kind: 'identity',
        name: 'identity',
        grid: { maxBeta: 0, rings: 1, azimuths: 1, turns: 1 },
        points: 1,
        places: () => [[0, 0, 0]],
        coefficient: (_l, _rotation, p, n) => (p === n ? 1 : 0),
      },
      scale: groupScale(size, 1),
    };
  }
}

tf.serialization.registerClass(SO3Shortcut);
