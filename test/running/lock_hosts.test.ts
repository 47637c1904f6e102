import assert from 'node:assert/strict';
import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { heldBy, RunsElsewhere, withLock } from '../../src/running/lock';

/** A lock that a process on another machine put there, and has not touched for some minutes. */
function lockOf(holder: object, silentMinutes: number): string {
  const path = join(mkdtempSync(join(tmpdir(), 'lock-')), 'experiment.lock');
  writeFileSync(path, JSON.stringify({ host: 'node7', pid: 1, ...holder }));
  const touched = new Date(Date.now() - 60_000 * silentMinutes);
  utimesSync(path, touched, touched);
  return path;
}

async function assertHeld(path: string): Promise<void> {
  assert.equal(heldBy(path), 'process 1 on node7');
  await assert.rejects(
    withLock(path, async () => assert.fail('two at once')),
    RunsElsewhere,
  );
}

async function assertFree(path: string): Promise<void> {
  assert.equal(heldBy(path), undefined);
  await withLock(path, async () => assert.match(heldBy(path)!, new RegExp(`^process ${process.pid} on `)));
  assert.equal(heldBy(path), undefined);
}

describe('a lock on a shared disk', () => {
  it('is held by another machine for as long as that gives signs of life', async () => {
    await assertHeld(lockOf({}, 4));
    await assertFree(lockOf({}, 6));
  });
});

describe('a lock in a job of Slurm', () => {
  afterEach(() => {
    delete process.env.SLURM_JOB_ID;
    delete process.env.SLURM_RESTART_COUNT;
  });

  it('is free sooner if an earlier sitting of the same job held it', async () => {
    process.env.SLURM_JOB_ID = '12';
    process.env.SLURM_RESTART_COUNT = '1';
    await assertFree(lockOf({ job: { id: '12', restarts: 0 } }, 2));
    await assertHeld(lockOf({ job: { id: '12', restarts: 0 } }, 1));
    await assertHeld(lockOf({ job: { id: '12', restarts: 1 } }, 2));
    await assertHeld(lockOf({ job: { id: '13', restarts: 0 } }, 2));
    await assertHeld(lockOf({}, 2));
  });
});
