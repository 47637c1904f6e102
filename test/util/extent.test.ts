import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extent } from '../../src/util/extent';

test('the least and the largest, of a million numbers too', () => {
  assert.deepEqual(extent([3, -1, 2]), [-1, 3]);
  assert.deepEqual(extent(Float64Array.from({ length: 1_000_000 }, (_, i) => i)), [0, 999_999]);
});
