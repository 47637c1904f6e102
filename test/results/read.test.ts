import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
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
  const [a, b] = [row(), row({ model: 'cnn-quick-small', rotations: 2000 })];
  store(join(dir, 'quick', 'aaa.jsonl'), lines(a));
  store(join(dir, 'quick', 'deeper', 'bbb.jsonl'), lines(b));
  assert.deepEqual(readResults(dir, silent).rows, [a, b]);
});

test('links to folders are followed, but not in a circle', () => {
  const [dir, elsewhere] = [folder(), folder()];
  store(join(elsewhere, 'quick', 'aaa.jsonl'), lines(row()));
  symlinkSync(elsewhere, join(dir, 'shared'));
  symlinkSync(dir, join(elsewhere, 'quick', 'back'));
  symlinkSync(join(dir, 'nothing'), join(dir, 'dangling'));
  assert.deepEqual(readResults(dir, silent).rows, [row()]);
});

test('samples are decoded and know their experiment', () => {
  const dir = folder();
  store(join(dir, 'aaa.jsonl'), lines(row()));
  const { rows, samples } = readResults(dir, silent);
  const [set] = samples;
  assert.equal(set.result, rows[0]);
  assert.deepEqual([set.inputs.length, set.inputs[0], set.masks[0]], [32, 200, 4]);
});

test('an unfinished experiment gives validations but no row', () => {
  const dir = folder();
  store(join(dir, 'aaa.jsonl'), lines(row()).slice(0, 3));
  const { rows, validations } = readResults(dir, silent);
  assert.equal(rows.length, 0);
  assert.deepEqual(
    validations.map(({ id, step, model, seed }) => [id, step, model, seed]),
    [4, 8].map((step) => [row().id, step, 's2cnn-quick', 1]),
  );
});

test('a trial, which saw no test image, gives validations but no row', () => {
  const dir = folder();
  const [config, ...rest] = lines(row({ testImages: 0 }));
  const final = { ...JSON.parse(rest[3]), rotated: undefined, unrotated: undefined };
  store(join(dir, 'aaa.jsonl'), [config, ...rest.slice(0, 3), `${JSON.stringify(final)}\n`]);
  const { rows, validations } = readResults(dir, silent);
  assert.deepEqual([rows.length, validations.length], [0, 3]);
});

test('an experiment that went on elsewhere names both engines and both commits', () => {
  const dir = folder();
  const [config, ...rest] = lines(row());
  const later = JSON.parse(config);
  later.commit = 'def';
  later.engine.threads = 2;
  store(join(dir, 'aaa.jsonl'), [config, config, `${JSON.stringify(later)}\n`, ...rest]);
  const [{ engine, commit }] = readResults(dir, silent).rows;
  assert.equal(commit, 'abc, then def');
  assert.equal(engine, 'cpu, its own on 1 thread, then cpu, its own on 2 threads');
});

test('the time of a training is that of its fastest stretch: other work and pauses do not count', () => {
  const dir = folder();
  const slowed = lines(row()).map((line, i) => {
    const seconds = [undefined, 30, 10, 8000][i];
    return seconds ? `${JSON.stringify({ ...JSON.parse(line), seconds })}\n` : line;
  });
  store(join(dir, 'aaa.jsonl'), slowed);
  assert.equal(readResults(dir, silent).rows[0].seconds, 30);
});

test('a file cut in the middle counts as far as it goes, and stays as it is', () => {
  const dir = folder();
  const path = join(dir, 'bbb.jsonl');
  const whole = lines(row({ seed: 2 })).join('');
  store(join(dir, 'aaa.jsonl'), lines(row()));
  for (const [cut, validations] of [
    [whole.length - 1, 3],
    [whole.length - 100, 3],
    [whole.indexOf('\n') + 20, 0],
    [30, 0],
  ]) {
    store(path, [whole.slice(0, cut)]);
    const results = readResults(dir, silent);
    assert.deepEqual(
      results.rows.map(({ seed }) => seed),
      [1],
    );
    assert.equal(results.validations.length, 3 + validations);
    assert.equal(readFileSync(path, 'utf8').length, cut);
  }
});

const noSpheres = {
  count: 0,
  size: 2,
  inputs: '',
  masks: '',
  predictions: '',
  labels: [],
  predictedLabels: [],
};

function withSamples(final: string, samples: object): string {
  return `${JSON.stringify({ ...JSON.parse(final), samples })}\n`;
}

test('a damaged file is left out with one line that names it and the damage, and stays as it is', () => {
  const [config, validation, , , final] = lines(row());
  const cases: [string[], RegExp][] = [
    [[validation, final], /line 1 is not a configuration/],
    [[config, 'not json\n', final], /line 2 is not JSON/],
    [[config, '{"kind":1}\n', final], /line 2 is no row of results/],
    [[config, final.replace('"parameters":23456,', '')], /line 2 has no number of parameters/],
    [
      [config, final.replace('"rotated":{"score":70,', '"rotated":{')],
      /line 2 has no score of the rotated test/,
    ],
    [
      [config, final.replace('"rotated":{"score":70,', '"rotated":{"score":5000,')],
      /line 2 has no score of the rotated test/,
    ],
    [
      [config, validation.replace('"validationLoss":1,', '"validationLoss":null,')],
      /number of validationLoss/,
    ],
    [
      [config, validation.replace('"validationLoss":1,', '"validationLoss":"12",')],
      /number of validationLoss/,
    ],
    [[config, validation.replace('"validationScore":50,', '"validationScore":"50",')], /no validationScore/],
    [[config, validation.replace('"step":4,', '"step":-4,')], /line 2 has no number of step/],
    [[config, final, final.replace('"score":70,', '"score":71,')], /line 3 comes after the final one/],
    [[config, final, validation], /line 3 comes after the final one/],
    [[config, validation, final], /line 3 has a best step, 8, that no validation has/],
    [[config, final.replace('"steps":12,', '"steps":7,')], /line 2 has a best step, 8, that/],
    [[config, final.replace('"steps":12,', '"steps":-12,')], /line 2 has no number of steps/],
    [[config, final.replace('"validationRotated":70,', '"validationRotated":5000,')], /validationRotated/],
    [[config, final.replace('"areaScore":70}', '"areaScore":null}')], /no score of the rotated test/],
    ...(['commit', 'source', 'started', 'engine'] as const).map((key): [string[], RegExp] => [
      [`${JSON.stringify({ ...JSON.parse(config), [key]: 5 })}\n`, final],
      new RegExp(`line 1 has no ${key}`),
    ]),
    [[config.replace('"threads":1', '"threads":"1"'), final], /line 1 has an engine of no threads/],
    [[config.replace('"core":null,', ''), final], /line 1 has an engine of no core/],
    [[config, withSamples(final, {})], /has samples of no size/],
    [[config, withSamples(final, { ...noSpheres, count: 1 })], /not 1 spheres of 2 x 2 points/],
    [[config, withSamples(final, { ...noSpheres, labels: ['x'] })], /not 0 spheres of 2 x 2 points/],
  ];
  for (const [content, message] of cases) {
    const dir = folder();
    const path = join(dir, 'x.jsonl');
    store(path, content);
    const warnings: string[] = [];
    assert.equal(readResults(dir, (line) => warnings.push(line)).rows.length, 0);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], message);
    assert.ok(warnings[0].startsWith(`${path} is left out: `));
    assert.equal(readFileSync(path, 'utf8'), content.join(''));
  }
});

test('a name that has no network for the task leaves its result a row, of another network', () => {
  const dir = folder();
  const [config, ...rest] = lines(row());
  const misnamed = JSON.parse(config);
  misnamed.experiment.model = 'cnn-114k';
  store(join(dir, 'a.jsonl'), [`${JSON.stringify(misnamed)}\n`, ...rest]);
  store(join(dir, 'b.jsonl'), lines(row({ seed: 2 })));
  const { rows } = readResults(dir, silent);
  assert.deepEqual(
    rows.map(({ variant }) => variant),
    ['another network', ''],
  );
});

test('a result counts once, under its own name', () => {
  const dir = folder();
  const [one, other] = [row(), row({ seed: 2 })];
  const path = join(dir, 'quick', `${one.id}.jsonl`);
  const copy = join(dir, 'quick', 'zzz.jsonl');
  const taken = join(dir, 'quick', 'older', `${one.id}.jsonl`);
  for (const file of [path, copy]) store(file, lines(one));
  store(taken, lines(other));
  const warnings: string[] = [];
  const { rows, validations } = readResults(dir, (line) => warnings.push(line));
  assert.deepEqual(
    rows.map(({ id }) => id),
    [one.id],
  );
  assert.equal(validations.length, 3);
  assert.deepEqual(warnings.sort(), [
    `${taken} is left out: it holds experiment ${other.id}`,
    `${copy} is left out: ${path} holds the same experiment`,
  ]);
});

test('a table of results can be described, and its words are words whatever the first ones are', () => {
  const dir = folder();
  store(join(dir, 'a.jsonl'), lines(row()));
  store(join(dir, 'b.jsonl'), lines(row({ variant: 'oversampling 1.5' })));
  const frame = openResults(dir);
  assert.equal(frame.dtypes[frame.columns.indexOf('variant')], 'string');
  assert.ok((frame.describe() as unknown as { shape: number[] }).shape[0] > 0);
});

test('a folder that is not there, or holds nothing finished, is told in one line', () => {
  assert.throws(() => readResults('/no/such/folder'), UsageError);
  assert.throws(() => openResults(folder()), /no finished experiment under/);
  const dir = folder();
  store(join(dir, 'a.jsonl'), lines(row()));
  assert.throws(() => openResults(dir, { dataset: 'mnist' }), /no finished experiment of mnist under/);
});

test('a file where the folder should be is told, too', () => {
  const dir = folder();
  store(join(dir, 'a.jsonl'), lines(row()));
  assert.throws(() => readResults(join(dir, 'a.jsonl')), UsageError);
  mkdirSync(join(dir, 'b.jsonl'));
  assert.deepEqual(readResults(dir, silent).rows, [row()]);
});

test('openResults gives a DataFrame that can be grouped', () => {
  const dir = folder();
  for (const seed of [1, 2])
    store(join(dir, `s${seed}.jsonl`), lines(row({ seed, scoreRotated: 60 + 10 * seed })));
  const frame = openResults(dir);
  assert.deepEqual(frame.shape, [2, Object.keys(row()).length]);
  assert.equal(frame.column('scoreRotated').mean(), 75);
});
