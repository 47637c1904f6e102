import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { callers } from '../../bench/phases';
import { repositoryRoot } from '../../src/util/files';

test('the functions by which the time of a step is sorted are there, by these names', () => {
  const folder = join(repositoryRoot, 'src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
  for (const name of Object.keys(callers)) {
    const definition = new RegExp(`^(export )?function ${name}\\b|^  (private )?${name}\\(`, 'm');
    assert.ok(
      sources.some((source) => definition.test(source)),
      `no function or method ${name}`,
    );
  }
});
