import * as tf from '@tensorflow/tfjs';
import { buildNetwork } from '../../models/network';
import { restoreWeights } from '../../training/weights';
import { fromFloat16 } from '../../util/float16';
import type { PageNetwork } from '../payload';
import { bytesOf } from './base64';

/** A network that answers. */
export interface ReadyNetwork {
  about: PageNetwork;
  /** [batch, 2b, 2b, 1] to logits, flat */
  logits(spheres: Float32Array, count: number): Promise<Float32Array>;
}

/** Builds a network from the page's weights. Its engine must run. */
export function readyNetwork(about: PageNetwork): ReadyNetwork {
  const model = buildNetwork(about.network, about.seed);
  restoreWeights(model, weightsOf(about));
  model.trainable = false;
  const [, rows, columns] = model.inputs[0].shape as number[];
  return {
    about,
    async logits(spheres, count) {
      const y = tf.tidy(() => model.apply(tf.tensor4d(spheres, [count, rows, columns, 1])) as tf.Tensor);
      try {
        return (await y.data()) as Float32Array;
      } finally {
        y.dispose();
      }
    },
  };
}

/** The arrays of a network's weights. */
export function weightsOf({ weights, lengths }: PageNetwork): Float32Array[] {
  const all = fromFloat16(new Uint16Array(bytesOf(weights)));
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return all.slice(end - length, end);
  });
}
