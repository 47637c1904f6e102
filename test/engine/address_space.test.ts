import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { repositoryRoot } from '../../src/util/files';

const skip = process.platform !== 'linux' && 'limits of this kind are those of Linux';
const report = ['--require', 'tsx/cjs', join(repositoryRoot, 'test', 'engine', 'stand_in', 'report.ts')];
const engines = [join(repositoryRoot, 'bin', 'equisphere.cjs'), 'engines', '--engine', 'wasm'];
const flag = '--disable-wasm-trap-handler';
const told =
  /the address space of this process is limited to [\d.]+ GB \(ulimit -v\).*raise .* set NODE_OPTIONS=--disable/;

function limited(gigabytes: number, args: string[], NODE_OPTIONS = '') {
  const words = [process.execPath, ...args].map((word) => `"${word}"`).join(' ');
  const env = { ...process.env, EQUISPHERE_ENGINE: 'wasm', NODE_OPTIONS };
  const shell = `ulimit -v ${gigabytes * 1e6} && exec ${words}`;
  return spawnSync('bash', ['-c', shell], { cwd: repositoryRoot, env, encoding: 'utf8' });
}

describe('where the address space is too small for WebAssembly', { skip }, () => {
  it('the engine says so, and what helps', () => {
    assert.match(JSON.parse(limited(8, report).stdout).error, told);
  });

  // Those at which Node 20 fails in different ways, silence among them.
  for (const gigabytes of [4, 8, 12, 14, 16, 20, 24, 34])
    it(`so does the command line, in one line: ${gigabytes} GB`, () => {
      const { status, stdout, stderr } = limited(gigabytes, engines);
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, told);
      assert.match(stderr, /^equisphere: .*\n$/);
    });

  it('what it says helps', () => {
    assert.match(limited(14, engines, flag).stderr, told);
    for (const [gigabytes, options] of [
      [20.1, flag],
      [40.1, ''],
    ] as const) {
      const { status, stdout, stderr } = limited(gigabytes, engines, options);
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^wasm engine/);
    }
  });
});
