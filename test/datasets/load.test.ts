import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { archives } from '../../src/datasets/archives';
import { missingFiles, readFolder } from '../../src/datasets/folder';
import { type LoadOptions, loadDigits } from '../../src/datasets/load';
import { repositoryRoot } from '../../src/util/files';
import { idxLabels, temporaryFolder, tinyArchive, writePacked } from './archive_files';

const few = { train: 20, test: 10 };
const given = process.env.EQUISPHERE_DATA;
let log: string[] = [];

beforeEach(() => {
  log = [];
  delete process.env.EQUISPHERE_DATA;
});

afterEach(() => {
  if (given) process.env.EQUISPHERE_DATA = given;
  else delete process.env.EQUISPHERE_DATA;
});

function load(options: LoadOptions) {
  return loadDigits('mnist', { download: false, glyphs: few, log: (line) => log.push(line), ...options });
}

test('without files and network the glyphs take over if they may, aloud', async () => {
  const digits = await load({
    folder: temporaryFolder(),
    download: true,
    mirrors: ['http://127.0.0.1:1'],
    onFallback: 'glyphs',
  });
  assert.equal(digits.name, 'glyphs');
  assert.equal(digits.source, 'built-in glyphs in place of MNIST');
  assert.deepEqual([digits.train.count, digits.test.count], [20, 10]);
  assert.match(log[log.length - 1], /MNIST is not in .*results are NOT MNIST results/);
});

test('where the glyphs are not welcome, what to do is said', async () => {
  const places: LoadOptions[] = [{ onFallback: 'error' }, {}]; // a folder that was named is meant
  for (const options of places)
    await assert.rejects(load({ folder: temporaryFolder(), ...options }), {
      name: 'UsageError',
      message:
        /MNIST is not in .*\(download switched off\)\. Put the four IDX files into one of these.*or ask for "glyphs"/,
    });
});

test('where EQUISPHERE_DATA asks for real digits, glyphs never stand in for them', async () => {
  const nowhere = join(temporaryFolder(), 'nowhere');
  process.env.EQUISPHERE_DATA = nowhere;
  const options = { onFallback: 'glyphs' } as const;
  await assert.rejects(load(options), {
    name: 'UsageError',
    message: /EQUISPHERE_DATA is .*nowhere, which does not exist/,
  });
  process.env.EQUISPHERE_DATA = temporaryFolder();
  if (missingFiles(join(repositoryRoot, 'data', 'mnist'), archives.mnist).length < 4) return;
  await assert.rejects(load(options), {
    name: 'UsageError',
    message: /MNIST is not in \$EQUISPHERE_DATA\/mnist or .* or data\/mnist/,
  });
});

test('where a download cannot be written, glyphs never stand in either', async () => {
  const folder = join(temporaryFolder(), 'file');
  writeFileSync(folder, '');
  await assert.rejects(load({ folder, download: true, mirrors: [], onFallback: 'glyphs' }), {
    name: 'UsageError',
    message: /cannot download to .*file\/mnist/,
  });
});

test('glyphs by name need nothing', async () => {
  const digits = await loadDigits('glyphs', { glyphs: few, log: (line) => log.push(line) });
  assert.deepEqual([digits.name, digits.source, log], ['glyphs', 'built-in glyphs', []]);
  assert.notDeepEqual(digits.train.pixels.subarray(0, 7840), digits.test.pixels);
});

test('a folder that lacks some files is an error that names them', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'mnist'));
  writeFileSync(join(folder, 'mnist', 't10k-labels-idx1-ubyte'), idxLabels(10_000));
  const message =
    /train-labels-idx1-ubyte\.gz, t10k-images-idx3-ubyte\.gz, train-images-idx3-ubyte\.gz missing/;
  await assert.rejects(load({ folder }), { name: 'UsageError', message });
  process.env.EQUISPHERE_DATA = folder;
  await assert.rejects(load({ download: true, mirrors: [] }), { name: 'UsageError', message });
});

test('files that are there but not the original are an error, not a fallback', async () => {
  const folder = temporaryFolder();
  const { content } = tinyArchive();
  writePacked(join(folder, 'mnist'), content);
  const message = /train-images-idx3-ubyte\.gz: 20 images, expected 60000\. Delete it and run again/;
  await assert.rejects(load({ folder }), { name: 'UsageError', message });
});

test("torchvision's folder is known, and file names with a dot", async () => {
  const folder = temporaryFolder();
  const { archive, content } = tinyArchive();
  const raw = join(folder, 'MNIST', 'raw');
  mkdirSync(raw, { recursive: true });
  for (const [name, bytes] of content) writeFileSync(join(raw, name.replace('-idx', '.idx')), bytes);
  assert.equal(readFolder(raw, archive).train.count, 20);
  // They are found; that they are not the original's is what is wrong with them.
  await assert.rejects(load({ folder }), /raw\/train-images\.idx3-ubyte: 20 images, expected 60000/);
});

test('unknown names are errors', async () => {
  await assert.rejects(loadDigits('mnits' as 'mnist'), {
    name: 'UsageError',
    message: /did you mean "mnist"/,
  });
  await assert.rejects(load({ foldr: 'x' } as LoadOptions), {
    name: 'UsageError',
    message: /did you mean "folder"/,
  });
});

for (const name of ['mnist', 'fashion-mnist'] as const) {
  const archive = archives[name];
  const folder = [given, join(repositoryRoot, 'data')]
    .map((place) => join(place ?? '', name))
    .find((place) => missingFiles(place, archive).length === 0);
  const skip = folder ? false : `${archive.title} is neither in $EQUISPHERE_DATA nor in data/`;
  test(`${archive.title} as its authors published it`, { skip }, () => {
    const { train, test: held } = readFolder(folder as string, archive);
    assert.deepEqual([train.count, held.count, train.pixels.length], [60_000, 10_000, 60_000 * 784]);
    const perClass = new Array<number>(10).fill(0);
    for (const label of held.labels) perClass[label]++;
    const expected = {
      mnist: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
      'fashion-mnist': new Array<number>(10).fill(1000),
    };
    assert.deepEqual(perClass, expected[name]);
  });
}
