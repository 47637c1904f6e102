import * as tf from '@tensorflow/tfjs';
import { quadratureWeights } from '../math/grid';
import { anglesZYZ, type Rotation } from '../math/rotation';
import { s2Synthesis } from '../math/transform';
import { realRotationMatrix, realWignerMatrices } from '../math/wigner';

/**
 * Rotates batches of spheres of one bandwidth by their spectra, without interpolation: (L_R f)(x) = f(R^-1 x). What a
 * signal has above the band limit is lost.
 */
export class SphereRotator {
  private readonly analysis: tf.Tensor2D; // [4b^2, b^2]
  private readonly synthesis: tf.Tensor2D; // [b^2, 4b^2]

  constructor(readonly bandwidth: number) {
    const b = bandwidth;
    const points = 4 * b * b;
    const synthesis = new Float32Array(b * b * points);
    const analysis = new Float32Array(points * b * b);
    const weights = quadratureWeights(b);
    for (let l = 0, k = 0; l < b; l++)
      for (let m = -l; m <= l; m++, k++) {
        const harmonic = s2Synthesis(unit(b * b, k), b); // (2l+1) times the harmonic
        synthesis.set(harmonic, k * points);
        for (let i = 0; i < points; i++) {
          const weight = 2 * b * weights[Math.floor(i / (2 * b))];
          analysis[i * b * b + k] = (weight * harmonic[i]) / (2 * l + 1);
        }
      }
    this.synthesis = tf.tensor2d(synthesis, [b * b, points]);
    this.analysis = tf.tensor2d(analysis, [points, b * b]);
  }

  /** @param x [batch, 2b, 2b, channels] @returns the same shape */
  rotate(x: tf.Tensor4D, rotation: Rotation): tf.Tensor4D {
    return tf.tidy(() => {
      const [batch, rows, columns, channels] = x.shape;
      const signals = x.transpose([0, 3, 1, 2]).reshape([batch * channels, rows * columns]);
      const turned = tf.matMul(this.degreeMatrices(rotation), this.synthesis);
      const rotated = tf.matMul(tf.matMul(signals as tf.Tensor2D, this.analysis), turned);
      return rotated.reshape([batch, channels, rows, columns]).transpose<tf.Tensor4D>([0, 2, 3, 1]);
    });
  }

  dispose(): void {
    tf.dispose([this.analysis, this.synthesis]);
  }

  /** [b^2, b^2]: row k is the rotated spectrum of the k-th harmonic. */
  private degreeMatrices(rotation: Rotation): tf.Tensor2D {
    const size = this.bandwidth ** 2;
    const matrices = new Float32Array(size * size);
    const [alpha, beta, gamma] = anglesZYZ(rotation);
    realWignerMatrices(this.bandwidth, beta).forEach((wigner, l) => {
      const orders = 2 * l + 1;
      const matrix = realRotationMatrix(wigner, l, alpha, gamma);
      for (let i = 0; i < orders; i++)
        for (let j = 0; j < orders; j++) matrices[(l * l + j) * size + l * l + i] = matrix[i * orders + j];
    });
    return tf.tensor2d(matrices, [size, size]);
  }
}

function unit(size: number, index: number): Float64Array {
  const spectrum = new Float64Array(size);
  spectrum[index] = 1;
  return spectrum;
}
