import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkKeys, checkName, checkOneOf, UsageError } from '../../src/util/check';

const known = ['folder', 'results', 'seeds', 'no-figures', 'b'];

describe('an unknown word', () => {
  const near: [string, string][] = [
    ['seed', 'seeds'],
    ['sedes', 'seeds'],
    ['Folder', 'folder'],
    ['reslts', 'results'],
    ['no-figure', 'no-figures'],
    ['nofigures', 'no-figures'],
    ['c', 'b'],
  ];
  for (const [word, meant] of near)
    it(`"${word}" is taken for "${meant}"`, () =>
      assert.throws(() => checkOneOf('option', word, known), {
        name: 'UsageError',
        message: `unknown option "${word}": did you mean "${meant}"? (known: ${known.join(', ')})`,
      }));

  for (const word of ['offline', 'list', 'rotations', '', 'figures-no'])
    it(`"${word}" is near nothing`, () =>
      assert.throws(() => checkOneOf('option', word, ['folder', 'results', 'seeds', 'no-figures']), {
        message: `unknown option "${word}" (known: folder, results, seeds, no-figures)`,
      }));

  it('that no JavaScript type keeps out is refused, too', () => {
    for (const value of [5, undefined, null, {}, ['folder']])
      assert.throws(() => checkOneOf('option', value as unknown as string, known), UsageError);
    assert.throws(() => checkKeys('x', { toString: 1 }, known), /unknown key of x "toString"/);
  });
});

describe('checkName', () => {
  it('takes what can be the name of a file anywhere, and stays in its folder', () => {
    for (const name of ['a', 'cnn-1m', 'my_run-2', 's2cnn-0.5']) assert.equal(checkName('x', name), name);
    for (const name of ['', '.', '..', '.hidden', 'a/b', 'a\\b', 'a b', 'a\n', 'é', 5, undefined])
      assert.throws(() => checkName('x', name), /^UsageError: x: expected a name of letters/);
  });
});
