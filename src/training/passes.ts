import type * as tf from '@tensorflow/tfjs';
import type { SphericalDataset } from '../datasets/spherical';
import { check } from '../util/check';
import { Random } from '../util/random';
import { batchTensors, type SphereSource } from './batches';
import { checkSpheres } from './inputs';
import type { Plan } from './options';

/** Which samples each step sees: passes over the training set, each in an order of its own, its last batch a short one. */
export class Passes {
  /** the pass under way */
  private pass = -1;
  private order = new Uint32Array(0) as Uint32Array;

  constructor(
    private readonly set: SphericalDataset | SphereSource,
    private readonly plan: Plan,
  ) {}

  /** Samples seen after `steps` steps. */
  spheresAfter(steps: number): number {
    const { stepsPerPass, batchSize } = this.plan;
    const { count } = this.set;
    return Math.floor(steps / stepsPerPass) * count + Math.min(count, (steps % stepsPerPass) * batchSize);
  }

  /** The number of passes that so many samples come to. */
  passes(spheres: number): number {
    return spheres / this.set.count;
  }

  /** The batch of a step, 0-based, as tensors that the caller disposes of. @throws UsageError for what a source makes */
  batch(step: number): { x: tf.Tensor4D; y: tf.Tensor } {
    const { set } = this;
    const { task } = this.plan;
    const samples = this.samples(step);
    if (!('take' in set)) return batchTensors(set, task, samples);
    const made = set.take(samples);
    const [wanted, got] = [samples.length, made.count];
    check(got === wanted, () => `train: expected ${wanted} images of the source, got ${got}`);
    checkSpheres('train', made, task);
    return batchTensors(
      made,
      task,
      samples.map((_, i) => i),
    );
  }

  private samples(step: number): Uint32Array {
    const { stepsPerPass, batchSize, seed } = this.plan;
    const pass = Math.floor(step / stepsPerPass);
    if (this.pass !== pass) {
      this.order = Random.of(seed, 'shuffle', pass + 1).permutation(this.set.count);
      this.pass = pass;
    }
    const start = (step % stepsPerPass) * batchSize;
    return this.order.subarray(start, start + batchSize);
  }
}
