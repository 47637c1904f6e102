import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Experiment } from '../../src/experiments/experiment';
import { openStore } from '../../src/results/store';
import { Estimate } from '../../src/running/estimate';
import { Queue } from '../../src/running/queue';
import { anExperiment } from '../experiments/sample';

/** Experiments of so many steps. */
function experiments(steps: number[]): Experiment[] {
  return steps.map((n, seed) => anExperiment({ steps: n, seed }));
}

function queue(todo: Experiment[], jobs: number) {
  const estimate = new Estimate(openStore(mkdtempSync(join(tmpdir(), 'queue-'))), []);
  return {
    queue: new Queue(todo, jobs, estimate),
    secondsOf: (e: Experiment) => estimate.seconds([e]),
  };
}

/** Steps of the experiments in the order in which they are started. */
function orderOf(steps: number[], jobs: number): number[] {
  const { queue: s } = queue(experiments(steps), jobs);
  return steps.map(() => s.take()!.steps);
}

const at = (secondsLeft: number) => ({
  step: 1,
  steps: 2,
  spheres: 8,
  epoch: 0.5,
  loss: 1,
  secondsLeft,
});

describe('Queue', () => {
  it("keeps the list's order for one job", () => {
    assert.deepEqual(orderOf([100, 900, 300, 300], 1), [100, 900, 300, 300]);
  });

  it('begins a long experiment early enough that it does not outlast the others', () => {
    assert.deepEqual(orderOf([100, 110, 120, 130, 400], 2), [100, 400, 110, 130, 120]);
  });

  it('ends when all are taken', () => {
    const { queue: s } = queue(experiments([100]), 2);
    assert.ok(s.take());
    assert.equal(s.take(), undefined);
    assert.equal(queue([], 0).queue.secondsLeft(), 0);
  });

  it('shares the work that is left among the jobs, but waits for the longest', () => {
    const all = experiments([100, 100, 100, 300]);
    const { queue: s, secondsOf } = queue(all, 2);
    const second = secondsOf(all[0]) / 100;
    assert.ok(Math.abs(s.secondsLeft() - 300 * second) < 1e-9);
    const [long, first] = [s.take()!, s.take()!];
    assert.deepEqual([long, first], [all[3], all[0]]);
    s.progress(long, at(50 * second));
    s.progress(first, at(100 * second));
    assert.ok(Math.abs(s.secondsLeft() - 175 * second) < 1e-9);
    s.progress(long, at(1000 * second));
    assert.ok(Math.abs(s.secondsLeft() - 1000 * second) < 1e-9);
  });

  it('learns from what is finished', () => {
    const all = experiments([100, 200, 300]);
    const { queue: s, secondsOf } = queue(all, 1);
    const guess = secondsOf(all[0]);
    const first = s.take()!;
    s.finished(first, { seconds: 10 * guess, steps: first.steps });
    assert.equal(s.running.size, 0);
    assert.ok(Math.abs(s.secondsLeft() - 50 * guess) < 1e-9);
  });
});
