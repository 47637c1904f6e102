import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageSet } from '../../src/datasets/digits';
import { drawGlyphs } from '../../src/datasets/glyphs';

const area = 784;
const set = drawGlyphs(600, 1);

function image(of: ImageSet, i: number): Uint8Array {
  return of.pixels.subarray(i * area, (i + 1) * area);
}

/** Ink-weighted mean of the row and the column, and all the ink. */
function massOf(pixels: Uint8Array): { row: number; column: number; ink: number } {
  let [ink, row, column] = [0, 0, 0];
  pixels.forEach((value, k) => {
    ink += value;
    row += value * Math.floor(k / 28);
    column += value * (k % 28);
  });
  return { row: row / ink, column: column / ink, ink };
}

test('same seed, same digits; another seed or purpose, others; a smaller set begins a larger one', () => {
  assert.deepEqual(drawGlyphs(600, 1), set);
  assert.deepEqual(drawGlyphs(50, 1).pixels, set.pixels.subarray(0, 50 * area));
  for (const other of [drawGlyphs(50, 2), drawGlyphs(50, 1, 'test')])
    for (let i = 0; i < 50; i++) assert.notDeepEqual(image(other, i), image(set, i));
});

test('every class is drawn equally often, and no image twice', () => {
  for (let label = 0; label < 10; label++) assert.equal(set.labels.filter((l) => l === label).length, 60);
  assert.equal(new Set(Array.from({ length: 600 }, (_, i) => image(set, i).join())).size, 600);
});

test('digits are centred by mass, rarely reach the border and have as much ink as MNIST', () => {
  let ink = 0;
  let touching = 0;
  for (let i = 0; i < set.count; i++) {
    const mass = massOf(image(set, i));
    assert.ok(Math.hypot(mass.row - 13.5, mass.column - 13.5) < 0.5, `image ${i} is off centre`);
    ink += mass.ink / area / 255 / set.count;
    if (image(set, i).some((value, k) => value > 0 && (k < 28 || k >= 756 || k % 28 === 0 || k % 28 === 27)))
      touching++;
  }
  assert.ok(touching < 0.02 * set.count, `${touching} images touch the border`);
  assert.ok(ink > 0.09 && ink < 0.16, `mean ink ${ink}`);
});

test('the mean images tell the classes apart, but not always', () => {
  const means = Array.from({ length: 10 }, () => new Float64Array(area));
  for (let i = 0; i < set.count; i++)
    image(set, i).forEach((value, k) => {
      means[set.labels[i]][k] += value / 60;
    });
  const test = drawGlyphs(400, 1, 'test');
  let right = 0;
  for (let i = 0; i < test.count; i++) {
    const distances = means.map((mean) => mean.reduce((sum, m, k) => sum + (m - image(test, i)[k]) ** 2, 0));
    if (distances.indexOf(Math.min(...distances)) === test.labels[i]) right++;
  }
  const accuracy = right / test.count;
  assert.ok(accuracy > 0.6 && accuracy < 0.92, `nearest mean is right for ${100 * accuracy} %`);
});
