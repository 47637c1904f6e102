import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../src/util/files';

interface Package {
  name: string;
  version: string;
  licence?: string;
}

const { packages, page }: { packages(): Package[]; page(): string } = require('../docs/licences.cjs');

/** They ask for a notice at most; MPL and OFL also that a changed file of theirs stays under them. */
const allowed = [
  ...['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense'],
  ...['MPL-2.0', 'OFL-1.1'],
];

/** Whether an SPDX expression of one level, as `MIT AND (A OR B)` is not, leaves us a way. */
function isAllowed(expression = ''): boolean {
  const words = expression.replace(/^\((.*)\)$/, '$1');
  const one = (word: string) => allowed.includes(word);
  return words.includes(' OR ') ? words.split(' OR ').some(one) : words.split(' AND ').every(one);
}

test('every package that can be installed has a licence that we can keep', (t) => {
  const found = packages();
  assert.ok(found.length > 100);
  const counts = new Map<string, number>();
  for (const { licence = 'none' } of found) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  for (const [licence, count] of counts) t.diagnostic(`${count} ${licence}`);
  const odd = found.filter(({ licence }) => !isAllowed(licence));
  assert.deepEqual(
    odd.map(({ name, version, licence }) => `${name} ${version}: ${licence}`),
    [],
  );
});

test('another licence, a missing one, and half of two are told', () => {
  const allowedOnes = ['MIT', '(AFL-2.1 OR BSD-3-Clause)', 'MIT AND MPL-2.0'];
  const others = ['GPL-3.0', undefined, 'MIT AND GPL-3.0', 'GPL-2.0 OR AFL-2.1', 'SEE LICENSE IN x'];
  assert.deepEqual(allowedOnes.map(isAllowed), [true, true, true]);
  assert.deepEqual(others.map(isAllowed), [false, false, false, false, false]);
});

test('docs/licences.md is what `npm run licences` makes of the lock file', () => {
  assert.equal(readFileSync(join(repositoryRoot, 'docs', 'licences.md'), 'utf8'), page());
});

test('no package is installed that its authors have given up with faults known', () => {
  const least: Record<string, number> = { 'form-data': 4, mathjs: 15, 'tough-cookie': 5 };
  const old = packages().filter(({ name, version }) => {
    return ['request', 'har-validator'].includes(name) || Number.parseInt(version, 10) < least[name];
  });
  assert.deepEqual(
    old.map(({ name, version }) => `${name} ${version}`),
    [],
  );
});
