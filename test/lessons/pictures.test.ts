import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pictures } from '../../src/lessons/pictures';
import { tracesOf } from '../figures/trace';

test('half a sphere is turned to itself, to what the text says, or to what its picture says', () => {
  const half = (isNorth: boolean) =>
    Uint8Array.from({ length: 64 }, (_, i) => (i < 32 === isNorth ? 200 : 0));
  const [north, south] = [half(true), half(false)];
  const middleOf = (facing: { text?: Uint8Array; picture?: Uint8Array }) => {
    const picture = { caption: 'a', values: north, ...(facing.picture ? { facing: facing.picture } : {}) };
    const [{ z = [] }] = tracesOf(pictures([picture], { title: 'T', view: 'sphere', facing: facing.text }));
    return z[z.length / 2][z.length / 2];
  };
  assert.equal(middleOf({}), 200);
  assert.equal(middleOf({ text: south }), 0);
  assert.equal(middleOf({ text: south, picture: north }), 200);
});
