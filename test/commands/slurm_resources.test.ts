import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { choiceOf } from '../../src/commands/choice';
import type { Values } from '../../src/commands/command';
import { isOnSlurm, resourcesOf } from '../../src/commands/slurm_resources';
import { gridOf } from '../../src/experiments/grid';
import { UsageError } from '../../src/util/check';

/** What a task of all experiments of a tier gets. */
function resources(tier: string, values: Values = {}) {
  const out = mkdtempSync(join(tmpdir(), 'resources-'));
  const choice = choiceOf({ tier, dataset: 'glyphs', out });
  const experiments = gridOf(choice.tier, { dataset: 'glyphs' });
  return resourcesOf(experiments, choice, values);
}

const gigabytes = (mem: string) => Number(mem.match(/^(\d+)G$/)![1]);

describe('what a task gets of a cluster', () => {
  it('follows from the most demanding experiment', () => {
    const [smoke, paper] = [resources('smoke'), resources('paper')];
    assert.ok(gigabytes(smoke.mem) < gigabytes(paper.mem));
    assert.ok(gigabytes(paper.mem) > 5, 'room for the heap of an S2CNN at bandwidth 50');
    assert.equal(paper.time, '24:00:00');
    assert.match(smoke.time, /^0:1\d:00$/);
    assert.deepEqual([smoke.cpus, paper.cpus], [1, 8]);
  });

  it('is otherwise what is asked for', () => {
    const { cpus, gpus, mem, time, partition, account, options } = resources('paper', {
      ...{ cpus: '4', gpus: 'a100:1', mem: '60G', time: '2-00', partition: 'gpu', account: 'sphere' },
      sbatch: ' --qos=long  --exclude=node7',
    });
    assert.deepEqual([cpus, gpus, mem, time], [4, 'a100:1', '60G', '2-00']);
    assert.deepEqual([partition, account, options], ['gpu', 'sphere', ['--qos=long', '--exclude=node7']]);
  });

  it('has memory for the libraries of a GPU, and no need of cores beside it', () => {
    const [without, withGpu] = [resources('paper'), resources('paper', { gpus: '1' })];
    assert.ok(gigabytes(withGpu.mem) > gigabytes(without.mem));
    assert.equal(withGpu.cpus, 1);
  });

  it('is no matter where nothing is submitted', () => {
    assert.equal(isOnSlurm({}), false);
    assert.equal(isOnSlurm({ on: 'slurm', mem: '3G' }), true);
    assert.throws(() => isOnSlurm({ mem: '3G' }), new UsageError('--mem: only with --on slurm'));
    assert.throws(() => isOnSlurm({ on: 'slrum' }), /unknown place "slrum".*slurm/);
  });
});
