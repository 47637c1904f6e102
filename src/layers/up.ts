import * as tf from '@tensorflow/tfjs';
import { check, checkInteger } from '../util/check';
import { CnnBlock, type CnnBlockConfig, type ConvWeights } from './cnn_block';
import { biased, rectified, rectifiedSum } from './rectify';

export interface UpConfig extends CnnBlockConfig {
  /** Height and width of the output: what a convolution of this kernel and stride brings to the input's size. */
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

  protected compute(x: tf.Tensor4D, main: ConvWeights, skip: ConvWeights | null): tf.Tensor4D {
    const { strides, outputSize, filters } = this;
    const shape: [number, number, number, number] = [x.shape[0], outputSize, outputSize, filters];
    const y = tf.conv2dTranspose(x, main.kernel, shape, strides, 'valid');
    if (!skip) {
      const sum = biased(y, main.bias);
      return this.rectify ? rectified(sum) : sum;
    }
    const bias = tf.add(main.bias, skip.bias); // one pass over the small map for both biases
    const small = tf.fused.conv2d({ x, filter: skip.kernel, bias, strides: 1, pad: 'valid' }) as tf.Tensor4D;
    const shortcut = tf.image.resizeNearestNeighbor(small, [outputSize, outputSize]);
    return this.rectify ? rectifiedSum(y, shortcut) : tf.add(y, shortcut);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), outputSize: this.outputSize };
  }
}

tf.serialization.registerClass(Up);
