import * as tf from '@tensorflow/tfjs';
import { wasmHeap } from '../src/engine/heap';
import { SO3Conv } from '../src/layers/so3_conv';
import { cnn } from '../src/models/cnn';
import { presets } from '../src/models/index';
import { type S2cnnConfig, s2cnn } from '../src/models/s2cnn';
import { groupAnalysis, groupGridSize, groupSpectrumSize } from '../src/transforms/so3';
import { fullTruncation } from '../src/transforms/truncation';
import { measure, type Timing } from './measure';

export interface Case {
  name: string;
  shapes: string;
  /** Forward alone; a training step: forward, loss, backward, Adam (layers: forward and backward). */
  run: () => Promise<{ forward?: Timing; step?: Timing }>;
}

const small: S2cnnConfig = {
  task: 'segmentation',
  bandwidth: 16,
  features: [11, 12, 13, 12, 11],
  bandLimits: [12, 9, 7, 9, 12],
  maxBeta: [0.2, 0.3, 0.4, 0.4, 0.4, 0.4],
  classes: 11,
};

/** The rows of the speed table; letters as in the table of the README. */
export const cases: Case[] = [
  network('A', 'S2CNN 204k released upsampling', 1, () =>
    s2cnn({ ...presets['s2cnn-204k'], upsampling: 'released' }),
  ),
  network('B', 'S2CNN 204k', 1, () => s2cnn(presets['s2cnn-204k'])),
  network('D', 'S2CNN 134k at bandwidth 16', 32, () => s2cnn(small)),
  layer('E', 16),
  layer('E2', 30),
  analysis('E3', 50, 8),
  network('F', 'CNN 218k', 32, () => cnn(presets['cnn-218k'])),
  network('F2', 'CNN 218k on 32x32', 32, () => cnn({ ...presets['cnn-218k'], size: 32 })),
  network('H', 'S2CNN 204k batch 8', 8, () => s2cnn(presets['s2cnn-204k'])),
];

function network(letter: string, name: string, batch: number, build: () => tf.LayersModel): Case {
  return {
    name: `${letter} ${name}`,
    shapes: `batch ${batch}`,
    run: async () => {
      const model = build();
      const [, size, , channels] = model.inputs[0].shape as number[];
      const x = tf.randomUniform([batch, size, size, channels], 0, 1, 'float32', 1);
      const classes = (model.outputShape as number[]).slice(-1)[0];
      const labels = tf.oneHot(
        tf.randomUniform([batch * size * size], 0, classes, 'int32', 2) as tf.Tensor1D,
        classes,
      );
      const adam = tf.train.adam(1e-3);
      const logits = () => (model.apply(x) as tf.Tensor).reshape([-1, classes]);
      const forward = await measure(async () => {
        const y = tf.tidy(() => model.apply(x) as tf.Tensor);
        await y.data();
        y.dispose();
      });
      const step = await measure(async () => {
        const loss = adam.minimize(() => tf.losses.softmaxCrossEntropy(labels, logits()) as tf.Scalar, true)!;
        await loss.data();
        loss.dispose();
      });
      model.dispose();
      tf.dispose([x, labels]);
      adam.dispose();
      return { forward, step };
    },
  };
}

function layer(letter: string, b: number): Case {
  const shape = [4, 2 * b, 2 * b, 2 * b, 10];
  return {
    name: `${letter} SO3Conv 10 to 10 at bandwidth ${b}`,
    shapes: `[${shape}]`,
    run: async () => {
      const convolution = new SO3Conv({ filters: 10, bandOut: b, maxBeta: 0.2 });
      const x = tf.randomNormal(shape, 0, 1, 'float32', 1);
      // One gradient function gives the gradients by input, kernel and bias together.
      const gradient = tf.grad((input: tf.Tensor) => (convolution.apply(input) as tf.Tensor).sum());
      const step = await measure(async () => {
        const dx = gradient(x);
        await dx.data();
        dx.dispose();
      });
      x.dispose();
      return { step };
    },
  };
}

function analysis(letter: string, bandwidth: number, channels: number): Case {
  const signal = { bandwidth, truncation: fullTruncation(bandwidth), batch: 1, channels };
  return {
    name: `${letter} SO(3) analysis of ${channels} signals at bandwidth ${bandwidth}`,
    shapes: `[1,${[1, 1, 1].map(() => 2 * bandwidth)},${channels}]`,
    run: async () => {
      const heap = wasmHeap();
      const x = tf.randomNormal([groupGridSize(signal)], 0, 1, 'float32', 1);
      const out = tf.zeros([groupSpectrumSize(signal)]);
      const run = () => groupAnalysis(heap, heap.pointer(x), heap.pointer(out), signal, 'analysis');
      const forward = await measure(run);
      tf.dispose([x, out]);
      return { forward };
    },
  };
}
