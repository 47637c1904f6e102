import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { Adam } from '../../src/training/adam';

before(() => tf.setBackend('cpu'));

/** The gradients of a bowl, in two variables of different shapes. */
function bowl(a: tf.Variable, b: tf.Variable): tf.NamedTensorMap {
  return tf.variableGrads(() => a.square().sum().add(b.sub(3).pow(4).mean()).asScalar(), [a, b]).grads;
}

function start(): [tf.Variable, tf.Variable] {
  return [tf.variable(tf.tensor2d([[1, -2, 0.5]])), tf.variable(tf.tensor1d([0.1, 4]))];
}

describe('Adam', () => {
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
