import * as tf from '@tensorflow/tfjs';
import { drawGlyphs } from '../src/datasets/glyphs';
import { sphericalDataset } from '../src/datasets/spherical';
import { startEngine } from '../src/engine/start';
import { buildModel } from '../src/models/presets';
import { Adam } from '../src/training/adam';
import { batchTensors } from '../src/training/batches';
import { lossAndGradients } from '../src/training/gradients';
import { Random } from '../src/util/random';

const [STEPS, WARM_UP, SAMPLE] = [4000, 100, 300];

/** How much slower late steps may be. */
const LARGEST_RATIO = 1.1;

/**
 * A real training, on glyphs: as it goes on, most gradients fall below what float32 holds as normal numbers, which
 * random inputs never show. Compares the medians of early and late steps.
 * @throws Error if late steps are slower by more than a tenth
 */
export async function measureLateSteps(): Promise<void> {
  await startEngine({ engine: 'wasm', threads: 1 });
  const task = 'segmentation';
  const [images, bandwidth, batch] = [2000, 14, 8];
  const digits = drawGlyphs(images, 1);
  const spheres = sphericalDataset({
    digits,
    bandwidth,
    images,
    rotations: images,
    seed: 1,
    mode: 'corrected',
  });
  const model = buildModel('cnn-quick-small', { task, bandwidth, seed: 1 });
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const adam = new Adam(weights);
  const random = Random.of(1, 'late steps');
  const times: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const samples = Array.from({ length: batch }, () => random.integer(images));
    const { x, y } = batchTensors(spheres, task, samples);
    const start = performance.now();
    const { value, grads } = lossAndGradients(model, x, y, weights);
    adam.apply(grads, 1e-3);
    await value.data();
    times.push(performance.now() - start);
    tf.dispose([x, y, value, grads]);
  }
  const [early, late] = [times.slice(WARM_UP, WARM_UP + SAMPLE), times.slice(-SAMPLE)].map(median);
  const ratio = late / early;
  console.log(
    `step ${WARM_UP}: ${early.toFixed(2)} ms; step ${STEPS}: ${late.toFixed(2)} ms; ratio ${ratio.toFixed(2)}`,
  );
  if (ratio > LARGEST_RATIO) throw new Error(`late steps are slower: ${ratio.toFixed(2)} > ${LARGEST_RATIO}`);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
