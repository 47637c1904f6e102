import * as tf from '@tensorflow/tfjs';
import type { InputLimits } from '../transforms/truncation';
import type { ConvolutionRule, ConvolutionSize } from './convolution_plan';
import { type FilterConfig, FilterLayer } from './filter_layer';
import { type KernelGrid, spellGrid, spherePoints } from './kernel_grid';

/**
 * Convolution of a signal on the sphere with filters on the sphere; the result lives on the rotation group
 * (Cohen et al. 2018, eq. 5). [batch, 2b, 2b, channels] to [batch, 2 gridOut, 2 gridOut, 2 gridOut, filters].
 * Filters have 24 points near the north pole.
 */
export class S2Conv extends FilterLayer {
  static className = 'S2Conv';
  protected readonly from = 'sphere';
  protected readonly to = 'group';

  constructor(config: FilterConfig) {
    super('s2Conv', config);
  }

  /** z^l_mn[j] = sum_i X^l_m[i] conj(y^l_n[i,j]). */
  protected ruleOn(
    grid: KernelGrid,
    { bandIn, bandOut, inputs }: ConvolutionSize,
    { degrees, orders }: InputLimits,
  ): ConvolutionRule {
    const places = spherePoints(grid).map(([beta, alpha]) => [beta, alpha, 0] as const);
    return {
      limits: { degrees, left: orders, inner: 1, right: degrees },
      filter: {
        kind: 'table',
        name: `sphere ${spellGrid(grid)}`,
        grid,
        points: places.length,
        places: () => places,
        coefficient: (l, rotation, _p, n) => rotation[(l + n) * (2 * l + 1) + l],
      },
      // The released scale b_in / (b_out^2 sqrt(P f_in)) and the sphere kernels' factor 2 b_out.
      scale: (2 * bandIn) / (bandOut * Math.sqrt(places.length * inputs)),
    };
  }
}

tf.serialization.registerClass(S2Conv);
