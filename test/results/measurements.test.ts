import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type AnswerRow, type CostRow, readAnswers, readCosts, writeAnswers, writeCosts } from '../../src/results/measurements'; // biome-ignore format: one line

const folder = mkdtempSync(join(tmpdir(), 'equisphere-measured-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('measurements come back as they were written; where none are, there are none', () => {
  assert.deepEqual(readAnswers(join(folder, 'nowhere')), []);
  const answers = [{ models: ['a', 'b'], score: 81.25 }, { score: 0.1 + 0.2 }] as AnswerRow[];
  writeAnswers(answers, folder);
  assert.deepEqual(readAnswers(folder), answers);
  const costs = [{ model: 'a', trainingMilliseconds: null }] as CostRow[];
  writeCosts(costs, folder);
  assert.deepEqual(readCosts(folder), costs);
});

test('a damaged line is named', () => {
  appendFileSync(join(folder, 'answers.jsonl'), '{"score":');
  assert.throws(() => readAnswers(folder), /answers\.jsonl: line 3 is damaged/);
});
