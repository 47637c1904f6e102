import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPaperCurves } from '../../src/analysis/paper';
import { convergenceOf, convergenceText, pointsOf } from '../../src/analysis/points';
import { row } from './synthetic';

test('points of result rows: rotated score over images and convergence', () => {
  const rows = [row({ images: 500, scoreRotated: 40, scoreUnrotated: 90 }), { ...row(), converged: false }];
  assert.deepEqual(pointsOf(rows), [
    { images: 500, score: 40, converged: true },
    { images: 2000, score: 70, converged: false },
  ]);
});

test('points of the paper', () => {
  const [first] = readPaperCurves();
  assert.deepEqual(pointsOf([first]), [{ images: 10_000, score: 91.81 }]);
});

test('convergence in words', () => {
  const text = (...converged: (boolean | undefined)[]) =>
    convergenceText(convergenceOf(converged.map((value) => ({ converged: value }))));
  assert.equal(text(true, false, undefined), '1 of 3 runs had not converged');
  assert.equal(text(true, true), 'all 2 runs had converged');
  assert.equal(text(true, undefined), '1 of 2 runs may not have converged');
  assert.equal(text(undefined, undefined), 'whether the 2 runs had converged is not known');
  assert.equal(text(false), '1 of 1 run had not converged');
});

test('points mix no versions of the numbers', () => {
  assert.throws(
    () => pointsOf([row({ numbers: 1 }), row({ numbers: 2 })]),
    /mix numbers 1 and 2: choose one/,
  );
  assert.deepEqual(pointsOf([]), []);
});
