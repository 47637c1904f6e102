import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, it } from 'node:test';
import { RunsElsewhere, withLock } from '../../src/running/lock';

let path: string;

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'lock-')), 'runs', 'a.lock');
});

/** Starts a process that takes the lock. @returns the first thing that it says, and how to end it */
async function holder() {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'hold_lock.ts'), path]);
  const ended = once(child, 'close');
  const [said] = await once(child.stdout, 'data');
  const letGo = () => {
    child.stdin.end();
    return ended;
  };
  return { pid: child.pid, said: `${said}`, letGo, kill: () => child.kill('SIGKILL') && ended };
}

const isFree = () => withLock(path, async () => readdirSync(dirname(path)));
const holderThere = () => JSON.parse(readFileSync(path, 'utf8'));

/** Puts a lock there whose file was last touched so many minutes ago. */
function put(content: string, minutes: number): void {
  writeFileSync(path, content);
  const at = new Date(Date.now() - minutes * 60_000);
  utimesSync(path, at, at);
}

describe('a lock', () => {
  it('lies there while it is held, by whom, and is gone afterwards, whatever became of the work', async () => {
    const names = await withLock(path, async () => {
      assert.deepEqual([holderThere().pid, holderThere().host], [process.pid, hostname()]);
      return readdirSync(dirname(path));
    });
    assert.deepEqual(names, ['a.lock']);
    await assert.rejects(
      withLock(path, async () => {
        throw new Error('work failed');
      }),
      /work failed/,
    );
    assert.deepEqual(readdirSync(dirname(path)), []);
  });

  it('cannot be had twice in one process', async () => {
    await withLock(path, () => assert.rejects(isFree(), RunsElsewhere));
    await isFree();
  });

  it('is held by one of several processes that want it at once', async () => {
    const holders = await Promise.all([holder(), holder(), holder()]);
    const winners = holders.filter(({ said }) => said === 'held\n');
    assert.equal(winners.length, 1);
    const [winner] = winners;
    for (const { said } of holders.filter((other) => other !== winner))
      assert.match(said, new RegExp(`^RunsElsewhere: process ${winner.pid} on ${hostname()} works on it`));
    await assert.rejects(isFree(), RunsElsewhere);
    await winner.letGo();
    assert.equal(existsSync(path), false);
  });

  it('of a process that was killed is taken over, by one only, and nothing else is left', async () => {
    await (await holder()).kill();
    assert.ok(existsSync(path));
    const heirs = await Promise.all([holder(), holder(), holder(), holder()]);
    assert.equal(heirs.filter(({ said }) => said === 'held\n').length, 1);
    await Promise.all(heirs.map((heir) => heir.letGo()));
    assert.deepEqual(readdirSync(dirname(path)), []);
  });

  it('is not taken from a living process, however long that has been silent', async () => {
    const { letGo } = await holder();
    put(readFileSync(path, 'utf8'), 24 * 60);
    await assert.rejects(isFree(), RunsElsewhere);
    await letGo();
  });

  it('of a process whose number another one has by now is taken over', {
    skip: !existsSync('/proc/1/stat'),
  }, async () => {
    await isFree();
    put(JSON.stringify({ host: hostname(), pid: process.ppid, born: '1' }), 0);
    await isFree();
  });

  it('of another machine is taken over after five silent minutes, not before', async () => {
    await isFree();
    const elsewhere = JSON.stringify({ host: 'another', pid: 1 });
    put(elsewhere, 4);
    await assert.rejects(isFree(), /process 1 on another works on it/);
    put(elsewhere, 6);
    await isFree();
  });

  it('that is empty, as of a process killed while it wrote it, is taken over after five minutes', async () => {
    await isFree();
    put('', 4);
    await assert.rejects(isFree(), /another process works on it/);
    put('', 6);
    await isFree();
  });

  it('leaves alone what another process has put in its place', async () => {
    const other = JSON.stringify({ host: 'another', pid: 1 });
    await withLock(path, async () => put(other, 0));
    assert.equal(readFileSync(path, 'utf8'), other);
  });
});

it('tells its work when it was lost, and then names the reason', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const work = withLock(path, async (lost) => {
    put(JSON.stringify({ host: 'another', pid: 1 }), 0);
    t.mock.timers.tick(20_000);
    assert.ok(lost.aborted);
    throw new Error('stopped');
  });
  await assert.rejects(work, { name: 'RunsElsewhere', message: /another process took it over/ });
});
