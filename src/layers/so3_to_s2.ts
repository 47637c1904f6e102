import * as tf from '@tensorflow/tfjs';
import { summedCoefficient } from '../transforms/kernel_table';
import type { InputLimits } from '../transforms/truncation';
import { type ConvolutionRule, type ConvolutionSize, groupScale } from './convolution_plan';
import { type FilterConfig, FilterLayer } from './filter_layer';
import { groupPoints, type KernelGrid, spellGrid } from './kernel_grid';

/**
 * From the rotation group back to the sphere, the paper's layer for equivariant segmentation: a convolution on
 * the group, its coefficients summed over n, synthesised on the sphere. Equivariant.
 * [batch, 2b, 2b, 2b, channels] to [batch, 2 gridOut, 2 gridOut, filters].
 */
export class SO3ToS2 extends FilterLayer {
  static className = 'SO3ToS2';
  protected readonly from = 'group';
  protected readonly to = 'sphere';

  constructor(config: FilterConfig) {
    super('so3ToS2', config);
  }

  /** z^l_m[j] = sum_n sum_i sum_p X^l_mp[i] conj(y^l_np[i,j]). */
  protected ruleOn(
    grid: KernelGrid,
    size: ConvolutionSize,
    { degrees, orders }: InputLimits,
  ): ConvolutionRule {
    const places = groupPoints(grid);
    return {
      limits: { degrees, left: orders, inner: orders, right: 1 },
      filter: {
        kind: 'table',
        name: `summed ${spellGrid(grid)}`,
        grid,
        points: places.length,
        places: () => places,
        coefficient: summedCoefficient,
      },
      scale: groupScale(size, places.length),
    };
  }
}

tf.serialization.registerClass(SO3ToS2);
