import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { experimentId } from '../../src/experiments/experiment';
import { openStore } from '../../src/results/store';
import { withLock } from '../../src/running/lock';
import { lockPath } from '../../src/running/trained';
import { tinyGrid } from './tiny_grid';

/** Starts a sweep of the tiny grid in a process of its own. */
function start(out: string, jobs: number) {
  const script = join(__dirname, 'sweep_process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, out, String(jobs)]);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  return { child, said, ended: once(child, 'close').then(([code]) => ({ code, ...said })) };
}

const tableOf = (text: string) => text.slice(text.lastIndexOf('table\n')).replace(/\d+ s$/gm, '');

test('two sweeps of one folder at once do every experiment once, and end with the same results', async () => {
  const out = mkdtempSync(join(tmpdir(), 'two-'));
  const sweeps = await Promise.all([start(out, 1).ended, start(out, 2).ended]);
  for (const { code, err } of sweeps) assert.deepEqual([code, err], [0, '']);
  const store = openStore(join(out, 'results'));
  for (const e of tinyGrid) {
    const { sittings, validations, final } = store.read(e)!;
    assert.deepEqual([sittings.length, validations.length], [1, 2]);
    assert.ok(final);
  }
  assert.equal(tableOf(sweeps[0].out), tableOf(sweeps[1].out));
  assert.match(tableOf(sweeps[0].out), /cnn-quick-small/);
  assert.ok(!readdirSync(join(out, 'runs')).some((name) => name.includes('lock')));
});

test('a sweep says who works on what it waits for, and does it when that is let go', async () => {
  const out = mkdtempSync(join(tmpdir(), 'two-'));
  const sweep = await withLock(lockPath(join(out, 'runs'), experimentId(tinyGrid[0])), async () => {
    const started = start(out, 1);
    while (!started.said.out.includes(`process ${process.pid} on `)) {
      assert.equal(started.child.exitCode, null, started.said.out);
      await setTimeout(20);
    }
    return started;
  });
  const { code, err, out: text } = await sweep.ended;
  assert.deepEqual([code, err], [0, '']);
  assert.match(text, /process \d+ on .* works on it/);
  assert.ok(tinyGrid.every((e) => openStore(join(out, 'results')).finished(e)));
});

test('a sweep takes over what another one is killed at', async () => {
  const out = mkdtempSync(join(tmpdir(), 'two-'));
  const first = start(out, 2);
  const locks = () => (existsSync(join(out, 'runs')) ? readdirSync(join(out, 'runs')) : []);
  while (locks().filter((name) => name.endsWith('.lock')).length < 2) {
    assert.equal(first.child.exitCode, null, first.said.err);
    await setTimeout(20);
  }
  const second = start(out, 1);
  first.child.kill('SIGKILL');
  const { code, err } = await second.ended;
  assert.deepEqual([code, err], [0, '']);
  const store = openStore(join(out, 'results'));
  assert.ok(tinyGrid.every((e) => store.finished(e)));
});
