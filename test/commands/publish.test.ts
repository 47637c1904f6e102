import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'node:test';
import { numbersVersion } from '../../src/experiments/numbers_version';
import type { ConfigRow } from '../../src/results/format';
import { openStore, type Store } from '../../src/results/store';
import { aConfigRow, aFinalRow, anExperiment, aValidationRow } from '../experiments/sample';
import { here } from './here';

const e = anExperiment();
let place: string;
let own: Store;
let published: Store;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'publish-'));
  own = openStore(join(place, 'out', 'results'));
  published = openStore(join(place, 'published'));
});

function finish(store: Store, of = e, rotated = 60, ...sittings: Partial<ConfigRow>[]): void {
  for (const sitting of sittings.length ? sittings : [{}])
    store.append(of, { ...aConfigRow(of), ...sitting });
  for (const step of [4, 8]) store.append(of, aValidationRow(step));
  store.append(of, aFinalRow(rotated));
}

const publish = () => here('publish', '--out', join(place, 'out'), '--to', join(place, 'published'));
const sumOf = (said: string[]) => said[said.length - 1];

describe('publish', () => {
  it('copies what is finished, and trials as well, wherever it lies', async () => {
    finish(own);
    const trial = anExperiment({ tier: 'tuning', testImages: 0 });
    own.append(trial, aConfigRow(trial));
    const { rotated, unrotated, samples, ...final } = aFinalRow();
    own.append(trial, final);
    const begun = anExperiment({ seed: 2 });
    own.append(begun, aConfigRow(begun));
    const shared = openStore(join(place, 'shared'));
    const far = anExperiment({ seed: 3, dataset: 'mnist' });
    finish(shared, far);
    symlinkSync(join(place, 'shared'), join(place, 'out', 'results', 'link'));
    const { code, said } = await publish();
    assert.equal(code, 0);
    assert.equal(sumOf(said), '3 published, 0 there already, 1 not finished, 0 refused');
    for (const [store, of] of [[own, e], [own, trial], [shared, far]] as const) // biome-ignore format: pairs
      assert.equal(readFileSync(published.pathOf(of), 'utf8'), readFileSync(store.pathOf(of), 'utf8'));
    assert.ok(!existsSync(published.pathOf(begun)));
  });

  it('leaves a line behind that was cut short', async () => {
    finish(own);
    const whole = readFileSync(own.pathOf(e), 'utf8');
    writeFileSync(own.pathOf(e), `${whole}{"kind":"con`);
    await publish();
    assert.equal(readFileSync(published.pathOf(e), 'utf8'), whole);
  });

  it('never replaces a published result', async () => {
    finish(published, e, 60);
    finish(own, e, 61);
    const { said } = await publish();
    assert.equal(sumOf(said), '0 published, 1 there already, 0 not finished, 0 refused');
    assert.equal(published.read(e)!.final!.rotated!.score, 60);
  });

  it('puts new numbers in the place of those of an older version', async () => {
    finish(published, e, 60, { numbers: numbersVersion - 1 });
    finish(own, e, 61);
    const { said } = await publish();
    assert.match(sumOf(said), /^1 published/);
    assert.equal(published.read(e)!.final!.rotated!.score, 61);
  });

  const refusals: [string, Partial<ConfigRow>[], RegExp][] = [
    [
      'sources that were changed',
      [{ commit: 'abc+changes' }],
      /sources were not as committed \(abc\+changes\)/,
    ],
    ['sources of no commit', [{ commit: '' }], /sources were not as committed \(no commit\)/],
    ['one sitting with changed sources', [{ commit: 'abc+changes' }, {}], /not as committed/],
    [
      'numbers of another version',
      [{ numbers: 99 }],
      new RegExp(`numbers of version 99, not ${numbersVersion}`),
    ],
  ];
  for (const [what, sittings, reason] of refusals)
    it(`refuses ${what}, and says which file`, async () => {
      finish(own, e, 60, ...sittings);
      const { code, said } = await publish();
      assert.equal(code, 0);
      assert.equal(sumOf(said), '0 published, 0 there already, 0 not finished, 1 refused');
      assert.ok(said[0].startsWith(own.pathOf(e)));
      assert.match(said[0], reason);
      assert.ok(!existsSync(published.pathOf(e)));
    });

  it('refuses one whose configuration lacks something, and publishes the others', async () => {
    const other = anExperiment({ seed: 2 });
    finish(own, e, 60, { commit: undefined });
    finish(own, other);
    const { code, said } = await publish();
    assert.equal(code, 0);
    assert.equal(sumOf(said), '1 published, 0 there already, 0 not finished, 1 refused');
    assert.ok(said.includes(`${own.pathOf(e)}: line 1 has no commit`));
  });

  it('refuses what is damaged, here or there, and changes neither', async () => {
    const other = anExperiment({ seed: 2 });
    finish(own);
    writeFileSync(own.pathOf(e), `{}\n${readFileSync(own.pathOf(e), 'utf8')}`);
    finish(own, other);
    finish(published, other);
    writeFileSync(published.pathOf(other), 'damage\n');
    const { said } = await publish();
    assert.equal(sumOf(said), '0 published, 0 there already, 0 not finished, 2 refused');
    assert.equal(readFileSync(published.pathOf(other), 'utf8'), 'damage\n');
  });
});
