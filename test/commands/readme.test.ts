import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { publishedFolder } from '../../src/commands/folders';
import { readmePath, readmeWithTables } from '../../src/commands/readme';
import { readResults } from '../../src/results/read';

test("the README's tables are what the published results say", () => {
  const text = readFileSync(readmePath, 'utf8');
  const { rows } = readResults(publishedFolder);
  assert.match(text, /<!-- table \S+ \S+ -->/);
  assert.equal(readmeWithTables(text, rows), text, 'npm run figures makes them anew');
});

test('a number that is changed by hand does not stay', () => {
  const { rows } = readResults(publishedFolder);
  const { tier, dataset } = rows[0];
  const empty = `<!-- table ${tier} ${dataset} -->\n<!-- end -->`;
  const made = readmeWithTables(empty, rows);
  assert.match(made, /\| \d+\.\d/);
  assert.equal(readmeWithTables(made.replace(/\d+\.\d/, '99.9'), rows), made);
});
