import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { drawGlyphs } from '../src/datasets/glyphs';
import { sphericalDataset } from '../src/datasets/spherical';
import { startEngine } from '../src/engine/start';
import { buildModel } from '../src/models/presets';
import { Adam } from '../src/training/adam';
import { batchTensors } from '../src/training/batches';
import { lossAndGradients } from '../src/training/gradients';
import { writeFileAtomic } from '../src/util/files';
import { Random } from '../src/util/random';
import { median } from './measure';

const [WARM_UP, SAMPLE] = [100, 300];

/** How much slower late steps may be. */
const LARGEST_RATIO = 1.1;

/** Trainings: they slowed down most where gradients were not flushed to zero. */
const trainings = [
  { model: 'cnn-quick-small', bandwidth: 14, steps: 4000 },
  { model: 'cnn-1m', bandwidth: 16, steps: 2000 },
];

/**
 * Real trainings, on glyphs: as they go on, most gradients fall below what float32 holds as normal numbers, which
 * random inputs never show. Writes the medians of early and late steps to late.csv.
 * @throws Error if late steps are slower by more than a tenth
 */
export async function writeLateSteps(folder: string): Promise<void> {
  const { core, device } = await startEngine({ engine: 'wasm', threads: 1 });
  const lines = ['model,bandwidth,batch,steps,early_ms,late_ms,ratio,core,device'];
  const slow: string[] = [];
  for (const { model, bandwidth, steps } of trainings) {
    const times = await stepTimes(model, bandwidth, steps);
    const [early, late] = [times.slice(WARM_UP, WARM_UP + SAMPLE), times.slice(-SAMPLE)].map(median);
    const ratio = late / early;
    if (ratio > LARGEST_RATIO) slow.push(`${model}: ${ratio.toFixed(2)} > ${LARGEST_RATIO}`);
    const numbers = [early, late, ratio].map((number) => number.toFixed(2));
    lines.push([model, bandwidth, BATCH, steps, ...numbers, core, device].join(','));
    console.log(
      `${model}: step ${WARM_UP} ${numbers[0]} ms, step ${steps} ${numbers[1]} ms, ratio ${numbers[2]}`,
    );
  }
  writeFileAtomic(join(folder, 'late.csv'), `${lines.join('\n')}\n`);
  if (slow.length > 0) throw new Error(`late steps are slower: ${slow.join('; ')}`);
}

const [IMAGES, BATCH] = [2000, 8];

/** Milliseconds of each step of a segmenting network's training. */
async function stepTimes(name: string, bandwidth: number, steps: number): Promise<number[]> {
  const task = 'segmentation';
  const spheres = sphericalDataset({
    digits: drawGlyphs(IMAGES, 1),
    bandwidth,
    images: IMAGES,
    rotations: IMAGES,
    seed: 1,
    mode: 'corrected',
  });
  const model = buildModel(name, { task, bandwidth, seed: 1 });
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const adam = new Adam(weights);
  const random = Random.of(1, 'late steps');
  const times: number[] = [];
  for (let step = 0; step < steps; step++) {
    const samples = Array.from({ length: BATCH }, () => random.integer(IMAGES));
    const { x, y } = batchTensors(spheres, task, samples);
    const start = performance.now();
    const { value, grads } = lossAndGradients(model, x, y, weights);
    adam.apply(grads, 1e-3);
    await value.data();
    times.push(performance.now() - start);
    tf.dispose([x, y, value, grads]);
  }
  model.dispose();
  return times;
}
