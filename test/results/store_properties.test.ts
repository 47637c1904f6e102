import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Row } from '../../src/results/format';
import { openStore, type Store } from '../../src/results/store';
import { aConfigRow, aFinalRow, anExperiment, aValidationRow } from '../experiments/sample';
import { holds } from '../properties';

const e = anExperiment();
const isFinal = (row: Row) => row.kind === 'final';

/** Does something with a store in a folder of its own. */
function withStore(work: (store: Store, path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'store-properties-'));
  try {
    const store = openStore(folder, (line) => assert.fail(line));
    work(store, store.pathOf(e));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Lines as writers may leave them: sittings and validations in any order, steps more than once. */
const lines: fc.Arbitrary<Row[]> = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 12 }), fc.boolean())
  .map(([steps, isFinished]) => [
    aConfigRow(),
    ...steps.map(
      (step, i): Row =>
        step === 0 ? { ...aConfigRow(), started: `sitting ${i}` } : { ...aValidationRow(step), trainLoss: i },
    ),
    ...(isFinished ? [{ ...aFinalRow(), bestStep: Math.max(0, ...steps) }] : []),
  ]);

test('whatever the order of lines, each validation counts once, as it was written last', () => {
  holds(
    fc.property(lines, (rows) =>
      withStore((store) => {
        for (const row of rows) store.append(e, row);
        const { sittings, validations, final } = store.read(e)!;
        const latest = new Map<number, number>();
        for (const row of rows) if (row.kind === 'validation') latest.set(row.step, row.trainLoss);
        assert.deepEqual(
          validations.map(({ step, trainLoss }) => [step, trainLoss]),
          [...latest],
        );
        assert.equal(sittings.length, rows.filter(({ kind }) => kind === 'config').length);
        assert.equal(final !== undefined, rows.some(isFinal));
      }),
    ),
    40,
  );
});

test('cut at any byte, a file holds its whole lines, and goes on from them', () => {
  holds(
    fc.property(lines, fc.nat(), (rows, place) =>
      withStore((store, path) => {
        for (const row of rows) store.append(e, row);
        const whole = readFileSync(path);
        const before = store.read(e);
        const cut = whole.subarray(0, place % (whole.length + 1));
        writeFileSync(path, cut);
        const kept = cut.toString().split('\n').length - 1;
        assert.equal(store.finished(e), rows.slice(0, kept).some(isFinal));
        assert.deepEqual(readFileSync(path), cut, 'who reads changes nothing');
        store.begin(e);
        for (const row of rows.slice(kept)) store.append(e, row);
        assert.deepEqual(readFileSync(path), whole);
        assert.deepEqual(store.read(e), before);
      }),
    ),
    40,
  );
});

test('bytes that no store wrote are never a result, and never a crash', () => {
  holds(
    fc.property(fc.uint8Array({ maxLength: 300 }), lines, fc.nat(), (bytes, rows, place) => {
      const folder = mkdtempSync(join(tmpdir(), 'store-properties-'));
      const store = openStore(folder, () => {});
      for (const row of rows) store.append(e, row);
      const path = store.pathOf(e);
      const text = readFileSync(path);
      const at = place % text.length;
      // In the midst of a file, over what stood there, and alone.
      const damaged = Buffer.from(text);
      damaged.set(bytes.subarray(0, text.length - at), at);
      for (const content of [Buffer.concat([text.subarray(0, at), bytes]), damaged, Buffer.from(bytes)]) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
        const found = store.read(e);
        assert.ok(found === undefined || found.sittings[0].id === aConfigRow().id);
        store.begin(e);
        store.append(e, aConfigRow());
        assert.ok(store.read(e) !== undefined, 'it can be begun again');
      }
      rmSync(folder, { recursive: true });
    }),
    20,
  );
});

test('two processes that write to one file lose no line of each other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'two-writers-'));
  const store = openStore(folder);
  store.append(e, aConfigRow());
  const script = join(__dirname, 'append_rows.ts');
  const count = 200;
  const writers = [1, 1 + count].map((first) => {
    const words = ['--require', 'tsx/cjs', script, folder, String(first), String(count)];
    return once(spawn(process.execPath, words, { stdio: 'inherit' }), 'close');
  });
  for (const [code] of await Promise.all(writers)) assert.equal(code, 0);
  const steps = store.read(e)!.validations.map(({ step }) => step);
  assert.deepEqual(
    steps.sort((a, b) => a - b),
    Array.from({ length: 2 * count }, (_, i) => i + 1),
  );
});
