import * as tf from '@tensorflow/tfjs';
import { quadratureWeights } from '../math/grid';
import { check, checkKeys } from '../util/check';
import { frameworkKeys } from './framework_keys';

/**
 * The integral over the rotation group with the normalised Haar measure: an invariant of the signal.
 * [batch, 2b, 2b, 2b, channels] to [batch, channels]; exact for band limit b. No weights.
 */
export class SO3Integrate extends tf.layers.Layer {
  static className = 'SO3Integrate';
  /** The last grid's: of each of its points. */
  private measure = new Float32Array(0);

  constructor(config: { name?: string } = {}) {
    super(config as object);
    checkKeys('so3Integrate', config, frameworkKeys);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shape = inputShape as tf.Shape;
    const cube = shape.length === 5 && shape[1] === shape[2] && shape[2] === shape[3] && shape[1]! % 2 === 0;
    check(
      cube,
      () =>
        `so3Integrate: expected [batch, 2b, 2b, 2b, channels], got [${shape.map((s) => s ?? 'batch').join(', ')}]`,
    );
    return [shape[0], shape[4]];
  }

  /** Of a forward pass, for one signal. */
  multiplyAdds(): number {
    return tf.util.sizeFromShape((this.input as tf.SymbolicTensor).shape.slice(1) as number[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      this.computeOutputShape(x.shape);
      const [batch, size, , , channels] = x.shape;
      const points = size ** 3;
      const measure = tf.tensor3d(this.measureOf(size), [1, 1, points]);
      const product = tf.matMul(measure, x.reshape([batch, points, channels]));
      return product.reshape([batch, channels]); // [batch, channels]
    });
  }

  private measureOf(size: number): Float32Array {
    if (this.measure.length !== size ** 3) {
      const weights = quadratureWeights(size / 2);
      this.measure = Float32Array.from({ length: size ** 3 }, (_, i) => weights[Math.floor(i / size ** 2)]);
    }
    return this.measure;
  }
}

tf.serialization.registerClass(SO3Integrate);
