import assert from 'node:assert/strict';
import { before, type TestContext, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { latency } from '../../src/analysis/latency';
import { startEngine } from '../../src/engine/start';
import { Interrupted } from '../../src/util/interrupted';

before(() => startEngine({ engine: 'cpu' }));

/** A network whose answers take so long by a clock that nothing else moves. */
function networkOnAClock(t: TestContext, millisecondsOf: (answer: number) => number) {
  let [now, answers] = [0, 0];
  t.mock.method(performance, 'now', () => now);
  const predict = (x: tf.Tensor) => {
    now += millisecondsOf(answers++);
    return x.sum(1);
  };
  const model = { inputs: [{ shape: [null, 3] }], predict } as unknown as tf.LayersModel;
  return { model, answers: () => answers };
}

test('the latency is a median of a second of answers, after a second of warming up', async (t) => {
  // a second of slow ones, then one in ten is disturbed
  const { model, answers } = networkOnAClock(t, (i) => (i < 10 ? 100 : i % 10 === 0 ? 40 : 4 + (i % 3)));
  const before = tf.memory().numTensors;
  assert.equal(await latency(model, 2), 5);
  assert.ok(answers() > 10 + 100, `${answers()} answers`);
  assert.equal(tf.memory().numTensors, before);
});

test('answers that take longer than the second are a few', async (t) => {
  const { model, answers } = networkOnAClock(t, (i) => 2000 + i);
  await latency(model, 1);
  assert.equal(answers(), 12);
});

test('measuring stops when it is asked to, and leaves no tensors', async (t) => {
  const stop = new AbortController();
  const { model } = networkOnAClock(t, (i) => {
    if (i === 5) stop.abort();
    return 1;
  });
  const before = tf.memory().numTensors;
  await assert.rejects(latency(model, 1, stop.signal), Interrupted);
  assert.equal(tf.memory().numTensors, before);
});
