import * as tf from '@tensorflow/tfjs';
import type { ConvolutionPlan } from './convolution_plan';
import { portableKernelSpectrum } from './portable_convolution';

/**
 * The spectrum of a kernel that no longer changes, computed once and kept: on engines without our kernels that is most of
 * the time of an answer.
 */
export class FrozenSpectrum {
  private held: { of: object; spectrum: tf.Tensor } | null = null;

  /** As portableKernelSpectrum. New weights lie elsewhere than the old ones, and are seen by that. */
  of(kernel: tf.Tensor, plan: ConvolutionPlan): tf.Tensor {
    if (this.held?.of !== kernel.dataId) {
      this.dispose();
      this.held = { of: kernel.dataId, spectrum: tf.keep(portableKernelSpectrum(kernel, plan)) };
    }
    return this.held!.spectrum;
  }

  dispose(): void {
    this.held?.spectrum.dispose();
    this.held = null;
  }
}
