import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { imagesAgainstRotations } from '../../../src/figures/charts/images_against_rotations';
import { type OneExperiment, runOne } from '../../../src/notebook/inside/run_one';
import type { Results } from '../../../src/results/rows';
import { startWasm } from '../../engine_for_tests';
import { listen } from './kernel_stand_in';

before(() => startWasm());

const folder = mkdtempSync(join(tmpdir(), 'run-one-'));
const tiny: OneExperiment = {
  task: 'segmentation',
  model: 'cnn-quick-small',
  tier: 'smoke',
  dataset: 'glyphs',
  images: 32,
  rotations: 4,
};
const nothing = (): Results => ({ rows: [], validations: [], samples: [] });

test('an experiment joins the results, and the next figure shows it', async () => {
  const messages = listen();
  const into = nothing();
  const first = await runOne(tiny, { into, folder });
  const second = await runOne({ ...tiny, rotations: 16 }, { into, folder });
  assert.deepEqual(into.rows, [first, second]);
  assert.deepEqual(
    [first, second].map((row) => [row.tier, row.dataset, row.bandwidth, row.images, row.rotations, row.seed]),
    [4, 16].map((rotations) => ['smoke', 'glyphs', 8, 32, rotations, 1]),
  );
  assert.deepEqual(
    into.validations.map(({ id }) => id),
    [first.id, first.id, second.id, second.id],
  );
  assert.deepEqual(
    into.samples.map(({ result }) => result),
    into.rows,
  );
  const { alt } = imagesAgainstRotations(into.rows, { task: 'segmentation' });
  assert.match(alt, /32 images: \d+\.\d with 4 rotations, \d+\.\d with 16 rotations/);
  const texts = messages.map(({ content }) => content.data['text/plain'] as string);
  assert.match(
    texts.at(-1)!,
    /^segmentation, cnn-quick-small,.* 32 images of glyphs, 16 rotations, seed 1: steps: 32 of 32, \d+\.\d % on rotated, /,
  );
});

test('what is finished is not trained again, whether it is in the folder or among the results', async () => {
  const signal = AbortSignal.abort(); // a training would not survive it
  const into = nothing();
  const row = await runOne(tiny, { into, folder, signal });
  assert.deepEqual(into.rows, [row]);
  assert.equal(await runOne(tiny, { into, folder: join(folder, 'other'), signal }), row);
  assert.equal(into.rows.length, 1);
});

test('an interrupted one says at which step, and goes on to the same numbers', async () => {
  const other = { ...tiny, seed: 2 };
  const [whole, pieces] = [join(folder, 'whole'), join(folder, 'pieces')];
  const expected = await runOne(other, { folder: whole });
  await assert.rejects(runOne(other, { folder: pieces, signal: AbortSignal.abort() }), {
    name: 'Interrupted',
    message: 'interrupted at step 0',
  });
  const found = await runOne(other, { folder: pieces });
  assert.equal(found.scoreRotated, expected.scoreRotated);
});

test('what cannot be is said before anything is loaded', async () => {
  await assert.rejects(runOne({ task: 'classification', model: 'cnn-1k', images: 1 }), {
    message: /^unknown model for classification "cnn-1k".*known: s2cnn-quick.*cnn-114k/,
  });
  await assert.rejects(runOne({ ...tiny, rotations: 33 }), /rotations: expected an integer from 0 to 32/);
  await assert.rejects(runOne({ ...tiny, tier: 'quik' }), /unknown tier "quik": did you mean "quick"/);
  await assert.rejects(runOne({ ...tiny, image: 3 } as OneExperiment), /unknown key of runOne "image"/);
});
