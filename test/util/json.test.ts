import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromJson, toJson } from '../../src/util/json';

test('numbers come back as they were, wherever they stand', () => {
  const values = [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    0,
    1e-300,
    0.1,
    null,
    'NaN',
  ];
  const nested = {
    values,
    inside: { score: Number.NaN, list: [[Number.NaN]] },
    text: 'Infinity',
    none: null,
  };
  assert.deepEqual(fromJson(toJson(nested)), nested);
  assert.ok(Object.is(fromJson(toJson(Number.NaN)), Number.NaN));
});

test('what looks like one of its numbers and is none stays an object', () => {
  for (const text of ['{"number":"12"}', '{"number":"NaN","more":1}', '{"number":null}'])
    assert.deepEqual(fromJson(text), JSON.parse(text));
});
