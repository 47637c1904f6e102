import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../../src/util/files';
import { folder } from './notebooks';

const jupyter = join(repositoryRoot, 'jupyter');

function run(script: string, environment: Record<string, string>, ...args: string[]) {
  const env = { ...process.env, ...environment };
  return spawnSync(process.execPath, [join(jupyter, script), ...args], { env, encoding: 'utf8' });
}

test('lab says what to install where there is no Jupyter', () => {
  const { status, stderr } = run('lab.cjs', { PATH: '' });
  assert.equal(status, 1);
  assert.match(stderr, /pip install jupyterlab/);
  assert.equal(run('lab.cjs', { PATH: '' }, '--help').status, 0);
});

test('lab starts what is there, in the root, with our kernel and figures first', (t) => {
  if (process.platform === 'win32') return t.skip('the stand-in is a shell script');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const script =
    '#!/bin/sh\n[ "$1" = lab ] && exit 1\necho "$@"; echo "$JUPYTER_PATH"; echo "$JUPYTER_CONFIG_PATH"; pwd\n';
  writeFileSync(join(bin, 'jupyter'), script, { mode: 0o755 });
  const { status, stdout } = run(
    'lab.cjs',
    { PATH: `${bin}:/bin:/usr/bin`, JUPYTER_PATH: '/other', JUPYTER_CONFIG_PATH: '' },
    '--port',
    '9',
  );
  assert.equal(status, 0);
  const config = join(jupyter, 'config');
  assert.deepEqual(stdout.trim().split('\n'), [
    'notebook --port 9',
    `${jupyter}:/other`,
    config,
    repositoryRoot,
  ]);
  const plotly = readFileSync(require.resolve('plotly.js-dist'));
  for (const place of ['labextensions/equisphere-figures/static', 'nbextensions/equisphere-figures'])
    assert.ok(readFileSync(join(jupyter, place, 'plotly.js')).equals(plotly), place);
});

test('the kernel is installed with absolute paths, and over no other kernel', () => {
  const environment = { JUPYTER_DATA_DIR: join(folder, 'data') };
  const file = join(folder, 'data', 'kernels', 'tslab', 'kernel.json');
  for (const attempt of [1, 2])
    assert.equal(run('install-kernel.cjs', environment).status, 0, `attempt ${attempt}`);
  const { argv } = JSON.parse(readFileSync(file, 'utf8'));
  assert.equal(argv[0], process.execPath);
  assert.ok(existsSync(argv[1]) && dirname(argv[1]) === join(jupyter, 'kernels', 'tslab'));
  assert.equal(argv[2], '{connection_file}');

  writeFileSync(file, '{"argv": ["tslab"], "display_name": "TypeScript"}');
  const refused = run('install-kernel.cjs', environment);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /another kernel of the name tslab/);
  assert.equal(run('install-kernel.cjs', environment, '--force').status, 0);
  assert.match(readFileSync(file, 'utf8'), /kernel\.cjs/);
});

test('an unknown option is refused', () => {
  const { status, stderr } = run('install-kernel.cjs', { JUPYTER_DATA_DIR: join(folder, 'none') }, '--frce');
  assert.equal(status, 1);
  assert.match(stderr, /unknown option --frce/);
  assert.ok(!existsSync(join(folder, 'none')));
});
