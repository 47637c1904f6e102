import * as tf from '@tensorflow/tfjs';

/** All that a later step depends on, besides the weights. */
export interface AdamState {
  step: number;
  /** running means of the gradient and of its square, all parameters in a row */
  first: Float32Array;
  second: Float32Array;
}

/**
 * Adam (Kingma and Ba 2015, algorithm 1) on the trainable weights of a model, gathered in one long vector.
 *
 * Its own class because tf.train.adam cannot be taken up again exactly: it restores its bias corrections by a
 * power, where it had got them by a running product. One vector also means a dozen kernel calls a step in place of a
 * dozen per weight.
 */
export class Adam {
  private step = 0;
  private first: tf.Variable;
  private second: tf.Variable;
  private readonly sizes: number[];

  constructor(
    private readonly weights: readonly tf.Variable[],
    private readonly beta1 = 0.9,
    private readonly beta2 = 0.999,
    private readonly epsilon = 1e-8,
  ) {
    this.sizes = weights.map((w) => w.size);
    const total = this.sizes.reduce((sum, size) => sum + size, 0);
    this.first = tf.tidy(() => tf.variable(tf.zeros([total]), false));
    this.second = tf.tidy(() => tf.variable(tf.zeros([total]), false));
  }

  /** Takes one step down the gradients, given by the names of the weights. */
  apply(gradients: tf.NamedTensorMap, learningRate: number): void {
    this.step++;
    const scale = learningRate / (1 - this.beta1 ** this.step);
    const correction = 1 / Math.sqrt(1 - this.beta2 ** this.step);
    tf.tidy(() => {
      const gradient = tf.concat(this.weights.map((w) => gradients[w.name].flatten()));
      this.first.assign(this.first.mul(this.beta1).add(gradient.mul(1 - this.beta1)));
      this.second.assign(this.second.mul(this.beta2).add(gradient.square().mul(1 - this.beta2)));
      const moves = this.first.mul(scale).div(this.second.sqrt().mul(correction).add(this.epsilon));
      tf.split(moves as tf.Tensor1D, this.sizes).forEach((move, i) => {
        const weight = this.weights[i];
        weight.assign(weight.sub(move.reshape(weight.shape)));
      });
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
