import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { Task } from '../../src/datasets/task';
import { cnn } from '../../src/models/cnn';
import { s2cnn } from '../../src/models/s2cnn';
import { train } from '../../src/training/loop';
import { syntheticSpheres } from '../training/spheres';

const steps = 20;
const bandwidth = 3;
const batchSize = 2;

export interface Subject {
  name: string;
  task: Task;
  make: () => tf.LayersModel;
}

/** Tiny networks with shortcuts, of each kind and for each task. */
export const subjects: Subject[] = (['segmentation', 'classification'] as const).flatMap((task) => [
  {
    name: `CNN, ${task}`,
    task,
    make: () =>
      cnn({
        task,
        size: 2 * bandwidth,
        features: [4, 5, 6],
        kernelSizes: [3, 2, 2],
        strides: [1, 1, 2],
        classes: task === 'segmentation' ? 11 : 10,
        skips: true,
      }),
  },
  {
    name: `S2CNN, ${task}`,
    task,
    make: () =>
      s2cnn({
        task,
        bandwidth,
        features: [3, 4],
        bandLimits: [3, 2],
        maxBeta: task === 'segmentation' ? [0.2, 0.4, 0.4] : [0.2, 0.4],
        classes: task === 'segmentation' ? 11 : 10,
        skips: true,
        logitScale: 10,
      }),
  },
]);

/** What TensorFlow.js's WebGPU backend adds to the report. */
type GpuMemory = ReturnType<typeof tf.memory> & { numBytesInGPU?: number };

export interface Steps {
  losses: number[];
  /** what the engine holds after each step */
  held: string[];
}

/** Trains for an epoch of 20 steps on the running engine. */
export async function takeSteps({ task, make }: Subject): Promise<Steps> {
  const data = {
    train: syntheticSpheres(steps * batchSize, bandwidth, 1),
    validation: syntheticSpheres(2, bandwidth, 2),
  };
  const sums = [0];
  const held: string[] = [];
  const model = make();
  await train(model, data, {
    task,
    epochs: 1,
    batchSize,
    seed: 1,
    learningRate: 0.01,
    onProgress: ({ step, loss }) => {
      sums.push(loss * step);
      const { numTensors, numBytes, numBytesInGPU = 0 } = tf.memory() as GpuMemory;
      held.push(`${numTensors} tensors, ${numBytes} bytes, ${numBytesInGPU} on the GPU`);
    },
  });
  model.dispose();
  return { losses: sums.slice(1).map((sum, i) => sum - sums[i]), held };
}

/** Asserts that the network learns, and that all losses agree to `tolerance`, relative to each. */
export function assertSameLosses(actual: Steps, expected: Steps, what: string, tolerance = 1e-4): void {
  assert.equal(actual.losses.length, steps);
  const mean = (losses: number[]) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const [early, late] = [mean(expected.losses.slice(0, 5)), mean(expected.losses.slice(-5))];
  assert.ok(late < 0.95 * early, `${what}: no learning: ${expected.losses}`);
  actual.losses.forEach((loss, step) => {
    const error = Math.abs(loss / expected.losses[step] - 1);
    assert.ok(error < tolerance, `${what}, step ${step}: ${loss}, not ${expected.losses[step]}`);
  });
}

/** Asserts that no step leaves tensors behind; the first one makes constants. */
export function assertFlat({ held }: Steps, what: string): void {
  assert.equal(new Set(held.slice(1)).size, 1, `${what}: ${held.join('; ')}`);
}
