import assert from 'node:assert/strict';
import { test } from 'node:test';
import { staysPublished } from '../../src/commands/networks';
import { networkNames, readNetwork } from '../../src/results/networks';

test('a published network stays unless one does better on validation spheres of the same data', () => {
  const [name] = networkNames();
  const { result } = readNetwork(name).card;
  const withScore = (by: number) => ({ ...result, validationRotated: result.validationRotated + by });
  assert.ok(staysPublished(name, withScore(0)));
  assert.ok(staysPublished(name, withScore(-1)));
  assert.ok(staysPublished(name, { ...withScore(-1), scoreRotated: 100 }), 'test scores do not count');
  assert.ok(!staysPublished(name, withScore(1)));
  assert.ok(!staysPublished(name, { ...withScore(-1), dataset: 'glyphs' }));
  assert.ok(!staysPublished('none of that name', withScore(-1)));
});
