import * as tf from '@tensorflow/tfjs';
import { type ImageSet, imageSize } from '../src/datasets/digits';
import { sphericalDataset } from '../src/datasets/spherical';
import type { Task } from '../src/datasets/task';
import { wasmHeap } from '../src/engine/wasm/memory/heap';
import { SO3Conv } from '../src/layers/so3_conv';
import { type CnnConfig, cnn } from '../src/models/cnn';
import { buildModel, modelNames, presets } from '../src/models/presets';
import { type S2cnnConfig, s2cnn } from '../src/models/s2cnn';
import { Adam } from '../src/training/adam';
import { lossAndGradients } from '../src/training/gradients';
import { forEachBlock } from '../src/transforms/samples';
import { GroupTransform, groupGridSize } from '../src/transforms/so3';
import { fullTruncation } from '../src/transforms/truncation';
import { checkOneOf } from '../src/util/check';
import { Random } from '../src/util/random';

/** What is measured: a forward pass, a training step (forward, loss, backward, Adam), or both. */
export interface Actions {
  forward?: () => Promise<void>;
  /** Of a layer: forward and backward for a given gradient of the output. */
  step?: () => Promise<void>;
}

/** A row of the table of speeds. */
export interface Case {
  letter: string;
  name: string;
  shapes: string;
  /** Works on the heap of the WASM engine itself. */
  onlyWasm?: boolean;
  build: () => Actions;
}

const small: S2cnnConfig = {
  task: 'segmentation',
  bandwidth: 16,
  features: [11, 12, 13, 12, 11],
  bandLimits: [12, 9, 7, 9, 12],
  maxBeta: [0.2, 0.3, 0.4, 0.4, 0.4, 0.4],
  classes: 11,
};

/** Networks for digits whose reach was set beside a twin in torch. */
const digitS2cnn: S2cnnConfig = {
  task: 'classification',
  bandwidth: 16,
  features: [10, 14, 18],
  bandLimits: [10, 6, 4],
  maxBeta: [0.387, 0.4, 0.4],
  classes: 10,
};
const digitCnn: CnnConfig = {
  task: 'classification',
  size: 32,
  channels: 1,
  features: [32, 64, 160],
  kernelSizes: [5, 3, 3],
  strides: [1, 2, 2],
  classes: 10,
  skips: true,
};

const released = () => s2cnn({ ...presets['s2cnn-204k'], upsampling: 'released' });

export const cases: Case[] = [
  network('A', 'S2CNN 204k released upsampling', 1, released, ['step']),
  network('B', 'S2CNN 204k', 1, () => s2cnn(presets['s2cnn-204k']), ['step']),
  network('C', 'S2CNN 204k released upsampling inference', 1, released, ['forward']),
  network('D', 'S2CNN 134k at bandwidth 16', 32, () => s2cnn(small)),
  layer('E', 16),
  layer('E2', 30),
  analysis('E3', 50, 8),
  network('F', 'CNN 218k', 32, () => cnn(presets['cnn-218k'])),
  network('F2', 'CNN 218k on 32x32', 32, () => cnn({ ...presets['cnn-218k'], size: 32 })),
  projection('G', 50, 200),
  projection('G2', 16, 2000),
  network('H', 'S2CNN 204k', 8, () => s2cnn(presets['s2cnn-204k']), ['step']),
  network('V', 'S2CNN 76k for digits at bandwidth 16', 32, () => s2cnn(digitS2cnn), ['step']),
  network('W', 'CNN 182k for digits on 32x32', 32, () => cnn(digitCnn), ['step']),
  ...nightly('S', 's2cnn-204k', 'segmentation', [8, 16, 32]),
  ...nightly('T', 's2cnn-150k', 'classification', [8, 16, 32]),
  ...nightly('U', 's2cnn-quick', 'classification', [8, 32]),
  ...nightly('K', 'cnn-218k', 'segmentation', [8, 32]),
  ...nightly('L', 'cnn-1m', 'segmentation', [8, 32]),
  ...nightly('M', 'cnn-5.5m', 'segmentation', [8, 32]),
  ...nightly('N', 'cnn-0.5m', 'classification', [8, 32]),
];

/** Steps that a night of trainings consists of: the paper's networks and ours at bandwidth 16. */
function nightly(letter: string, model: string, task: Task, batches: number[]): Case[] {
  checkOneOf('model', model, modelNames);
  return batches.map((batch) =>
    network(
      `${letter}${batch}`,
      `${model} ${task} at bandwidth 16`,
      batch,
      () => buildModel(model, { task, bandwidth: 16, seed: 1 }),
      ['step'],
    ),
  );
}

function network(
  letter: string,
  name: string,
  batch: number,
  build: () => tf.LayersModel,
  wanted: (keyof Actions)[] = ['forward', 'step'],
): Case {
  return {
    letter,
    name,
    shapes: `batch ${batch}`,
    build: () => {
      const model = build();
      const size = model.inputs[0].shape[1] as number;
      const x = tf.randomUniform([batch, size, size, 1], 0, 1, 'float32', 1);
      const [, ...outputs] = model.outputs[0].shape as number[];
      const classes = outputs.pop();
      const labels = tf.randomUniform([batch, ...outputs], 0, classes, 'int32', 2);
      const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const adam = new Adam(weights);
      const actions: Actions = {
        forward: async () => {
          const y = tf.tidy(() => model.apply(x) as tf.Tensor);
          await y.data();
          y.dispose();
        },
        step: async () => {
          const { value, grads } = lossAndGradients(model, x, labels, weights);
          adam.apply(grads, 1e-3);
          await value.data();
          tf.dispose([value, grads]);
        },
      };
      return Object.fromEntries(wanted.map((kind) => [kind, actions[kind]]));
    },
  };
}

function layer(letter: string, b: number): Case {
  const shape = [4, 2 * b, 2 * b, 2 * b, 10];
  return {
    letter,
    name: `SO3Conv 10 to 10 at bandwidth ${b}`,
    shapes: `[${shape}]`,
    build: () => ({ step: convolutionStep(b, 4, 10) }),
  };
}

/** Forward and backward of an SO(3) convolution, for a given gradient of its output. */
export function convolutionStep(b: number, batch: number, channels: number): () => Promise<void> {
  const shape = [batch, 2 * b, 2 * b, 2 * b, channels];
  const convolution = new SO3Conv({ filters: channels, bandOut: b, maxBeta: 0.2 });
  const [x, dy] = [1, 2].map((seed) => tf.randomNormal(shape, 0, 1, 'float32', seed));
  // The layer has one gradient function, which gives those by input, kernel and bias together.
  const gradient = tf.grad((input: tf.Tensor) => convolution.apply(input) as tf.Tensor);
  return async () => {
    const dx = gradient(x, dy);
    await dx.slice([0, 0, 0, 0, 0], [1, 1, 1, 1, 1]).data();
    dx.dispose();
  };
}

function analysis(letter: string, bandwidth: number, channels: number): Case {
  const signal = { bandwidth, truncation: fullTruncation(bandwidth), batch: 1, channels };
  return {
    letter,
    name: `SO(3) analysis at bandwidth ${bandwidth}`,
    shapes: `${channels} signals`,
    onlyWasm: true,
    build: () => {
      const heap = wasmHeap();
      const x = tf.randomNormal([groupGridSize(signal)], 0, 1, 'float32', 1);
      const transform = new GroupTransform(heap, signal, 'analysis');
      const out = tf.zeros([transform.spectrumLength]);
      const [from, to] = [heap.pointer(x), heap.pointer(out)];
      return {
        forward: async () =>
          forEachBlock(heap, 1, transform.bytesPerSample, (lane, samples) =>
            transform.analyse(lane, samples, from, to),
          ),
      };
    },
  };
}

/** Random pixels: what an image shows makes no difference. On one thread, whatever the engine. */
function projection(letter: string, bandwidth: number, images: number): Case {
  return {
    letter,
    name: `projection at bandwidth ${bandwidth}`,
    shapes: `${images} images rotated`,
    build: () => {
      const random = Random.of(1, 'pixels');
      const pixels = Uint8Array.from({ length: images * imageSize ** 2 }, () => random.integer(256));
      const digits: ImageSet = { count: images, size: imageSize, pixels, labels: new Uint8Array(images) };
      return {
        forward: async () => {
          sphericalDataset({ digits, bandwidth, images, rotations: images, seed: 1, mode: 'corrected' });
        },
      };
    },
  };
}
