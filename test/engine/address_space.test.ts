import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../../src/util/files';

test('where the address space is too small for WebAssembly, that is said, with what helps', (t) => {
  if (process.platform !== 'linux') return t.skip('limits of this kind are those of Linux');
  const script = join(repositoryRoot, 'test', 'engine', 'stand_in', 'report.ts');
  const shell = `ulimit -v 8000000 && exec "${process.execPath}" --require tsx/cjs "${script}"`;
  const env = { ...process.env, EQUISPHERE_ENGINE: 'wasm', NODE_OPTIONS: '' };
  const { stdout } = spawnSync('bash', ['-c', shell], { cwd: repositoryRoot, env, encoding: 'utf8' });
  assert.match(
    JSON.parse(stdout).error,
    /^engine wasm cannot start: the address space .*ulimit -v.*NODE_OPTIONS=/,
  );
});
