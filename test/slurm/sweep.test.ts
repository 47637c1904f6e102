import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Experiment, experimentId } from '../../src/experiments/experiment';
import { gridOf } from '../../src/experiments/grid';
import { tierOf } from '../../src/experiments/tiers';
import { openStore } from '../../src/results/store';
import { withLock } from '../../src/running/lock';
import { endedTasks } from '../../src/running/slurm';
import { submittedArrays } from '../../src/running/task_arrays';
import { lockPath } from '../../src/running/trained';
import { type Cluster, missingPrograms, startCluster } from './cluster';

const missing = missingPrograms();
const skip = missing.length > 0 && `not installed: ${missing.join(', ')} (Debian: slurm-wlm and munge)`;

const root = join(__dirname, '..', '..');
const choice = '--tier smoke --dataset glyphs --engine wasm'.split(' ');
const experiments = gridOf(tierOf('smoke'), { dataset: 'glyphs' });
const long = experiments.find(({ steps }) => steps > 1000)!;

describe('a sweep on Slurm', { skip }, () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster();
    process.env.SLURM_CONF = cluster.env.SLURM_CONF;
  });
  after(() => cluster?.stop());

  it('prints its script in a dry run, and submits nothing', async () => {
    const { lines } = await sweep(
      newFolder(),
      '--on',
      'slurm',
      '--dry-run',
      '--gpus',
      '1',
      '--sbatch=--hold --nice=5',
    );
    assert.equal(lines[0], '#!/bin/bash');
    for (const words of ['--array=0-3', '--gpus=1', '--hold', '--nice=5', '--requeue'])
      assert.ok(lines.includes(`#SBATCH ${words}`), words);
    assert.equal(slurm('squeue', '--noheader', '--states=all'), '');
  });

  it('finishes each experiment once, through a requeue, with the numbers of a local sweep', async () => {
    const [here, there] = [newFolder(), newFolder()];
    const first = await sweep(there, '--on', 'slurm');
    assert.match(first.out, /^experiments: 4, 4 open$/m);
    assert.match(first.out, /^submitted 4 of them as job \d+;/m);
    const second = await sweep(there, '--on', 'slurm');
    assert.match(second.out, /^nothing to submit$/m);
    assert.match((await sweep(there, '--status')).out, /^experiments: 4, .*\d (pending|running)/m);

    await until('a validation', () => (stored(there, long)?.validations.length ?? 0) > 0);
    await requeue(there, long);
    await sweep(here);
    await until('all finished', () => experiments.every((e) => stored(there, e)?.final));
    for (const e of experiments) assert.deepEqual(numbersOf(there, e), numbersOf(here, e));
    for (const e of experiments)
      assert.equal(rowsOf(there, e).filter(({ kind }) => kind === 'final').length, 1);
    assert.match(logOf(there, long), /going on after step [1-9]\d* of/);
    assert.equal(rowsOf(there, long).filter(({ kind }) => kind === 'config').length, 2);
    const status = await sweep(there, '--status');
    assert.match(status.out, /^experiments: 4, 4 done; about 0 s of training left/m);
  });

  it('submits again what was cancelled, and that goes on', async () => {
    const out = newFolder();
    const submit = () => sweep(out, '--on', 'slurm', '--ids', experimentId(long));
    await submit();
    await until('a validation', () => (stored(out, long)?.validations.length ?? 0) > 0);
    const running = await sweep(out, '--status');
    assert.match(
      running.out,
      new RegExp(`^${experimentId(long)} .* step \\d+ of ${long.steps} .* running on`, 'm'),
    );
    slurm('scancel', taskOf(out, long));
    await until('its end', () => stateOf(out, long) === 'CANCELLED');
    const { out: status } = await sweep(out, '--status');
    assert.match(status, new RegExp(`^${experimentId(long)} .* cancelled: .+`, 'm'));
    assert.match(status, /^experiments: 4, 1 stopped, 3 open;/m);
    if (cluster.hasAccounts) {
      const [array] = arraysOf(out);
      await until('the accounts', () => endedTasks([array], new Date()).length > 0);
      const [task] = endedTasks([array], new Date());
      assert.deepEqual([task.array, task.index, task.state], [array, 0, 'cancelled']);
    }

    assert.match((await submit()).out, /^submitted 1 of them/m);
    await until('the end of it', () => stored(out, long)?.final);
    assert.match(logOf(out, long), /going on after step [1-9]\d* of/);
  });

  it('saves near the time limit, and puts itself back into the queue', async () => {
    const out = newFolder();
    await sweep(out, '--on', 'slurm', '--ids', experimentId(long));
    await until('a validation', () => (stored(out, long)?.validations.length ?? 0) > 0);
    const task = taskOf(out, long);
    // As Slurm does at the limit, which it cannot have below a minute.
    process.kill(shellOf(task), 'SIGUSR1');
    await until('the queue', () => stateOf(out, long) === 'PENDING');
    assert.match((await sweep(out, '--status')).out, / pending \(.*\)$/m);
    await startAgain(out, long, task);
    await until('the end', () => stored(out, long)?.final);
    assert.match(logOf(out, long), /interrupted; what is done is saved/);
    assert.match(logOf(out, long), /going on after step [1-9]\d* of/);
  });

  it('leaves an experiment that runs elsewhere, and ends quietly', async () => {
    const out = newFolder();
    const id = experimentId(long);
    await sweep(out, '--on', 'slurm', '--ids', id, '--sbatch=--hold');
    assert.match((await sweep(out, '--status')).out, / pending \(JobHeldUser\)$/m);
    await withLock(lockPath(join(out, 'runs'), id), async () => {
      assert.match((await sweep(out, '--status')).out, new RegExp(` process ${process.pid} on .+$`, 'm'));
      slurm('scontrol', 'release', taskOf(out, long));
      await until('the end of the task', () => stateOf(out, long) === 'COMPLETED');
    });
    assert.match(logOf(out, long), new RegExp(`process ${process.pid} on .* works on it`));
    assert.equal(stored(out, long), undefined);
  });

  it('shows why a task failed', async () => {
    const out = newFolder();
    const environment = { EQUISPHERE_ENGINE: 'none-such' };
    const args = ['--tier', 'smoke', '--dataset', 'glyphs', '--on', 'slurm', '--ids', experimentId(long)];
    assert.equal((await run(['sweep', ...args, '--out', out], environment)).code, 0);
    await until('its end', () => stateOf(out, long) === 'FAILED');
    assert.match((await sweep(out, '--status')).out, / failed: equisphere: .*none-such/m);
  });

  it('says in one line what the cluster refuses, and forgets it', async () => {
    const out = newFolder();
    const { code, err } = await sweep(out, '--on', 'slurm', '--partition', 'none-such');
    assert.equal(code, 2);
    assert.match(err, /^equisphere: sbatch: error: .*[Ii]nvalid partition.*\n$/);
    assert.deepEqual(arraysOf(out), []);
  });

  /** Runs a sweep of the tier into a folder. */
  function sweep(out: string, ...args: string[]) {
    return run(['sweep', ...choice, '--out', out, ...args]);
  }

  /** Runs the command line where the cluster is known. */
  async function run(args: string[], environment: NodeJS.ProcessEnv = {}) {
    const script = join(root, 'bin', 'equisphere.cjs');
    const child = spawn(process.execPath, [script, ...args], { env: { ...cluster.env, ...environment } });
    const found = { code: null as number | null, out: '', err: '', lines: [] as string[] };
    child.stdout.on('data', (chunk) => {
      found.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      found.err += chunk;
    });
    found.code = await new Promise((resolve) => child.on('close', resolve));
    found.lines = found.out.trim().split('\n');
    return found;
  }

  function slurm(program: string, ...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env: cluster.env });
    assert.equal(status, 0, `${program}: ${stderr}`);
    return stdout;
  }

  /** `12_0`: the job of an experiment's latest task. */
  function taskOf(out: string, e: Experiment): string {
    return queueLine(out, e)[0];
  }

  function stateOf(out: string, e: Experiment): string {
    return queueLine(out, e)[1];
  }

  function queueLine(out: string, e: Experiment): string[] {
    const name = `--name=${arraysOf(out)[0]}`;
    const lines = slurm('squeue', '--array', '--noheader', '--states=all', name, '--format=%i %T');
    const tasks = lines
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    return tasks.find(([task]) => task.endsWith(`_${indexOf(out, e)}`)) ?? [];
  }

  /** What pre-emption with PreemptMode=REQUEUE does; without the wait of two minutes that follows it. */
  async function requeue(out: string, e: Experiment): Promise<void> {
    const task = taskOf(out, e);
    slurm('scontrol', 'requeue', task);
    await startAgain(out, e, task);
  }

  /**
   * Waits for a task to be back in the queue, and starts it a few seconds later: Slurm revokes the credentials of the
   * second in which the first run ended, and a task that starts in it fails.
   */
  async function startAgain(out: string, e: Experiment, task: string): Promise<void> {
    await until('the queue', () => stateOf(out, e) === 'PENDING');
    await sleep(4000);
    slurm('scontrol', 'update', `JobId=${task}`, 'StartTime=now');
  }

  /** The process of a task's script. */
  function shellOf(task: string): number {
    const job = slurm('squeue', '--noheader', `--jobs=${task}`, '--format=%A').trim();
    const [, ...lines] = slurm('scontrol', 'listpids', job).trim().split('\n');
    const pids = lines.map((line) => Number(line.trim().split(/\s+/)[0]));
    return pids.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('slurm_script'))!;
  }
});

it('says in one line that there is no Slurm', async () => {
  const args = [
    join(root, 'bin', 'equisphere.cjs'),
    'sweep',
    ...choice,
    '--on',
    'slurm',
    '--out',
    newFolder(),
  ];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { PATH: '' } });
  assert.equal(status, 2);
  assert.match(stderr, /^equisphere: sbatch is not installed here: .*\n$/);
});

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), `a 100% "sweep" of it's-`));
}

function stored(out: string, e: Experiment) {
  return openStore(join(out, 'results')).read(e);
}

function rowsOf(out: string, e: Experiment): { kind: string }[] {
  const path = openStore(join(out, 'results')).pathOf(e);
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Results without what the clock wrote. */
function numbersOf(out: string, e: Experiment) {
  const { validations, final } = stored(out, e)!;
  const { seconds, ...rest } = final!;
  return { validations: validations.map(({ seconds, ...row }) => row), final: rest };
}

/** Names of the arrays that were submitted, the latest first. */
function arraysOf(out: string): string[] {
  return submittedArrays(join(out, 'slurm')).map(({ name }) => name);
}

function indexOf(out: string, e: Experiment): number {
  return submittedArrays(join(out, 'slurm'))[0].ids.indexOf(experimentId(e));
}

function logOf(out: string, e: Experiment): string {
  const folder = join(out, 'slurm', arraysOf(out)[0]);
  assert.ok(readdirSync(folder).includes(`${indexOf(out, e)}.log`));
  return readFileSync(join(folder, `${indexOf(out, e)}.log`), 'utf8');
}

async function until(what: string, holds: () => unknown): Promise<void> {
  const end = Date.now() + 180_000;
  while (!holds()) {
    assert.ok(Date.now() < end, `waited in vain for ${what}`);
    await sleep(200);
  }
}
