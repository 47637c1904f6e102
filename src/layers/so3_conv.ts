import * as tf from '@tensorflow/tfjs';
import type { InputLimits } from '../transforms/truncation';
import { type ConvolutionRule, type ConvolutionSize, groupScale } from './convolution_plan';
import { type FilterConfig, FilterLayer } from './filter_layer';
import { groupPoints, type KernelGrid, spellGrid } from './kernel_grid';

/**
 * Convolution on the rotation group (Cohen et al. 2018, eq. 7).
 * [batch, 2b, 2b, 2b, channels] to [batch, 2 gridOut, 2 gridOut, 2 gridOut, filters].
 * Filters have 192 points near the identity.
 */
export class SO3Conv extends FilterLayer {
  static className = 'SO3Conv';
  protected readonly from = 'group';
  protected readonly to = 'group';

  constructor(config: FilterConfig) {
    super('so3Conv', config);
  }

  /** z^l_mn[j] = sum_i sum_p X^l_mp[i] conj(y^l_np[i,j]). */
  protected ruleOn(
    grid: KernelGrid,
    size: ConvolutionSize,
    { degrees, orders }: InputLimits,
  ): ConvolutionRule {
    const points = grid.rings * grid.azimuths * grid.turns;
    return {
      limits: { degrees, left: orders, inner: orders, right: degrees },
      filter: {
        kind: 'rings',
        name: `group ${spellGrid(grid)}`,
        grid,
        points,
        places: () => groupPoints(grid),
        coefficient: (l, rotation, p, n) => rotation[(l + n) * (2 * l + 1) + l + p],
      },
      scale: groupScale(size, points),
    };
  }
}

tf.serialization.registerClass(SO3Conv);
