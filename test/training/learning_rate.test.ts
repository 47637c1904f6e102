import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { learningRateAt, type Schedule } from '../../src/training/learning_rate';
import { type Fall, latestFall, noFall } from '../../src/training/plateau';

/** The rates of all steps, in units of the base rate, rounded. */
function rates(schedule: Schedule, steps: number, warmup = 0, fall: Fall = noFall(steps)): number[] {
  const plan = { schedule, learningRate: 0.5, warmup, steps };
  return Array.from({ length: fall.end }, (_, step) =>
    Number((2 * learningRateAt(plan, step, fall)).toFixed(4)),
  );
}

describe('learning rate', () => {
  it('is constant, or falls to zero along a cosine', () => {
    assert.deepEqual(rates('constant', 4), [1, 1, 1, 1]);
    assert.deepEqual(rates('cosine', 4), [1, 0.8536, 0.5, 0.1464]);
  });

  it('of a trapezoid is constant, then falls straight to zero', () => {
    assert.deepEqual(rates('trapezoid', 10, 0, latestFall(10)), [1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5]);
    const early = { from: 8, end: 10, atPlateau: true };
    assert.deepEqual(rates('trapezoid', 100, 0, early), [1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5]);
    assert.deepEqual(
      rates('trapezoid', 20, 0, latestFall(20)).slice(15),
      [1, 1, 0.75, 0.5, 0.25].slice(0, 5),
    );
  });

  it('rises to its base first, whatever the schedule', () => {
    assert.deepEqual(rates('constant', 6, 4), [0.25, 0.5, 0.75, 1, 1, 1]);
    assert.deepEqual(rates('cosine', 8, 4), [0.25, 0.5, 0.75, 1, 1, 0.8536, 0.5, 0.1464]);
    assert.deepEqual(rates('trapezoid', 10, 2, latestFall(10)), [0.5, 1, 1, 1, 1, 1, 1, 1, 1, 0.5]);
  });
});
