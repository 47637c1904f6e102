import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { typecheckNotebooks } from './typecheck_notebooks';

test('the code cells of all notebooks pass the type check', () => {
  const folder = join(__dirname, '..', '..', 'notebooks');
  const paths = readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb'))
    .map((name) => join(folder, name));
  assert.ok(paths.length >= 4, `${paths.length} notebooks`);
  assert.deepEqual(typecheckNotebooks(paths), []);
});
