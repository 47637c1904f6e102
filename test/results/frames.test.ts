import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataFrame } from 'danfojs-node';
import { meansBy, rowsOfFrame, where } from '../../src/results/frames';

const frame = new DataFrame([
  { model: 'b', images: 1000, score: 4 },
  { model: 'a', images: 1000, score: 1 },
  { model: 'a', images: 250, score: 7 },
  { model: 'a', images: 1000, score: 2 },
]);

test('a second choice among chosen rows works, and rows are numbered anew', () => {
  const once = where(frame, (row) => row.model === 'a');
  const twice = where<{ images: number }>(once, ({ images }) => images > 500);
  assert.deepEqual(twice.index, [0, 1]);
  assert.deepEqual(rowsOfFrame(twice), [
    { model: 'a', images: 1000, score: 1 },
    { model: 'a', images: 1000, score: 2 },
  ]);
  assert.throws(() => where(frame, () => false), /no row passes/);
});

test('means have plain names, the number of rows, and the order of their keys, numbers as numbers', () => {
  assert.deepEqual(rowsOfFrame(meansBy(frame, ['model', 'images'], 'score')), [
    { model: 'a', images: 250, score: 7, rows: 1 },
    { model: 'a', images: 1000, score: 1.5, rows: 2 },
    { model: 'b', images: 1000, score: 4, rows: 1 },
  ]);
  assert.throws(() => meansBy(frame, ['modle'], 'score'), /did you mean "model"/);
});

test('versions of the numbers enter no mean together', () => {
  const versions = new DataFrame([
    { model: 'a', numbers: 1, score: 1 },
    { model: 'a', numbers: 2, score: 3 },
  ]);
  assert.throws(() => meansBy(versions, ['model'], 'score'), /versions 1 and 2 of the numbers/);
  assert.equal(meansBy(versions, ['model', 'numbers'], 'score').shape[0], 2);
});

test('words, and numbers that are missing, have no mean', () => {
  assert.throws(
    () => meansBy(frame, ['images'], 'model'),
    /^UsageError: meansBy: model: expected a number in/,
  );
  const holes = new DataFrame([
    { model: 'a', score: 1 },
    { model: 'b', score: Number.NaN },
  ]);
  assert.throws(
    () => meansBy(holes, ['model'], 'score'),
    /meansBy: score: expected a number in each row, got/,
  );
});
