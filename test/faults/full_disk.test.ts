import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { runFolders } from '../../src/commands/folders';
import { gridOf } from '../../src/experiments/grid';
import { tierOf } from '../../src/experiments/tiers';
import { openStore } from '../../src/results/store';
import { run } from '../commands/process';
import { aConfigRow, aFinalRow, anExperiment } from '../experiments/sample';
import { Ledger } from './ledger';
import { noMounts, runMounted, smallDisk } from './mounts';
import { newFolder, numbersUnder } from './sweeps';

/** A folder that becomes a disk, and one that keeps what lay on it. */
function newDisk(): { disk: string; kept: string } {
  const place = newFolder();
  const [disk, kept] = [join(place, 'disk'), join(place, 'kept')];
  for (const folder of [disk, kept]) mkdirSync(folder);
  return { disk, kept };
}

const under = (folder: string) => readdirSync(folder, { recursive: true }).map(String);
const leftovers = (folder: string) => under(folder).filter((name) => /\.tmp$|\.lock|\.stale$/.test(name));

/** One line that names the file, and no stack. */
const fullDisk = /^equisphere: [^\n]*ENOSPC: no space left on device, \w+ '[^\n]+'( -> '[^\n]+')?\n$/;

const sweep =
  'sweep --tier smoke --only short --dataset glyphs --task segmentation --engine wasm --jobs 2 --out';
const experiments = gridOf(tierOf('smoke'), { dataset: 'glyphs', parts: ['short'], tasks: ['segmentation'] });

describe('a full disk', { skip: noMounts, concurrency: 2 }, () => {
  it('stops a sweep, which says where, and goes on when there is room', async () => {
    const undisturbed = newFolder();
    const words = sweep.split(' ');
    assert.equal((await run(...words, undisturbed)).code, 0);
    const { disk, kept } = newDisk();
    const ledger = new Ledger(runFolders({ out: kept }));
    // Room for one file, for results without checkpoints, for a checkpoint.
    for (const kilobytes of [4, 64, 600]) {
      const { code, err } = await runMounted(smallDisk(disk, kilobytes, kept), ...words, disk);
      assert.equal(code, 1, err);
      assert.match(err, fullDisk);
      assert.deepEqual(leftovers(kept), []);
      ledger.check();
    }
    const { code, err } = await run(...words, kept);
    assert.deepEqual([code, err], [0, '']);
    ledger.check();
    ledger.checkFinished(experiments, numbersUnder(undisturbed, experiments));
  });

  it('leaves a page whole that is drawn anew, and nothing half written', async () => {
    const { disk, kept } = newDisk();
    const { code, err } = await runMounted(smallDisk(disk, 300, kept), 'figures', '--figures', disk);
    assert.equal(code, 1, err);
    assert.match(err, fullDisk);
    assert.deepEqual(leftovers(kept), []);
    assert.ok(
      !under(kept).some((name) => name.startsWith('plotly')),
      'the copy of plotly is whole, or not there',
    );
  });

  it('takes results whole or not at all when they are published', async () => {
    const { disk, kept } = newDisk();
    const out = newFolder();
    const own = openStore(join(out, 'results'));
    const finished = [1, 2, 3].map((seed) => anExperiment({ seed }));
    for (const e of finished) {
      own.append(e, aConfigRow(e));
      own.append(e, aFinalRow());
    }
    const published = openStore(kept);
    const { code, err } = await runMounted(smallDisk(disk, 8, kept), 'publish', '--out', out, '--to', disk);
    assert.equal(code, 1, err);
    assert.match(err, fullDisk);
    assert.deepEqual(leftovers(kept), []);
    const there = finished.filter((e) => existsSync(published.pathOf(e)));
    assert.ok(there.length > 0 && there.length < finished.length);
    assert.ok(there.every((e) => published.finished(e)));
  });
});
