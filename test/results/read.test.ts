import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openResults, readResults } from '../../src/results/read';
import { UsageError } from '../../src/util/check';
import { lines, row, store } from '../analysis/synthetic';

const folder = () => mkdtempSync(join(tmpdir(), 'results-'));
const silent = () => assert.fail('no file should be left out');

test('a finished experiment becomes a row, wherever in the folder it lies', () => {
  const dir = folder();
  const [a, b] = [
    row({ id: 'aaa' }),
    row({ id: 'bbb', model: 'cnn-quick-small', family: 'cnn', rotations: 2000 }),
  ];
  store(join(dir, 'quick', 'aaa.jsonl'), lines(a));
  store(join(dir, 'quick', 'deeper', 'bbb.jsonl'), lines(b));
  assert.deepEqual(readResults(dir, silent).rows, [a, b]);
});

test('samples are decoded and know their experiment', () => {
  const dir = folder();
  store(join(dir, 'aaa.jsonl'), lines(row({ id: 'aaa' })));
  const [set] = readResults(dir, silent).samples;
  assert.equal(set.result.id, 'aaa');
  assert.deepEqual([set.inputs.length, set.inputs[0], set.masks[0]], [32, 200, 4]);
});

test('an unfinished experiment gives epochs but no row', () => {
  const dir = folder();
  store(join(dir, 'aaa.jsonl'), lines(row({ id: 'aaa' })).slice(0, 3));
  const { rows, epochs } = readResults(dir, silent);
  assert.equal(rows.length, 0);
  assert.deepEqual(
    epochs.map((epoch) => [epoch.id, epoch.epoch]),
    [
      ['aaa', 1],
      ['aaa', 2],
    ],
  );
});

test('an epoch done twice counts once, as it was last', () => {
  const dir = folder();
  const [config, first, , , final] = lines(row({ id: 'aaa' }));
  store(join(dir, 'aaa.jsonl'), [config, first, first.replace('"trainLoss":1', '"trainLoss":0.5'), final]);
  assert.deepEqual(
    readResults(dir, silent).epochs.map((epoch) => epoch.trainLoss),
    [0.5],
  );
});

test('a file cut in the middle is left out with one line that names it, and stays as it is', () => {
  const dir = folder();
  const path = join(dir, 'bbb.jsonl');
  const whole = lines(row({ id: 'bbb' })).join('');
  store(join(dir, 'aaa.jsonl'), lines(row({ id: 'aaa' })));
  for (const cut of [whole.length - 1, whole.length - 100, whole.indexOf('\n') + 20, 30]) {
    store(path, [whole.slice(0, cut)]);
    const warnings: string[] = [];
    const { rows } = readResults(dir, (line) => warnings.push(line));
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['aaa'],
    );
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /bbb\.jsonl is left out: its last line is cut short/);
    assert.equal(readFileSync(path, 'utf8').length, cut);
  }
});

test('each other damage is told apart', () => {
  const [config, epoch, , , final] = lines(row());
  const cases: [string[], RegExp][] = [
    [[], /last line is cut short|no configuration/],
    [[epoch, final], /it has no configuration/],
    [[config, 'not json\n', final], /line 2 is no row of results/],
    [[config, '{"kind":1}\n', final], /line 2 is no row of results/],
    [[config, final.replace('"parameters":23456,', '')], /it has no parameters/],
    [[config, final.replace('"rotated":{"score":70},', '')], /it has no scoreRotated/],
  ];
  for (const [content, message] of cases) {
    const dir = folder();
    store(join(dir, 'x.jsonl'), content);
    const warnings: string[] = [];
    assert.equal(readResults(dir, (line) => warnings.push(line)).rows.length, 0);
    assert.match(warnings.join('\n'), message);
  }
});

test('a folder that is not there, or holds nothing finished, is told in one line', () => {
  assert.throws(() => readResults('/no/such/folder'), UsageError);
  assert.throws(() => openResults(folder()), /no finished experiment under/);
});

test('openResults gives a DataFrame that can be grouped', () => {
  const dir = folder();
  for (const seed of [1, 2]) {
    store(join(dir, `s${seed}.jsonl`), lines(row({ id: `s${seed}`, seed, scoreRotated: 60 + 10 * seed })));
  }
  const frame = openResults(dir);
  assert.deepEqual(frame.shape, [2, 21]);
  assert.equal(frame.column('scoreRotated').mean(), 75);
});
