import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Experiment } from '../../src/experiments/experiment';
import { gridOf } from '../../src/experiments/grid';
import { tierOf } from '../../src/experiments/tiers';
import { openStore } from '../../src/results/store';
import { repositoryRoot } from '../../src/util/files';
import { aConfigRow, aFinalRow, aValidationRow } from '../experiments/sample';
import { here } from './here';

const place = mkdtempSync(join(tmpdir(), 'reproduce-'));
const [out, published] = [join(place, 'out'), join(place, 'data', 'published')];
const grid = gridOf(tierOf('quick'), { dataset: 'glyphs' });
/** The cheapest of them: it is really trained. */
const trained = grid.find(
  ({ task, model, images }) => task === 'classification' && model === 'cnn-quick-small' && images === 250,
)!;

const gitStatus = () =>
  spawnSync('git', ['status', '--porcelain'], { cwd: repositoryRoot, encoding: 'utf8' }).stdout;
const reproduce = (...more: string[]) =>
  here('reproduce', '--dataset', 'glyphs', '--out', out, '--against', published, '--no-notebooks', ...more);

/** Puts made-up results of the whole tier into a folder. */
function finish(folder: string, score: (e: Experiment) => number): void {
  const store = openStore(folder);
  for (const e of grid) {
    store.append(e, aConfigRow(e));
    for (const step of [e.validateEvery, e.steps])
      store.append(e, { ...aValidationRow(step), trainLoss: 1 / step });
    const parameters = { 's2cnn-quick': 20_000, 'cnn-quick-small': 23_000, 'cnn-quick-large': 150_000 }[
      e.model
    ]!;
    const { steps } = e;
    const final = { ...aFinalRow(score(e), 90), steps, bestStep: steps };
    store.append(e, { ...final, parameters, samples: undefined });
  }
}

const scoreOf = ({ images, rotations, seed }: Experiment) =>
  (rotations ? 10 * Math.log10(images) : 60) + seed;

describe('reproduce', () => {
  let first: Awaited<ReturnType<typeof here>>;
  const before_ = gitStatus();

  before(async () => {
    finish(join(out, 'results'), scoreOf);
    finish(published, scoreOf);
    rmSync(openStore(join(out, 'results')).pathOf(trained));
    first = await reproduce();
  });

  it('trains what is not there, and nothing else', () => {
    assert.deepEqual([first.code, first.complaints], [0, []]);
    assert.ok(first.said.some((line) => /^experiments: 44, 43 of them already finished;/.test(line)));
    const { sittings, final } = openStore(join(out, 'results')).read(trained)!;
    assert.deepEqual([sittings.length, final!.rotated!.confusion.length], [1, 10]);
  });

  it('shows the first figure while it trains', () => {
    assert.ok(
      first.said.some((line) => /^first figure: .*figures\/glyphs-quick-\w+-augmentation\.png$/.test(line)),
    );
  });

  it('ends with tables, yours against ours, and one line of verdict', () => {
    const text = first.said.join('\n');
    assert.match(text, /classification: accuracy in percent \(built-in glyphs, bandwidth 14\)\nmodel /);
    assert.match(text, /yours against ours\ntask /);
    assert.match(
      text,
      /\ncompared: 43 of 44 equal in every bit, .*how far 44 of them may differ is not known\n/,
    );
    assert.match(text, /everything on one page: .*index\.html\n/);
  });

  it('puts figures and tables on one page whose links lead somewhere', () => {
    const html = readFileSync(join(out, 'index.html'), 'utf8');
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link);
    assert.ok(links.length >= 2 * 8, `${links}`);
    for (const link of links)
      assert.ok(
        link.startsWith('#') ? html.includes(`id="${link.slice(1)}"`) : existsSync(join(out, link)),
        link,
      );
    assert.match(html, /compared: 43 of 44 equal in every bit/);
    assert.match(html, /<td>cnn-quick-large<\/td>/);
    for (const end of ['svg', 'png', 'html', 'csv'])
      assert.ok(readdirSync(join(out, 'figures')).includes(`glyphs-quick-segmentation-augmentation.${end}`));
  });

  it('leaves the repository as it was', () => assert.equal(gitStatus(), before_));

  it('does nothing twice, and knows the spread where experiments were computed again', async () => {
    finish(join(place, 'data', 'again'), (e) => scoreOf(e) + (e.images === 6000 ? 0 : 1));
    const path = openStore(join(out, 'results')).pathOf(trained);
    const written = readFileSync(path, 'utf8');
    const { code, said } = await reproduce('--no-figures');
    assert.equal(code, 0);
    assert.ok(said.some((line) => /^experiments: 44, 44 of them already finished;/.test(line)));
    assert.equal(readFileSync(path, 'utf8'), written);
    assert.match(said.join('\n'), /reproduced: 4[34] of 44 inside the spread, 43 of 44 equal in every bit/);
  });
});
