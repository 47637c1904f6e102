import * as tf from '@tensorflow/tfjs';
import { check, checkInteger } from '../util/check';
import { azimuthMargins, foldAzimuth } from './azimuth';
import { CnnBlock, type CnnBlockConfig, type ConvWeights } from './cnn_block';
import { biased, rectified, rectifiedSum } from './rectify';

export interface UpConfig extends CnnBlockConfig {
  /**
   * Height of the output, and its width without padding: what a convolution of this kernel and stride brings to the
   * input's size.
   */
  outputSize: number;
}

/**
 * A transposed convolution: relu(convT(x)), with a skip relu(convT(x) + nearest_resize(conv1x1(x))).
 * Kernel [kernelSize, kernelSize, filters, in]. PyTorch's output padding follows from `outputSize`.
 */
export class Up extends CnnBlock {
  static className = 'Up';
  private readonly outputSize: number;

  constructor(config: UpConfig) {
    super('up', config, ['outputSize']);
    this.outputSize = checkInteger('up: outputSize', config.outputSize, 1);
  }

  protected kernelShape(inChannels: number): { shape: number[]; fanIn: number } {
    const { kernelSize, filters } = this;
    return { shape: [kernelSize, kernelSize, filters, inChannels], fanIn: kernelSize ** 2 * filters };
  }

  protected outputLength(inputLength: number): number {
    const { kernelSize, strides, outputSize } = this;
    const least = (inputLength - 1) * strides + kernelSize;
    check(
      outputSize >= least && outputSize < least + strides,
      () => `up: an image of ${inputLength} becomes ${least} to ${least + strides - 1}, not ${outputSize}`,
    );
    return outputSize;
  }

  protected outputAzimuths(inputAzimuths: number): number {
    azimuthMargins('up', this.kernelSize, this.strides, inputAzimuths * this.strides);
    return inputAzimuths * this.strides;
  }

  protected places(): number {
    return tf.util.sizeFromShape(((this.input as tf.SymbolicTensor).shape as number[]).slice(1, 3));
  }

  protected compute(x: tf.Tensor4D, main: ConvWeights, skip: ConvWeights | null): tf.Tensor4D {
    const [, height, width] = this.computeOutputShape(x.shape) as number[];
    const y = this.convolve(x, main.kernel, height, width);
    if (!skip) {
      const sum = biased(y, main.bias);
      return this.rectify ? rectified(sum) : sum;
    }
    const bias = tf.add(main.bias, skip.bias); // one pass over the small map for both biases
    const small = tf.fused.conv2d({ x, filter: skip.kernel, bias, strides: 1, pad: 'valid' }) as tf.Tensor4D;
    const shortcut = tf.image.resizeNearestNeighbor(small, [height, width]);
    return this.rectify ? rectifiedSum(y, shortcut) : tf.add(y, shortcut);
  }

  private convolve(x: tf.Tensor4D, kernel: tf.Tensor4D, height: number, width: number): tf.Tensor4D {
    const { kernelSize, strides, filters, padding } = this;
    const to = (columns: number) =>
      tf.conv2dTranspose(x, kernel, [x.shape[0], height, columns, filters], strides, 'valid');
    if (padding === 'valid') return to(width);
    const margins = azimuthMargins('up', kernelSize, strides, width);
    return foldAzimuth(to(margins.left + width + margins.right), margins);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), outputSize: this.outputSize };
  }
}

tf.serialization.registerClass(Up);
