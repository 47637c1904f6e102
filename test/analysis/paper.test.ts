import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readPaperCurves } from '../../src/analysis/paper';

test('the paper curves are read with numbers, and with commas in their sources', () => {
  const points = readPaperCurves();
  const end = points.find((p) => p.task === 'segmentation' && p.model === 'CNN 1M' && p.images === 1_200_000);
  assert.deepEqual(end && [end.dataset, end.score, end.trainRotated], ['mnist', 61.42, true]);
  assert.ok(points.every((p) => p.score > 0 && p.score <= 100 && p.images >= 10_000 && p.readError >= 0));
  assert.ok(points.some((p) => p.source.includes(', ')) && points.every((p) => !p.source.includes('"')));
});

test('a file with other columns is refused by name', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'paper-')), 'curves.csv');
  writeFileSync(path, 'a,b\n1,2\n');
  assert.throws(() => readPaperCurves(path), /curves\.csv: expected the columns task,/);
});
