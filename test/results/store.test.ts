import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'node:test';
import { openStore, type Store } from '../../src/results/store';
import { aConfigRow, aFinalRow, anEpochRow } from '../experiments/sample';

let folder: string;
let lines: string[];
let store: Store;
const pathOf = (id: string) => join(folder, `${id}.jsonl`);

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'store-')), 'quick');
  lines = [];
  store = openStore(folder, (line) => lines.push(line));
});

function finish(id: string): void {
  store.append(id, aConfigRow(id));
  for (const epoch of [1, 2]) store.append(id, anEpochRow(epoch));
  store.append(id, aFinalRow());
}

describe('store', () => {
  it('is empty before its folder exists', () => {
    assert.deepEqual(store.ids(), []);
    assert.equal(store.read('a'), undefined);
    assert.equal(store.finished('a'), false);
    assert.equal(store.started('a'), false);
  });

  it('gives back what was appended', () => {
    finish('a');
    const { config, epochs, final } = store.read('a')!;
    assert.deepEqual(config, aConfigRow('a'));
    assert.deepEqual(
      epochs.map((row) => row.epoch),
      [1, 2],
    );
    assert.deepEqual(final, aFinalRow());
    assert.ok(store.finished('a') && store.started('a'));
    assert.deepEqual(store.ids(), ['a']);
  });

  it('takes a repeated epoch once, as it was last', () => {
    store.append('a', aConfigRow('a'));
    store.append('a', anEpochRow(1));
    store.append('a', { ...aConfigRow('a'), started: 'later' });
    store.append('a', { ...anEpochRow(1), trainLoss: 7 });
    const { config, epochs } = store.read('a')!;
    assert.equal(config.started, 'later');
    assert.deepEqual(
      epochs.map((row) => row.trainLoss),
      [7],
    );
  });

  it('drops a last line cut short, wherever it was cut, and goes on', () => {
    finish('a');
    const whole = readFileSync(pathOf('a'), 'utf8');
    const final = whole.trimEnd().lastIndexOf('\n') + 1;
    for (const cut of [final + 1, final + 30, whole.length - 1]) {
      writeFileSync(pathOf('a'), whole);
      truncateSync(pathOf('a'), cut);
      assert.equal(store.finished('a'), false);
      assert.equal(store.read('a')!.epochs.length, 2);
      store.append('a', aFinalRow());
      assert.equal(readFileSync(pathOf('a'), 'utf8'), whole);
    }
    assert.deepEqual(lines, []);
  });

  it('treats a file cut within its first line as not there', () => {
    finish('a');
    truncateSync(pathOf('a'), 20);
    assert.equal(store.read('a'), undefined);
    finish('a');
    assert.ok(store.finished('a'));
  });

  const damages: Record<string, (text: string) => string> = {
    'line 2 is not JSON': (text) => text.replace('{"kind":"epoch","epoch":1', '{"kind":"ep\u0000'),
    'line 3 is no row of results': (text) =>
      text.replace('"kind":"epoch","epoch":2', '"kind":"epic","epoch":2'),
    'line 1 is not a configuration': (text) => text.slice(text.indexOf('\n') + 1),
    'holds experiment b': (text) => text.replace('"id":"a"', '"id":"b"'),
  };
  for (const [reason, damage] of Object.entries(damages)) {
    it(`moves aside a damaged file (${reason}) and keeps the others`, () => {
      finish('a');
      finish('other');
      const damaged = damage(readFileSync(pathOf('a'), 'utf8'));
      writeFileSync(pathOf('a'), damaged);
      assert.equal(store.finished('a'), false);
      assert.equal(readFileSync(`${pathOf('a')}.broken`, 'utf8'), damaged);
      assert.ok(!existsSync(pathOf('a')) && store.started('a'));
      assert.equal(lines.length, 1);
      assert.match(lines[0], new RegExp(`a\\.jsonl: ${reason}; moved to a\\.jsonl\\.broken`));
      assert.ok(store.finished('other'));
      assert.deepEqual(store.ids(), ['other']);
    });
  }
});
