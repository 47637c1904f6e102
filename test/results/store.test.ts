import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, it } from 'node:test';
import { experimentId } from '../../src/experiments/experiment';
import { numbersVersion } from '../../src/experiments/numbers_version';
import { openStore, type Store } from '../../src/results/store';
import { aConfigRow, aFinalRow, anExperiment, aValidationRow } from '../experiments/sample';

const e = anExperiment();
const other = anExperiment({ seed: 2 });
let folder: string;
let lines: string[];
let store: Store;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  lines = [];
  store = openStore(folder, (line) => lines.push(line));
  path = store.pathOf(e);
});

function finish(of = e): void {
  store.append(of, aConfigRow(of));
  for (const step of [4, 8]) store.append(of, aValidationRow(step));
  store.append(of, aFinalRow());
}

const text = () => readFileSync(path, 'utf8');
const namesThere = () => readdirSync(dirname(path)).sort();

describe('store', () => {
  it('keeps tiers and data sets in folders of their own', () => {
    assert.equal(path, join(folder, 'quick', 'glyphs', `${experimentId(e)}.jsonl`));
    const mnist = anExperiment({ dataset: 'mnist', tier: 'study' });
    assert.equal(dirname(store.pathOf(mnist)), join(folder, 'study', 'mnist'));
  });

  it('is empty before its folder exists', () => {
    assert.equal(store.read(e), undefined);
    assert.equal(store.finished(e), false);
    assert.equal(store.begin(e), true);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('gives back what was appended', () => {
    finish();
    const { sittings, validations, final } = store.read(e)!;
    assert.deepEqual(sittings, [aConfigRow()]);
    const { kind, ...validation } = aValidationRow(4);
    assert.deepEqual(validations[0], validation);
    assert.deepEqual(
      validations.map((row) => row.step),
      [4, 8],
    );
    assert.deepEqual(final, aFinalRow());
    assert.ok(store.finished(e));
  });

  it('takes a repeated validation once, as it was last, and knows all sittings', () => {
    store.append(e, aConfigRow());
    store.append(e, aValidationRow(4));
    store.append(e, { ...aConfigRow(), started: 'later' });
    store.append(e, { ...aValidationRow(4), trainLoss: 7 });
    const { sittings, validations } = store.read(e)!;
    assert.deepEqual(
      sittings.map((row) => row.started),
      [aConfigRow().started, 'later'],
    );
    assert.deepEqual(
      validations.map((row) => row.trainLoss),
      [7],
    );
  });

  it('takes NaN in a class that never occurred, and in a validation, for what it is', () => {
    store.append(e, aConfigRow());
    store.append(e, { ...aValidationRow(4), validationScore: Number.NaN });
    const rotated = { score: 50, loss: 1, confusion: [[1]], iouPerClass: [Number.NaN, 50] };
    store.append(e, { ...aFinalRow(), bestStep: 4, rotated });
    const { validations, final } = store.read(e)!;
    assert.ok(Number.isNaN(validations[0].validationScore));
    assert.equal(final!.rotated!.score, 50);
  });
});

describe('a last line cut short', () => {
  it('does not count, wherever it was cut; reading leaves it there, and begin drops it', () => {
    finish();
    const whole = text();
    const final = whole.trimEnd().lastIndexOf('\n') + 1;
    for (const cut of [final + 1, final + 30, whole.length - 1]) {
      writeFileSync(path, whole.slice(0, cut));
      assert.equal(store.finished(e), false);
      assert.equal(store.read(e)!.validations.length, 2);
      assert.equal(text(), whole.slice(0, cut));
      assert.equal(store.begin(e), false);
      assert.equal(text(), whole.slice(0, final));
      store.append(e, aFinalRow());
      assert.equal(text(), whole);
    }
    assert.deepEqual(lines, []);
  });

  it('is dropped even if it is the only one', () => {
    finish();
    truncateSync(path, 20);
    assert.equal(store.read(e), undefined);
    assert.equal(store.begin(e), false);
    finish();
    assert.ok(store.finished(e));
  });
});

const damages: Record<string, [(text: string) => string, RegExp]> = {
  'a line that is not JSON': [
    (t) => t.replace('{"kind":"validation"', '{"kind":"val\u0000'),
    /line 2 is not JSON/,
  ],
  'a line of no kind': [
    (t) => t.replace('"kind":"validation"', '"kind":"epic"'),
    /line 2 is no row of results/,
  ],
  'a kind of every object': [
    (t) => t.replace('"kind":"validation"', '"kind":"toString"'),
    /line 2 is no row/,
  ],
  'no configuration': [(t) => t.slice(t.indexOf('\n') + 1), /line 1 is not a configuration/],
  'another experiment': [
    () => `${JSON.stringify(aConfigRow(other))}\n${JSON.stringify(aFinalRow())}\n`,
    new RegExp(`holds experiment ${experimentId(other)}`),
  ],
  'content that is not its own': [
    (t) => t.replace('"seed":1', '"seed":2'),
    /calls itself .* and holds experiment/,
  ],
  'a line of another experiment': [
    (t) => `${t}${JSON.stringify(aConfigRow(other))}\n`,
    /line 5 is of another experiment/,
  ],
  'numbers of another version': [
    (t) => t.replace(`"numbers":${numbersVersion}`, `"numbers":${numbersVersion + 1}`),
    new RegExp(`has numbers of version ${numbersVersion + 1}, not ${numbersVersion}`),
  ],
  'no version of its numbers': [
    (t) => t.replace(`"numbers":${numbersVersion},`, ''),
    /line 1 has no version/,
  ],
  'a score that is not a number': [
    (t) => t.replace('{"score":60', '{"score":null'),
    /line 4 has no score of the rotated/,
  ],
  'one test missing': [
    (t) => t.replace('"unrotated":{"score":70', '"un":{"score":70'),
    /line 4 has no score of both/,
  ],
  'no validation score': [
    (t) => t.replace('"validationRotated":65', '"validationRotated":null'),
    /line 4 has no number of validationRotated/,
  ],
  'an unknown field of the experiment': [
    (t) => t.replace('"seed":1', '"seed":1,"sed":2'),
    /line 1 unknown key/,
  ],
};

describe('a damaged file', () => {
  for (const [what, [damage, reason]] of Object.entries(damages))
    it(`(${what}) is not read, and stays as it is until begin moves it aside and says why`, () => {
      finish();
      finish(other);
      const damaged = damage(text());
      assert.notEqual(damaged, text());
      writeFileSync(path, damaged);
      assert.equal(store.read(e), undefined);
      assert.equal(store.finished(e), false);
      assert.match(String(store.fault(e)), reason);
      assert.equal(text(), damaged);
      assert.deepEqual(lines, []);
      assert.equal(store.begin(e), false);
      assert.ok(!existsSync(path));
      assert.equal(readFileSync(`${path}.broken`, 'utf8'), damaged);
      assert.match(lines.join('\n'), reason);
      assert.ok(store.finished(other));
    });

  it('does not take the place of one that was moved aside before', () => {
    for (const content of ['first\n', 'second\n', 'third\n']) {
      finish();
      writeFileSync(path, content);
      store.begin(e);
    }
    const kept = ['broken', 'broken-2', 'broken-3'].map((end) => readFileSync(`${path}.${end}`, 'utf8'));
    assert.deepEqual(kept, ['first\n', 'second\n', 'third\n']);
    assert.equal(namesThere().length, 3);
  });

  it('that was moved aside does not hide that the result is gone', () => {
    writeFileSync(join(folder, 'x'), '');
    finish();
    writeFileSync(path, 'damage\n');
    assert.equal(store.begin(e), false);
    assert.equal(store.begin(e), true); // no result: from the start
    finish();
    rmSync(path);
    assert.ok(existsSync(`${path}.broken`));
    assert.equal(store.begin(e), true);
  });
});
