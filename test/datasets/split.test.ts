import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageSet } from '../../src/datasets/digits';
import { splitDigits } from '../../src/datasets/split';

/** Images that are all different: their number stands in the first two pixels. */
function numbered(count: number): ImageSet {
  const pixels = new Uint8Array(count * 784);
  for (let i = 0; i < count; i++) pixels.set([i >> 8, i & 255], i * 784);
  return { count, size: 28, pixels, labels: Uint8Array.from({ length: count }, (_, i) => i % 10) };
}

function numbersOf({ count, pixels }: ImageSet): number[] {
  return Array.from({ length: count }, (_, i) => 256 * pixels[i * 784] + pixels[i * 784 + 1]);
}

test('a sixth is held back, 5000 at most; each digit is in one part, with its label', () => {
  for (const [count, held] of [
    [2, 1],
    [11, 1],
    [300, 50],
    [40_000, 5000],
  ]) {
    const { train, validation } = splitDigits(numbered(count));
    assert.deepEqual([train.count, validation.count], [count - held, held]);
    const all = [...numbersOf(train), ...numbersOf(validation)];
    assert.deepEqual(
      all,
      Array.from({ length: count }, (_, i) => i),
    );
    for (const part of [train, validation])
      assert.deepEqual(
        [...part.labels],
        numbersOf(part).map((i) => i % 10),
      );
  }
});

test('as many as asked for are held back; too many or too few are one clear line', () => {
  assert.equal(splitDigits(numbered(30), 12).validation.count, 12);
  const fails = (run: () => unknown, message: RegExp) => assert.throws(run, { name: 'UsageError', message });
  fails(() => splitDigits(numbered(30), 30), /held: expected an integer from 1 to 29, got 30/);
  fails(() => splitDigits(numbered(30), 0), /held: expected an integer from 1 to 29, got 0/);
  fails(() => splitDigits(numbered(1)), /images: expected an integer of at least 2, got 1/);
});
