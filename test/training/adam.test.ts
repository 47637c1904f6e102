import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../src/engine/start';
import { Adam } from '../../src/training/adam';
import { assertClose } from '../close';
import { normal } from '../engine/compare';

/** The gradients of a bowl, in two variables of different shapes. */
function bowl(a: tf.Variable, b: tf.Variable): tf.NamedTensorMap {
  return tf.variableGrads(() => a.square().sum().add(b.sub(3).pow(4).mean()).asScalar(), [a, b]).grads;
}

function start(): [tf.Variable, tf.Variable] {
  return [tf.variable(tf.tensor2d([[1, -2, 0.5]])), tf.variable(tf.tensor1d([0.1, 4]))];
}

describe('Adam', () => {
  before(() => tf.setBackend('cpu'));

  it('walks as tf.train.adam does', () => {
    const ours = start();
    const theirs = start();
    const adam = new Adam(ours);
    const reference = tf.train.adam(0.05, 0.9, 0.999, 1e-8);
    for (let i = 0; i < 30; i++) {
      adam.apply(bowl(...ours), 0.05);
      reference.applyGradients(bowl(...theirs) as tf.NamedTensorMap & Record<string, tf.Variable>);
    }
    ours.forEach((weight, i) => {
      const expected = theirs[i].dataSync();
      weight.dataSync().forEach((w, k) => {
        assert.ok(Math.abs(w - expected[k]) < 1e-5, `weight ${i}[${k}]: expected ${expected[k]}, got ${w}`);
      });
    });
  });

  it('goes on from its state as if it had not stopped', async () => {
    const weights = start();
    const adam = new Adam(weights);
    for (let i = 0; i < 3; i++) adam.apply(bowl(...weights), 0.05);
    const copies = weights.map((w) => tf.variable(w.clone())) as [tf.Variable, tf.Variable];
    const second = new Adam(copies);
    second.restore(await adam.state());
    adam.apply(bowl(...weights), 0.05);
    second.apply(bowl(...copies), 0.05);
    weights.forEach((w, i) => {
      assert.deepEqual(copies[i].dataSync(), w.dataSync());
    });
  });
});

describe('Adam on the WASM engine', () => {
  before(() => startEngine({ engine: 'wasm', threads: 2 }));

  /** Weights after a few steps: of several shapes, one of more parts than there are threads. */
  function steps(): Float32Array[] {
    const weights = [normal([3, 5]), normal([1]), normal([100001])].map((x) => tf.variable(x));
    const adam = new Adam(weights);
    for (let i = 0; i < 4; i++) {
      const { grads } = tf.variableGrads(
        () => tf.addN(weights.map((w) => w.square().mul(normal(w.shape, 'factor')).sum())).asScalar(),
        weights,
      );
      adam.apply(grads, 0.05);
    }
    return weights.map((w) => Float32Array.from(w.dataSync()));
  }

  it('moves the weights as TensorFlow.js operations do', async () => {
    const ours = steps();
    await startEngine({ engine: 'cpu' });
    const expected = steps();
    ours.forEach((values, i) => {
      assertClose(values, expected[i], 1e-6, `weight ${i}`);
    });
    await startEngine({ engine: 'wasm', threads: 2 });
  });

  it('leaves the clones of a weight as they were', () => {
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const clone = weight.clone();
    new Adam([weight]).apply({ [weight.name]: tf.tensor1d([1, 1]) }, 0.5);
    assert.deepEqual([...clone.dataSync()], [1, 2]);
    assertClose(weight.dataSync(), [0.5, 1.5], 1e-6);
  });

  it('makes no tensors', () => {
    const weight = tf.variable(normal([10]));
    const adam = new Adam([weight]);
    const gradients = { [weight.name]: normal([10], 'gradient') };
    const before = tf.memory();
    for (let i = 0; i < 3; i++) adam.apply(gradients, 0.1);
    assert.deepEqual([tf.memory().numTensors, tf.memory().numBytes], [before.numTensors, before.numBytes]);
  });
});
