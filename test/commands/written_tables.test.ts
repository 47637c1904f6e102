import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readPaperCurves } from '../../src/analysis/paper';
import { summarise } from '../../src/analysis/summary';
import { publishedFolder } from '../../src/commands/folders';
import { pagesWithTables, withTables } from '../../src/commands/written_tables';
import { readAnswers, readCosts, readRelu, readTrainingErrors } from '../../src/results/measurements';
import { readResults } from '../../src/results/read';

const data = { rows: readResults(publishedFolder).rows, costs: readCosts() };

for (const path of pagesWithTables)
  test(`the tables of ${path} are what the published results and measurements say`, () => {
    const text = readFileSync(path, 'utf8');
    assert.match(text, /<!-- ((short )?table \S+ \S+|costs) -->/);
    assert.equal(withTables(text, data), text, 'npm run figures makes them anew');
  });

test('a number that is changed by hand does not stay', () => {
  const { tier, dataset } = data.rows[0];
  for (const head of [`table ${tier} ${dataset}`, 'costs']) {
    const made = withTables(`<!-- ${head} -->\n<!-- end -->`, data);
    assert.match(made, /\| \d+\.\d/);
    assert.equal(withTables(made.replace(/\d+\.\d/, '99.9'), data), made);
  }
});

for (const page of pagesWithTables.slice(0, 2))
  test(`every score in the prose of ${page} is the paper's, a published one, or measured`, () => {
    const prose = readFileSync(page, 'utf8')
      .replace(/<!-- (short )?table [\s\S]*?<!-- end -->/g, '')
      .replace('CC BY-SA 3.0', '');
    const scores = [
      ...readPaperCurves().map(({ score }) => score),
      ...data.rows.flatMap((row) => [row.scoreRotated, row.scoreUnrotated, row.validationRotated]),
      ...summarise(data.rows).map(({ rotated }) => rotated.mean),
      ...readTrainingErrors().map((row) => row.scoreRotated),
      ...readAnswers().map(({ score }) => score),
      ...readRelu().flatMap((row) => [row.scoreRotated, row.scoreUnrotated]),
    ].map((score) => score.toFixed(1));
    const told = prose.match(/(?<![\d.])\d{1,2}\.\d(?![\d.]|M\b|\s(?:million|times))/g) ?? [];
    assert.ok(told.length > 2);
    assert.deepEqual(
      told.filter((score) => !scores.includes(score)),
      [],
    );
  });
