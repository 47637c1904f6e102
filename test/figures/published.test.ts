import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { publishedFolder } from '../../src/commands/folders';
import { toCsv } from '../../src/figures/render/csv';
import { allFigures } from '../../src/figures/write';
import { measuredFolder } from '../../src/results/measurements';
import { repositoryRoot } from '../../src/util/files';

const folder = join(repositoryRoot, 'figures');
const figures = allFigures({ results: publishedFolder, measured: measuredFolder, log: () => {} });

test('every number in figures/ is what the published results and measurements say', () => {
  for (const { name, figure } of figures) {
    const path = join(folder, `${name}.csv`);
    if (figure.rows) assert.equal(readFileSync(path, 'utf8'), toCsv(figure.rows), `${path}: npm run figures`);
    for (const extension of ['svg', 'png', 'html'])
      assert.ok(existsSync(join(folder, `${name}.${extension}`)), `${name}.${extension} is missing`);
  }
});

test('figures/ holds no picture that they do not make', () => {
  const made = new Set(figures.map(({ name }) => name));
  const names = readdirSync(folder)
    .filter((file) => /\.(svg|png|csv)$/.test(file))
    .map((file) => file.replace(/(-narrow)?\.\w+$/, ''));
  assert.deepEqual(
    [...new Set(names)].filter((name) => !made.has(name)),
    [],
  );
});
