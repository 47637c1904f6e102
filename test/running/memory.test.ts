import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processorThreads } from '../../src/engine/contract/processor';
import { jobBytes, jobsThatFit } from '../../src/running/memory';
import { anExperiment } from '../experiments/sample';

const [small, large] = [anExperiment(), anExperiment({ testImages: 1e9 })];

test('a job is as large as what it holds: digits, spheres, a step', () => {
  assert.ok(jobBytes(small, 2) > jobBytes(small, 1));
  assert.ok(jobBytes(anExperiment({ batchSize: 32 }), 1) > jobBytes(anExperiment({ batchSize: 16 }), 1));
});

test('no more jobs than the processor has threads, and one where the memory is enough for none', () => {
  const count = jobsThatFit([small], 1);
  assert.ok(count >= 1 && count <= processorThreads());
  assert.ok(jobBytes(large, 1) > 1e12);
  assert.equal(jobsThatFit([small, large], 1), 1);
});
