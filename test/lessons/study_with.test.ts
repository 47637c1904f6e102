import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studyWith } from '../../src/lessons/study_with';
import type { ResultRow } from '../../src/results/rows';
import { row } from '../analysis/synthetic';

const s2cnn = (more: Partial<ResultRow> = {}) => row({ family: 's2cnn', model: 's', rotations: 0, ...more });
const cnn = (images: number, more: Partial<ResultRow> = {}) =>
  row({ family: 'cnn', model: 'c', images, rotations: images, ...more });
const mnist = { dataset: 'mnist', bandwidth: 14 } as const;
const contest = (more: Partial<ResultRow>) => [s2cnn(more), cnn(100, more), cnn(400, more)];

test('the study at the highest bandwidth that holds what a figure needs', () => {
  const fine = { ...mnist, bandwidth: 16 };
  const rows = [...contest(mnist), s2cnn(fine), cnn(100, fine), cnn(400, { ...fine, model: 'other' })];
  assert.equal(studyWith(rows, 'segmentation', 'curves').bandwidth, 14);
  rows.push(cnn(400, fine));
  assert.equal(studyWith(rows, 'segmentation', 'curves').bandwidth, 16);
  assert.throws(() => studyWith(rows, 'segmentation', 'saturation'), /no study of segmentation holds/);
  rows.push(cnn(900, mnist));
  assert.equal(studyWith(rows, 'segmentation', 'saturation').bandwidth, 14);
});

test('real digits before all others, glyphs last, faults and several digits never', () => {
  const glyphs = contest({ dataset: 'glyphs', bandwidth: 50 });
  const garments = contest({ dataset: 'fashion-mnist', bandwidth: 16 });
  assert.equal(studyWith([...glyphs, ...garments], 'segmentation', 'curves').dataset, 'fashion-mnist');
  const rows = [...glyphs, ...garments, ...contest(mnist)];
  assert.equal(studyWith(rows, 'segmentation', 'curves').dataset, 'mnist');
  assert.equal(studyWith(glyphs, 'segmentation', 'curves').dataset, 'glyphs');
  for (const odd of [{ fidelity: 'sampling' }, { digitsPerSphere: 4 }, { variant: 'wide' }])
    assert.throws(() => studyWith(contest(odd), 'segmentation', 'curves'), /no study/);
});

test('the collapse needs both families without rotations, of the task', () => {
  const rows = [...contest(mnist), cnn(100, { ...mnist, rotations: 0 })];
  const { bandwidth, task } = studyWith(rows, 'segmentation', 'collapse');
  assert.deepEqual([bandwidth, task], [14, 'segmentation']);
  assert.throws(() => studyWith(contest(mnist), 'segmentation', 'collapse'), /`npm run reproduce` makes one/);
  assert.throws(() => studyWith(rows, 'classification', 'collapse'), /no study of classification/);
});
