import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openStore } from '../../src/results/store';
import { repositoryRoot } from '../../src/util/files';
import { aConfigRow, aFinalRow, anExperiment } from '../experiments/sample';
import { noMounts, readOnly, runMounted } from './mounts';
import { newFolder } from './sweeps';

describe('where nothing can be written', { skip: noMounts, concurrency: 2 }, () => {
  const place = newFolder();
  const out = join(place, 'out');
  const store = openStore(join(out, 'results'));
  const e = anExperiment();
  store.append(e, aConfigRow(e));
  store.append(e, aFinalRow());
  mkdirSync(join(place, 'empty'));
  writeFileSync(join(place, 'file'), '');
  const mounts = readOnly(place, repositoryRoot);

  for (const line of [
    'train --dataset glyphs --images 40 --steps 4',
    'train --dataset glyphs --images 40 --steps 4 --name never-seen',
    'sweep --tier smoke --dataset glyphs --out OUT',
    'reproduce --tier smoke --dataset glyphs --out OUT/new',
    'figures',
    'figures --results OUT/results --figures OUT/figures',
    'notebooks --only 03',
    'networks --out OUT --dataset glyphs',
    'publish --out OUT --to OUT/published',
    'publish --out OUT',
    'measure --out OUT --dataset glyphs --to OUT/measured',
    'page --dataset glyphs',
    'page --dataset glyphs --figures OUT/page',
    'bench --rows A',
    'bench --growth',
  ])
    it(`a command says so in one line before it works: ${line}`, async () => {
      const { code, out: said, err } = await runMounted(mounts, ...line.replaceAll('OUT', out).split(' '));
      assert.equal(code, 1, err);
      assert.match(err, /^equisphere: EROFS: read-only file system, \w+ '.*'\n$/);
      assert.equal(said, '');
    });
});
