import * as tf from '@tensorflow/tfjs';
import { check } from '../util/check';
import { azimuthMargins, padAzimuth } from './azimuth';
import { CnnBlock, type CnnBlockConfig, type ConvWeights } from './cnn_block';
import { convolved } from './convolved';
import { rectifiedSum } from './rectify';

/**
 * A convolution, in beta without padding: relu(conv(x)), with a skip relu(conv(x) + conv1x1(maxpool(x))), the pooling
 * window and stride those of the convolution. Kernel [kernelSize, kernelSize, in, filters].
 */
export class Down extends CnnBlock {
  static className = 'Down';

  constructor(config: CnnBlockConfig) {
    super('down', config);
  }

  protected kernelShape(inChannels: number): { shape: number[]; fanIn: number } {
    const { kernelSize, filters } = this;
    return { shape: [kernelSize, kernelSize, inChannels, filters], fanIn: kernelSize ** 2 * inChannels };
  }

  protected outputLength(inputLength: number): number {
    const { kernelSize, strides } = this;
    check(
      kernelSize <= inputLength,
      () => `down: a kernel of ${kernelSize} does not fit an image of ${inputLength}`,
    );
    return Math.floor((inputLength - kernelSize) / strides) + 1;
  }

  protected outputAzimuths(inputAzimuths: number): number {
    azimuthMargins('down', this.kernelSize, this.strides, inputAzimuths);
    return inputAzimuths / this.strides;
  }

  protected places(): number {
    return tf.util.sizeFromShape((this.outputShape as number[]).slice(1, 3));
  }

  protected compute(input: tf.Tensor4D, main: ConvWeights, skip: ConvWeights | null): tf.Tensor4D {
    const { kernelSize, strides } = this;
    const pad = 'valid';
    const x =
      this.padding === 'azimuth'
        ? padAzimuth(input, azimuthMargins('down', kernelSize, strides, input.shape[2]))
        : input;
    if (!skip) return convolved(x, main.kernel, main.bias, strides, this.rectify);
    const bias = tf.add(main.bias, skip.bias); // one pass over the map for both biases
    const pooled = tf.maxPool(x, kernelSize, strides, pad);
    const shortcut = tf.fused.conv2d({ x: pooled, filter: skip.kernel, bias, strides: 1, pad });
    const y = tf.conv2d(x, main.kernel, strides, pad);
    return this.rectify ? rectifiedSum(y, shortcut as tf.Tensor4D) : tf.add(y, shortcut);
  }
}

tf.serialization.registerClass(Down);
