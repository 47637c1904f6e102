import assert from 'node:assert/strict';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Digits } from '../../src/datasets/digits';
import { loadDigits } from '../../src/datasets/load';
import { startEngine } from '../../src/engine/start';
import { describeExperiment, type Experiment, experimentId } from '../../src/experiments/experiment';
import type { StoredResult } from '../../src/results/format';
import { openStore, type Store } from '../../src/results/store';
import type { Job } from '../../src/running/job';
import { withJobs } from '../../src/running/job_pool';
import { runExperiment } from '../../src/running/runner';
import { ExperimentFailed, runAll } from '../../src/running/sweep';
import { checkpointPath } from '../../src/running/trained';
import { Interrupted } from '../../src/util/interrupted';
import { anEngine, anExperiment, numbersIn } from '../experiments/sample';

const engine = { engine: 'wasm', threads: 1 } as const;
const grid = [1, 2].map((seed) =>
  anExperiment({ images: 320, rotations: 320, batchSize: 8, steps: 80, validateEvery: 40, seed }),
);

let digits: Digits;
/** what one process makes of the experiments, one after the other */
let expected: ReturnType<typeof numbersIn>[];

before(async () => {
  await startEngine(engine);
  digits = await loadDigits('glyphs', { glyphs: { train: 300, test: 60 } });
  const { store, runs } = workplace();
  for (const e of grid) await runExperiment(e, { store, runs, digits, engine: anEngine });
  expected = grid.map((e) => numbersIn(store, e));
});

function workplace() {
  const folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  return { store: openStore(join(folder, 'results')), runs: join(folder, 'runs'), lines: [] as string[] };
}

type Place = ReturnType<typeof workplace>;

/** Runs experiments in two jobs. @param onStatus may stop them, or do them harm */
function runTwo(
  experiments: Experiment[],
  { store, runs, lines }: Place,
  onStatus: (line: string, stop: () => void, jobs: readonly Job[]) => void = () => {},
): Promise<StoredResult[]> {
  const stop = new AbortController();
  const log = (line: string) => lines.push(line);
  const setup = { engine, digits: [digits], results: store.folder, runs };
  return withJobs(
    setup,
    () => 2,
    stop.signal,
    (jobs) => {
      const status = (line: string) => onStatus(line, () => stop.abort(), jobs);
      return runAll(experiments, { store, jobs, log, status, signal: stop.signal });
    },
  );
}

/** Says once when both experiments are in training. */
function onceBothTrain(act: (jobs: readonly Job[], stop: () => void) => void) {
  let acted = false;
  return (line: string, stop: () => void, jobs: readonly Job[]) => {
    if (acted || !/step \d.*\|.*step \d/.test(line)) return;
    acted = true;
    act(jobs, stop);
  };
}

const hasCheckpoint = ({ runs }: Place, e: Experiment) => existsSync(checkpointPath(runs, experimentId(e)));
const numbersOf = (store: Store) => grid.map((e) => numbersIn(store, e));

describe('runAll in two jobs', () => {
  it('comes to the numbers of one process, and returns them in order', async () => {
    const place = workplace();
    const statuses: string[] = [];
    const results = await runTwo(grid, place, (line) => statuses.push(line));
    assert.deepEqual(numbersOf(place.store), expected);
    assert.deepEqual(
      results.map(({ sittings: [{ experiment }] }) => experiment.seed),
      [1, 2],
    );
    assert.deepEqual(
      results[0].sittings.map(({ engine }) => [engine.name, engine.threads]),
      [['wasm', 1]],
    );
    assert.ok(
      statuses.some((line) => /^\[1, 2 of 2\] .* left: segmentation cnn-quick-small.* \| /.test(line)),
    );
    assert.match(place.lines[0], /^experiments: 2; about .*, 2 side by side$/);
  });

  it('skips what is finished', async () => {
    const place = workplace();
    await runExperiment(grid[0], { ...place, digits, engine: anEngine });
    const statuses: string[] = [];
    await runTwo(grid, place, (line) => statuses.push(line));
    assert.match(place.lines[0], /^experiments: 2, 1 of them already finished; /);
    assert.ok(statuses.every((line) => line.startsWith('[2 of 2] ')));
    const signal = new AbortController().signal;
    const results = await runAll(grid, { ...place, jobs: [], log: () => {}, status: () => {}, signal });
    assert.deepEqual(
      results.map(({ sittings: [{ experiment }], final }) => [experiment.seed, final !== undefined]),
      [
        [1, true],
        [2, true],
      ],
    );
    assert.deepEqual(numbersOf(place.store), expected);
  });

  it('stops all at the next batch, and goes on from there to the same numbers', async () => {
    const place = workplace();
    const first = runTwo(
      grid,
      place,
      onceBothTrain((_, stop) => stop()),
    );
    await assert.rejects(first, Interrupted);
    for (const e of grid) {
      assert.ok(hasCheckpoint(place, e));
      assert.ok(!place.store.finished(e));
    }
    await runTwo(grid, place);
    assert.equal(place.lines.filter((line) => /going on after step/.test(line)).length, 2);
    assert.deepEqual(numbersOf(place.store), expected);
  });

  it('names the experiment whose process was killed, and loses nothing of the others', async () => {
    const place = workplace();
    const first = runTwo(
      grid,
      place,
      onceBothTrain((jobs) => process.kill(jobs[0].pid!, 'SIGKILL')),
    );
    await assert.rejects(first, (error: Error) => {
      assert.ok(error instanceof ExperimentFailed);
      assert.ok(error.message.includes(describeExperiment(grid[0])));
      assert.match(error.message, /the job's process was killed, as happens when memory runs out/);
      assert.ok(!error.stack!.includes('\n'));
      return true;
    });
    assert.ok(hasCheckpoint(place, grid[1]));
    await runTwo(grid, place);
    assert.deepEqual(numbersOf(place.store), expected);
  });

  it('names the experiment that fails in training', async () => {
    const place = workplace();
    const diverging = anExperiment({ ...grid[0], learningRate: 1e38 });
    await assert.rejects(runTwo([grid[1], diverging], place), (error: Error) => {
      assert.ok(error instanceof ExperimentFailed);
      assert.ok(error.message.startsWith(`experiment ${experimentId(diverging)} (`));
      assert.match(error.message, /the loss became/);
      return true;
    });
    assert.ok(hasCheckpoint(place, grid[1]) || place.store.finished(grid[1]));
  });

  it('fails with the reason of the engine that does not start', async () => {
    const { store, runs } = workplace();
    const setup = {
      engine: { engine: 'wasm', gemm: 'abacus' as 'simd' },
      digits: [digits],
      results: store.folder,
      runs,
    } as const;
    const use = () => assert.fail('no engine, no jobs');
    await assert.rejects(
      withJobs(setup, () => 2, new AbortController().signal, use),
      {
        name: 'UsageError',
        message: /unknown gemm "abacus"/,
      },
    );
  });
});
