import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Digits } from '../../src/datasets/digits';
import { loadDigits } from '../../src/datasets/load';
import { startEngine } from '../../src/engine/start';
import { experimentId } from '../../src/experiments/experiment';
import { numbersVersion } from '../../src/experiments/numbers_version';
import { heldBytes, testSets, trainingSets } from '../../src/experiments/sets';
import { openStore, type Store } from '../../src/results/store';
import { type RunOptions, runExperiment } from '../../src/running/runner';
import { checkpointPath, weightsPath } from '../../src/running/trained';
import { Interrupted } from '../../src/util/interrupted';
import { inCell } from '../cell';
import { anEngine, anExperiment, numbersIn } from '../experiments/sample';

let digits: Digits;

before(async () => {
  await startEngine({ engine: 'wasm' });
  digits = await loadDigits('glyphs', { glyphs: { train: 300, test: 60 } });
});

const e = anExperiment({ images: 48, rotations: 48, batchSize: 16, steps: 6, validateEvery: 3 });
const id = experimentId(e);

function workplace(): RunOptions & { store: Store; lines: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'));
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const store = openStore(join(folder, 'results'), log);
  return { store, digits, engine: anEngine, runs: join(folder, 'runs'), log, lines };
}

async function interruptAfter(batches: number, place: RunOptions): Promise<void> {
  const stop = new AbortController();
  let left = batches;
  const onProgress = () => --left === 0 && stop.abort();
  await assert.rejects(runExperiment(e, { ...place, onProgress, signal: stop.signal }), Interrupted);
}

describe('runExperiment', () => {
  it('starts the engine itself where it is given none', async () => {
    const { engine: _, ...place } = workplace();
    const { sittings, final } = await runExperiment(e, place);
    assert.equal(sittings[0].engine.name, (await startEngine()).name);
    assert.ok(final);
  });

  it('writes configuration, validations, both tests and samples, and leaves no tensor', async () => {
    const place = workplace();
    const tensors = tf.memory().numTensors;
    const { sittings, validations, final } = await runExperiment(e, place);
    const [{ experiment, source, numbers, engine }] = sittings;
    assert.deepEqual(experiment, e);
    assert.equal(source, 'built-in glyphs');
    assert.equal(numbers, numbersVersion);
    const { reasons, fillsMachine, ...inUse } = anEngine;
    assert.deepEqual(engine, inUse);
    assert.deepEqual(
      validations.map((row) => row.step),
      [3, 6],
    );
    for (const measures of [final!.rotated!, final!.unrotated!]) {
      assert.equal(
        measures.confusion.flat().reduce((sum, n) => sum + n),
        e.testImages * 256,
      );
      assert.ok(measures.score >= 0 && measures.score <= 100);
    }
    const { inputs, count } = final!.samples!;
    assert.equal(Buffer.from(inputs, 'base64').length, count * 256);
    assert.ok(existsSync(weightsPath(place.runs, id)));
    assert.ok(!existsSync(checkpointPath(place.runs, id)));
    assert.ok(tf.memory().numTensors - tensors < 20, 'tensors left'); // constants of layers may stay
  });

  it('does not run a finished experiment again', async () => {
    const place = workplace();
    await runExperiment(e, place);
    const path = place.store.pathOf(e);
    const written = readFileSync(path, 'utf8');
    await runExperiment(e, { ...place, onValidation: () => assert.fail('trained again') });
    assert.equal(readFileSync(path, 'utf8'), written);
  });

  it('comes to the same numbers when interrupted', async () => {
    const whole = workplace();
    const pieces = workplace();
    await runExperiment(e, whole);
    await interruptAfter(2, pieces);
    await interruptAfter(3, pieces);
    await runExperiment(e, pieces);
    assert.deepEqual(numbersIn(pieces.store, e), numbersIn(whole.store, e));
    assert.ok(pieces.lines.some((line) => /going on after step 2/.test(line)));
  });

  it("is stopped by the interrupt of the notebook's cell, and goes on", async () => {
    const [whole, cell] = [workplace(), workplace()];
    await runExperiment(e, whole);
    const stop = new AbortController();
    const onProgress = ({ step }: { step: number }) => step === 2 && stop.abort();
    await assert.rejects(
      inCell(stop.signal, () => runExperiment(e, { ...cell, onProgress })),
      { name: 'Interrupted', message: 'interrupted at step 2' },
    );
    await inCell(new AbortController().signal, () => runExperiment(e, cell));
    assert.deepEqual(numbersIn(cell.store, e), numbersIn(whole.store, e));
  });

  it('only tests again if the results lost their last line, or are broken', async () => {
    const place = workplace();
    await runExperiment(e, place);
    const expected = numbersIn(place.store, e);
    const path = place.store.pathOf(e);
    const options = { ...place, onValidation: () => assert.fail('trained again') };
    truncateSync(path, readFileSync(path).length - 10);
    await runExperiment(e, options);
    assert.deepEqual(numbersIn(place.store, e), expected);
    writeFileSync(path, `rubbish\n${readFileSync(path, 'utf8')}`);
    await runExperiment(e, options);
    assert.deepEqual(numbersIn(place.store, e), expected);
    assert.match(place.lines[0], /moved to .*\.broken/);
  });

  it('trains afresh if the results were deleted', async () => {
    const place = workplace();
    await runExperiment(e, place);
    rmSync(place.store.folder, { recursive: true });
    let validations = 0;
    await runExperiment(e, { ...place, onValidation: () => validations++ });
    assert.equal(validations, 2);
  });

  it('refuses digits that are not those of the experiment', async () => {
    const other = anExperiment({ dataset: 'mnist' });
    await assert.rejects(runExperiment(other, workplace()), /the experiment wants mnist, got glyphs/);
  });
});

/** Small sets are in memory. */
function heldSets(...args: Parameters<typeof trainingSets>) {
  const { train, validation } = trainingSets(...args);
  assert.ok('inputs' in train);
  return { train, validation };
}

describe('data of an experiment', () => {
  it('is projected batch by batch where memory would not hold it, with the same spheres', () => {
    const large = { ...e, bandwidth: 50, images: 30000, rotations: 30000, validationImages: 1 };
    const { train } = trainingSets(digits, large);
    assert.ok('take' in train && train.count === 30000);
    const held = heldSets(digits, { ...large, images: 30, rotations: 30 }).train;
    const { inputs, masks } = train.take([29, 3]);
    for (const [at, sample] of [29, 3].entries())
      for (const [made, all] of [
        [inputs, held.inputs],
        [masks, held.masks],
      ])
        assert.deepEqual(
          made.subarray(at * 10000, (at + 1) * 10000),
          all.subarray(sample * 10000, (sample + 1) * 10000),
        );
    assert.ok(heldBytes(large) < heldBytes({ ...large, images: 20000 }));
  });

  it('rotates training and validation alike, and tests all experiments on the same spheres', () => {
    const rotated = heldSets(digits, e);
    const plain = heldSets(digits, { ...e, rotations: 0 });
    assert.deepEqual([rotated.train.count, rotated.validation.count], [48, 32]);
    assert.notDeepEqual(rotated.train.inputs, plain.train.inputs);
    assert.notDeepEqual(rotated.validation.inputs, plain.validation.inputs);
    assert.deepEqual(rotated.train.labels, plain.train.labels);
    const other = testSets(digits, { ...e, seed: 9, images: 7, rotations: 0 });
    assert.deepEqual(testSets(digits, e), other);
    assert.notDeepEqual(other.rotated.inputs, other.unrotated.inputs);
    assert.deepEqual(other.rotated.labels, other.unrotated.labels);
  });

  it('never validates on a digit that it trains on', () => {
    // Every digit once in each set, unrotated: equal spheres would be equal digits.
    const { train, validation } = heldSets(digits, {
      ...e,
      images: 250,
      rotations: 0,
      validationImages: 50,
    });
    const spheres = (set: { inputs: Float32Array; count: number }) =>
      Array.from({ length: set.count }, (_, i) => set.inputs.subarray(i * 256, (i + 1) * 256).join());
    const trained = new Set(spheres(train));
    assert.equal(trained.size, 250);
    assert.ok(spheres(validation).every((sphere) => !trained.has(sphere)));
  });
});
