import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Context } from '../../src/commands/command';
import { command } from '../../src/commands/data';
import { getDigits } from '../../src/commands/digits';
import { archives } from '../../src/datasets/archives';
import { missingFiles } from '../../src/datasets/folder';
import { repositoryRoot } from '../../src/util/files';

const given = process.env.EQUISPHERE_DATA;
delete process.env.EQUISPHERE_DATA;
after(() => {
  if (given) process.env.EQUISPHERE_DATA = given;
});

const places = ['mnist', 'MNIST/raw'].map((name) => join(repositoryRoot, 'data', name));
const isHere = places.some((place) => missingFiles(place, archives.mnist).length < 4);
const skip = isHere && 'MNIST is in data/';
const context = { status: { log: () => {} } } as unknown as Context;
const refused = { name: 'UsageError', message: /MNIST is not in data\/mnist .*ask for "glyphs" by name/ };

test('a set that cannot be had is an error of `data`, whether it was named or not', { skip }, async () => {
  await assert.rejects(async () => command.run({ offline: true }, context), refused);
  await assert.rejects(async () => command.run({ offline: true, dataset: 'mnist' }, context), refused);
});

test('a set that was named is never replaced by glyphs', { skip }, async () => {
  await assert.rejects(getDigits({ offline: true, dataset: 'mnist' }, context), refused);
});
