import * as tf from '@tensorflow/tfjs';
import { currentSignal } from '../util/cell_signal';
import { breathe } from '../util/interrupted';

/** Answers, at least: to warm up, for V8 compiles what has run some hundred times; and counted. */
const least = { warmUp: 3, counted: 9 };

/** Milliseconds, at least, of each of the two. */
const SPAN = 1000;

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
  const answers = async (count: number): Promise<number[]> => {
    const times: number[] = [];
    const start = performance.now();
    while (times.length < count || performance.now() - start < SPAN) {
      await breathe(signal);
      const began = performance.now();
      const y = model.predict(x) as tf.Tensor;
      await y.data();
      times.push(performance.now() - began);
      y.dispose();
    }
    return times;
  };
  try {
    await answers(least.warmUp);
    const times = await answers(least.counted);
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  } finally {
    x.dispose();
  }
}
