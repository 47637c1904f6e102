import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectStudy, studiesOf } from '../../src/analysis/selection';
import { spreadOf, summarise } from '../../src/analysis/summary';
import { UsageError } from '../../src/util/check';
import { row, study } from './synthetic';

test('experiments that differ in the seed alone are taken together', () => {
  const [first, ...rest] = summarise([
    row({ seed: 2, scoreRotated: 72, seconds: 50 }),
    row({ seed: 1, scoreRotated: 70, seconds: 70, converged: false }),
  ]);
  assert.deepEqual(rest, []);
  assert.deepEqual(first.seeds, [1, 2]);
  assert.deepEqual(first.rotated, { mean: 71, low: 70, high: 72 });
  assert.deepEqual(first.seconds, { mean: 60, low: 50, high: 70 });
  assert.equal(first.converged, false);
});

test('what sets experiments apart keeps them apart', () => {
  for (const other of [
    { images: 4000 },
    { rotations: 20 },
    { bandwidth: 9 },
    { fidelity: 'released' },
    { digitsPerSphere: 2 },
    { dataset: 'mnist' },
    { testImages: 101 },
    { batchSize: 9 },
    { learningRate: 0.002 },
    { model: 'cnn-quick-small' },
  ] as const)
    assert.equal(summarise([row(), row({ ...other, seed: 2 })]).length, 2, JSON.stringify(other));
});

test('what does not set them apart does not: engine, commit, the time it took, the steps to a plateau', () => {
  const elsewhere = { engine: 'cpu', commit: 'def', seconds: 99, steps: 3, spheres: 5, bestStep: 2 };
  assert.equal(summarise([row(), row({ ...elsewhere, seed: 2 })]).length, 1);
});

test('a seed that stands there twice is refused', () => {
  assert.throws(
    () => summarise([row(), row({ seed: 2 }), row({ scoreRotated: 71 })]),
    (error: Error) => error instanceof UsageError && /seed 1 of .* stands there twice/.test(error.message),
  );
});

test('numbers of different versions are not averaged, nor put side by side', () => {
  for (const other of [{ seed: 2 }, { images: 4000 }])
    assert.throws(
      () => summarise([row(), row({ ...other, numbers: 99 })]),
      (error: Error) => error instanceof UsageError && /numbers of versions 1 and 99/.test(error.message),
    );
});

test('summaries come with S2CNNs first, then by size, rotation and amount of data', () => {
  const order = summarise(study().reverse()).map((s) => [s.parameters, s.rotations]);
  assert.deepEqual(order, [
    [23_456, 0],
    [12_300, 0],
    [12_300, 500],
    [12_300, 2000],
    [12_300, 8000],
    [1_042_013, 0],
    [1_042_013, 500],
    [1_042_013, 2000],
    [1_042_013, 8000],
  ]);
});

test('spreadOf', () => assert.deepEqual(spreadOf([3, 1, 2]), { mean: 2, low: 1, high: 3 }));

test('selectStudy refuses to mix what must not be mixed, and says what', () => {
  const rows = [row(), row({ dataset: 'mnist' })];
  assert.throws(
    () => selectStudy(rows, { task: 'segmentation' }),
    /mix dataset glyphs and mnist: choose one/,
  );
  assert.deepEqual(selectStudy(rows, { dataset: 'mnist' }), [rows[1]]);
  assert.throws(() => selectStudy(rows, { tier: 'paper' }), /no results of paper/);
  for (const other of [{ fidelity: 'released' }, { digitsPerSphere: 4 }, { testImages: 7 }, { numbers: 99 }])
    assert.throws(() => selectStudy([row(), row(other)], {}), /these results mix/);
});

test('studiesOf finds one study per task and setting', () => {
  assert.equal(studiesOf([...study(), ...study('classification')]).length, 2);
  assert.equal(studiesOf([...study(), row({ digitsPerSphere: 4 })]).length, 2);
});
