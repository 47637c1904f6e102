import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { RunFolders } from '../../src/commands/folders';
import type { Experiment } from '../../src/experiments/experiment';
import { resultsFiles } from '../../src/results/files';
import { parseResult, wholeLines } from '../../src/results/format';
import { openStore } from '../../src/results/store';
import { numbersIn } from '../experiments/sample';

/** What a folder of results said whenever it was looked at: nothing of it may get lost, and nothing be done twice. */
export class Ledger {
  private readonly written = new Map<string, string>();

  constructor(private readonly folders: RunFolders) {}

  /** @throws AssertionError if lines are lost, torn or put to what was finished */
  check(): void {
    const { results } = this.folders;
    if (!existsSync(results)) return;
    for (const path of resultsFiles(results)) {
      const lines = wholeLines(readFileSync(path, 'utf8'));
      const before = this.written.get(path) ?? '';
      const name = relative(results, path);
      assert.ok(lines.startsWith(before), `${name}: lines were lost`);
      assert.ok(parseResult(before)?.final === undefined || lines === before, `${name}: done once more`);
      parseResult(lines); // which throws if one is torn
      this.written.set(path, lines);
    }
    assert.deepEqual(
      readdirSync(results, { recursive: true })
        .map(String)
        .filter((name) => name.includes('broken')),
      [],
    );
  }

  /** @throws AssertionError unless every experiment was finished once, with these numbers, and nothing is left over */
  checkFinished(experiments: readonly Experiment[], expected: readonly object[]): void {
    const { results, runs } = this.folders;
    const store = openStore(results);
    for (const [i, e] of experiments.entries()) {
      assert.deepEqual(numbersIn(store, e), expected[i]);
      const finals = readFileSync(store.pathOf(e), 'utf8').match(/^\{"kind":"final"/gm);
      assert.equal(finals?.length, 1);
    }
    assert.equal(resultsFiles(results).length, experiments.length);
    const left = readdirSync(runs, { recursive: true }).map(String);
    assert.deepEqual(
      left.filter((name) => /lock|checkpoint/.test(name)),
      [],
    );
  }
}
