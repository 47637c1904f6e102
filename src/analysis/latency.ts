import * as tf from '@tensorflow/tfjs';
import { currentSignal } from '../util/cell_signal';
import { breathe } from '../util/interrupted';

const rounds = { warmUp: 3, counted: 9 };

/**
 * The median time of an answer to a batch, in milliseconds, from calling the network to having its numbers.
 * @throws Interrupted if the signal fires
 */
export async function latency(
  model: tf.LayersModel,
  batch: number,
  signal = currentSignal(),
): Promise<number> {
  const shape = (model.inputs[0].shape as number[]).slice(1);
  const x = tf.randomUniform([batch, ...shape], 0, 1, 'float32', 1);
  const times: number[] = [];
  try {
    for (let round = 0; round < rounds.warmUp + rounds.counted; round++) {
      await breathe(signal);
      const began = performance.now();
      const y = model.predict(x) as tf.Tensor;
      await y.data();
      if (round >= rounds.warmUp) times.push(performance.now() - began);
      y.dispose();
    }
  } finally {
    x.dispose();
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}
