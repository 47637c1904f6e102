import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectStudy, studiesOf } from '../../src/analysis/selection';
import { spreadOf, summarise, tableRows } from '../../src/analysis/summary';
import { row, study } from './synthetic';

test('experiments that differ in the seed alone are taken together', () => {
  const [first] = summarise([row({ seed: 2, scoreRotated: 72 }), row({ seed: 1, scoreRotated: 70 })]);
  assert.deepEqual(first.seeds, [1, 2]);
  assert.deepEqual(first.rotated, { mean: 71, low: 70, high: 72 });
});

test('what sets experiments apart keeps them apart', () => {
  for (const other of [
    { images: 4000 },
    { rotations: 20 },
    { bandwidth: 8 },
    { fidelity: 'released' },
    { model: 'x' },
  ])
    assert.equal(summarise([row(), row(other)]).length, 2, JSON.stringify(other));
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

test('a table tells mean and half the range, and no range for one seed', () => {
  const [two] = tableRows(
    summarise([row({ seed: 1, scoreRotated: 70 }), row({ seed: 2, scoreRotated: 73 })]),
  );
  assert.equal(two['score, rotated'], '71.5 ± 1.5');
  const [one] = tableRows(summarise([row()]));
  assert.equal(one['score, rotated'], '70.0');
});

test('spreadOf', () => assert.deepEqual(spreadOf([3, 1, 2]), { mean: 2, low: 1, high: 3 }));

test('selectStudy refuses to mix data sets, and says which', () => {
  const rows = [row(), row({ dataset: 'mnist' })];
  assert.throws(
    () => selectStudy(rows, { task: 'segmentation' }),
    /mix dataset glyphs and mnist: choose one/,
  );
  assert.deepEqual(selectStudy(rows, { dataset: 'mnist' }), [rows[1]]);
  assert.throws(() => selectStudy(rows, { tier: 'paper' }), /no results of paper/);
});

test('studiesOf finds one study per task and setting', () => {
  assert.equal(studiesOf([...study(), ...study('classification')]).length, 2);
});
