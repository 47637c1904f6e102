import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  accountedTasks,
  experimentsIn,
  isOver,
  scriptOf,
  slurmTime,
  type TaskArray,
  tasksIn,
} from '../../src/running/slurm';
import { lastLine } from '../../src/running/task_arrays';

const array: TaskArray = {
  name: 'equisphere-abc',
  experiments: [
    { id: 'c1fe03635330', about: 'classification, fidelity sampling+grid' },
    { id: '697282a6e487', about: 'segmentation' },
  ],
  resources: { cpus: 1, mem: '2G', time: '1:00:00', options: ['--qos=long'] },
  command: ['echo', "it's one", '--ids'],
  directory: '/tmp',
  folder: '/tmp/100% of it',
  kept: '/tmp/none such',
};

describe('a script for Slurm', () => {
  it('runs the experiment of its task, in a shell', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'script-')), 'job.sh');
    writeFileSync(path, scriptOf(array));
    const env = { ...process.env, SLURM_ARRAY_TASK_ID: '1' };
    const { status, stdout, stderr } = spawnSync('bash', [path], { encoding: 'utf8', env });
    assert.deepEqual([status, stdout, stderr], [0, "it's one --ids 697282a6e487\n", '']);
  });

  it('ends with the exit code of its command', () => {
    const script = scriptOf({ ...array, command: ['node', '-e', 'process.exit(3)', '--'] });
    assert.equal(spawnSync('bash', ['-c', script]).status, 3);
  });

  it('tells which experiments it was for', () => {
    assert.deepEqual(experimentsIn(scriptOf(array)), ['c1fe03635330', '697282a6e487']);
    assert.deepEqual(experimentsIn('#!/bin/bash\n'), []);
  });

  it('says only what was asked for', () => {
    const lines = scriptOf(array).split('\n');
    assert.ok(lines.includes('#SBATCH --array=0-1'));
    assert.ok(lines.includes('#SBATCH --output="/tmp/100%% of it/%a.log"'));
    assert.ok(!lines.some((line) => /partition|gpus|account/.test(line)));
    const given = { ...array.resources, partition: 'gpu', gpus: 'a100:1' };
    const more = scriptOf({ ...array, atOnce: 4, resources: given }).split('\n');
    for (const words of ['--array=0-1%4', '--partition=gpu', '--gpus=a100:1'])
      assert.ok(more.includes(`#SBATCH ${words}`), words);
  });
});

describe('what Slurm says of tasks', () => {
  it('is read from squeue', () => {
    const lines = [
      'equisphere-abc|2|PENDING|0:00||JobArrayTaskLimit',
      'equisphere-abc|0|RUNNING|1:37|node3|None',
      'wrap|N/A|COMPLETED|0:02|node3|None',
    ];
    const tasks = tasksIn(`${lines.join('\n')}\n`);
    assert.deepEqual(tasks, [
      { array: 'equisphere-abc', index: 2, state: 'pending', detail: '(JobArrayTaskLimit)' },
      { array: 'equisphere-abc', index: 0, state: 'running', detail: 'on node3 for 1:37' },
    ]);
    assert.deepEqual(tasks.map(isOver), [false, false]);
  });

  it('is read from sacct, without what still waits', () => {
    const lines = [
      'equisphere-abc|12_0|CANCELLED by 1000|00:00:01|node3',
      'equisphere-abc|12_3|OUT_OF_MEMORY|00:10:01|node3',
      'equisphere-abc|12_[4-7]|PENDING|00:00:00|None assigned',
    ];
    const tasks = accountedTasks(lines.join('\n'));
    assert.deepEqual(
      tasks.map(({ index, state }) => [index, state]),
      [
        [0, 'cancelled'],
        [3, 'out_of_memory'],
      ],
    );
    assert.deepEqual(tasks.map(isOver), [true, true]);
  });
});

it('takes hours and minutes, rounded up', () => {
  assert.deepEqual([1, 60, 3601, 93600].map(slurmTime), ['0:01:00', '0:01:00', '1:01:00', '26:00:00']);
});

describe('the last line of a log', () => {
  const lineOf = (text: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'log-'));
    writeFileSync(join(folder, '0.log'), text);
    return lastLine({ name: '', folder, submitted: new Date(), ids: [] }, 0);
  };

  it('is what went wrong, not where', () => {
    assert.equal(
      lineOf('step 3\nfailed: out of memory\n    at f (a.ts:1:2)\n    at g\n\n'),
      'failed: out of memory',
    );
    assert.equal(lineOf(`${'x\n'.repeat(10_000)}end`), 'end');
    assert.equal(lineOf(''), undefined);
  });
});
