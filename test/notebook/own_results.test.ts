import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { publishedFolder } from '../../src/commands/folders';
import { notebooksOfResults, runNotebooks } from '../../src/commands/notebooks';
import { statusLine } from '../../src/commands/status';

// Beside other tests several threads would mostly wait for each other.
process.env.EQUISPHERE_THREADS = '1';
// Counting what ran takes the kernels a third of their time, and other tests run the same sources.
delete process.env.NODE_V8_COVERAGE;

/** As `reproduce` leaves them: one tier, without the paper's sizes. */
function quickResults(): string {
  const folder = mkdtempSync(join(tmpdir(), 'own-results-'));
  mkdirSync(join(folder, 'quick'));
  for (const dataset of readdirSync(join(publishedFolder, 'quick')))
    symlinkSync(join(publishedFolder, 'quick', dataset), join(folder, 'quick', dataset));
  return folder;
}

test('notebooks that show results show those of the quick tier alone', async () => {
  const output = mkdtempSync(join(tmpdir(), 'own-notebooks-'));
  const { signal } = new AbortController();
  const context = { status: statusLine(process.stderr), signal };
  const only = notebooksOfResults();
  assert.deepEqual(only, ['01', '07', '08']);
  const written = await runNotebooks({ only, output, results: quickResults() }, context);
  assert.equal(written.length, only.length);
});
