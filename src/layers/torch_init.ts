import * as tf from '@tensorflow/tfjs';
import { Random } from '../util/random';

type Initializer = ReturnType<typeof tf.initializers.zeros>;

/** Bounds of PyTorch's default initialisation: uniform in +-1/sqrt(fanIn), for kernels and biases alike. */
export interface TorchInit {
  kernel: Initializer;
  bias: Initializer;
}

/**
 * PyTorch's default initialisation (`reset_parameters` of Conv2d, ConvTranspose2d and Linear).
 * @param fanIn terms in one output's sum: kernel height * kernel width * input channels; of a transposed
 *   convolution, as PyTorch has it, kernel height * kernel width * *output* channels.
 * @param purpose gives each pair of weights a stream of its own.
 */
export function torchInit(fanIn: number, seed: number, ...purpose: (string | number)[]): TorchInit {
  const bound = 1 / Math.sqrt(fanIn);
  const uniform = (weight: string) => {
    const ownSeed = 1 + Random.of(seed, 'torch init', ...purpose, weight).integer(2 ** 31 - 2); // 0 is unseeded
    return tf.initializers.randomUniform({ minval: -bound, maxval: bound, seed: ownSeed });
  };
  return { kernel: uniform('kernel'), bias: uniform('bias') };
}
