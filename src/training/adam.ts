import * as tf from '@tensorflow/tfjs';

/** All that a later step depends on, besides the weights. */
export interface AdamState {
  step: number;
  /** running means of the gradient and of its square, all parameters in a row */
  first: Float32Array;
  second: Float32Array;
}

/** The numbers of one step. */
interface Step {
  beta1: number;
  beta2: number;
  epsilon: number;
  /** learning rate over the first mean's bias correction */
  rate: number;
  /** of the root of the second mean */
  correction: number;
}

/**
 * Adam (Kingma and Ba 2015, algorithm 1) on the trainable weights of a model; the means of all of them lie in one
 * vector each.
 *
 * Its own class because tf.train.adam cannot be taken up again exactly: it restores its bias corrections by a
 * power, where it had got them by a running product.
 */
export class Adam {
  private step = 0;
  private first: tf.Variable;
  private second: tf.Variable;
  private readonly offsets: number[];

  constructor(
    private readonly weights: readonly tf.Variable[],
    private readonly beta1 = 0.9,
    private readonly beta2 = 0.999,
    private readonly epsilon = 1e-8,
  ) {
    let total = 0;
    this.offsets = weights.map(({ size }) => {
      total += size;
      return total - size;
    });
    this.first = tf.tidy(() => tf.variable(tf.zeros([total]), false));
    this.second = tf.tidy(() => tf.variable(tf.zeros([total]), false));
  }

  /** Takes one step down the gradients, given by the names of the weights. */
  apply(gradients: tf.NamedTensorMap, learningRate: number): void {
    this.step++;
    const { beta1, beta2, epsilon } = this;
    const rate = learningRate / (1 - beta1 ** this.step);
    const correction = 1 / Math.sqrt(1 - beta2 ** this.step);
    const step = { beta1, beta2, epsilon, rate, correction };
    const inOne = tf.getKernel('AdamStep', tf.getBackend()) !== undefined;
    tf.tidy(() => {
      if (inOne) this.applyInOne(gradients, step);
      else this.compose(gradients, step);
    });
  }

  private applyInOne(gradients: tf.NamedTensorMap, step: Step): void {
    const { first, second } = this;
    this.weights.forEach((weight, i) => {
      const isShared = tf.backend().refCount(weight.dataId) > 1; // by a clone, which must keep its values
      if (isShared) weight.assign(weight.add(0));
      const inputs = { weight, gradient: gradients[weight.name], first, second };
      tf.engine().runKernel('AdamStep', inputs, { ...step, offset: this.offsets[i] });
    });
  }

  private compose(gradients: tf.NamedTensorMap, { beta1, beta2, epsilon, rate, correction }: Step): void {
    const gradient = tf.concat(this.weights.map((w) => gradients[w.name].flatten()));
    this.first.assign(this.first.mul(beta1).add(gradient.mul(1 - beta1)));
    this.second.assign(this.second.mul(beta2).add(gradient.square().mul(1 - beta2)));
    const moves = this.first.mul(rate).div(this.second.sqrt().mul(correction).add(epsilon));
    const sizes = this.weights.map(({ size }) => size);
    tf.split(moves as tf.Tensor1D, sizes).forEach((move, i) => {
      const weight = this.weights[i];
      weight.assign(weight.sub(move.reshape(weight.shape)));
    });
  }

  async state(): Promise<AdamState> {
    const [first, second] = await Promise.all([this.first.data(), this.second.data()]);
    return { step: this.step, first: Float32Array.from(first), second: Float32Array.from(second) };
  }

  restore(state: AdamState): void {
    this.step = state.step;
    tf.tidy(() => {
      this.first.assign(tf.tensor1d(state.first));
      this.second.assign(tf.tensor1d(state.second));
    });
  }

  dispose(): void {
    this.first.dispose();
    this.second.dispose();
  }
}
