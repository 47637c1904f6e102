import * as tf from '@tensorflow/tfjs';
import type { SphericalDataset } from '../../src/datasets/spherical';
import type { Task } from '../../src/datasets/task';
import { Random } from '../../src/util/random';

/** Spheres that a small net can learn: class c, of ten at most, lights up row c of the grid, on top of noise. */
export function syntheticSpheres(count: number, bandwidth: number, seed: number): SphericalDataset {
  const side = 2 * bandwidth;
  const random = Random.of(seed, 'synthetic spheres');
  const inputs = new Float32Array(count * side * side);
  const masks = new Uint8Array(count * side * side);
  const labels = Uint8Array.from({ length: count }, () => random.integer(Math.min(side, 10)));
  for (let i = 0; i < inputs.length; i++) {
    const image = Math.floor(i / (side * side));
    const row = Math.floor(i / side) % side;
    const lit = row === labels[image];
    inputs[i] = random.uniform(0, 0.5) + (lit ? 0.5 : 0);
    masks[i] = lit ? labels[image] + 1 : 0;
  }
  return { count, bandwidth, inputs, labels, masks };
}

/** A net of a few hundred weights that returns logits, always with the same start. */
export function tinyModel(task: Task, bandwidth: number): tf.LayersModel {
  const side = 2 * bandwidth;
  const init = (seed: number) => tf.initializers.glorotUniform({ seed });
  const layers =
    task === 'classification'
      ? [
          tf.layers.flatten({ inputShape: [side, side, 1] }),
          tf.layers.dense({ units: 8, activation: 'relu', kernelInitializer: init(1) }),
          tf.layers.dense({ units: 10, kernelInitializer: init(2) }),
        ]
      : [
          tf.layers.conv2d({
            inputShape: [side, side, 1],
            filters: 4,
            kernelSize: 3,
            padding: 'same',
            activation: 'relu',
            kernelInitializer: init(1),
          }),
          tf.layers.conv2d({ filters: 11, kernelSize: 1, kernelInitializer: init(2) }),
        ];
  return tf.sequential({ layers });
}

/** All weights of a model in one array. */
export function flatWeights(model: tf.LayersModel): number[] {
  return model.getWeights().flatMap((w) => Array.from(w.dataSync()));
}
