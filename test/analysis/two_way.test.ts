import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imagesWithRotations, twoWayTable } from '../../src/analysis/two_way';
import type { ResultRow } from '../../src/results/rows';
import { assertClose } from '../close';
import { row } from './synthetic';

/** score = 40 + effect of images + effect of rotations, where there are no more rotations than images. */
const [images, rotations] = [[100, 1000, 10_000], [100, 1000, 10_000]]; // biome-ignore format: pairs
const [down, across] = [[-8, 1, 7], [-20, 5, 15]]; // biome-ignore format: pairs
const triangle = images.flatMap((n, i) =>
  rotations.flatMap((r, j) => (r <= n ? [{ images: n, rotations: r, score: 40 + down[i] + across[j] }] : [])),
);

test('effects of an additive table come back, though it has holes', () => {
  const table = twoWayTable(triangle);
  assert.deepEqual([table.images, table.rotations], [images, rotations]);
  assertClose([table.mean, ...table.imageEffects, ...table.rotationEffects], [40, ...down, ...across], 1e-9);
  assert.ok(table.residual < 1e-9);
  assert.deepEqual(table.cells[0], [12, null, null]);
});

test('seeds share a cell, and what the sum of effects does not explain is the residual', () => {
  const square = [[1, 1, 10], [1, 1, 12], [1, 2, 11], [2, 1, 11], [2, 2, 11]]; // biome-ignore format: rows
  const table = twoWayTable(square.map(([n, r, score]) => ({ images: n, rotations: r, score })));
  assert.deepEqual(table.cells, [[11, 11], [11, 11]]); // biome-ignore format: rows
  assertClose([table.residual], [Math.sqrt(2 / 5)], 1e-9);
});

test('cells that nothing ties together have no effects, and no scores have no table', () => {
  const apart = [1, 2].map((n) => ({ images: n, rotations: n, score: n }));
  assert.throws(() => twoWayTable(apart), /the cells fall apart/);
  assert.throws(() => twoWayTable([]), /expected scores/);
});

test('of rotated CNNs those with as many images as one with fewer rotations, by task and network', () => {
  const cnn = (given: Partial<ResultRow>) =>
    row({ family: 'cnn', model: 'cnn-quick-small', images: 600, rotations: 600, ...given });
  const few = cnn({ id: 'few', rotations: 6 });
  const full = cnn({ id: 'full' });
  const others = [
    cnn({ images: 900, rotations: 900 }),
    cnn({ rotations: 0 }),
    cnn({ model: 'cnn-quick-large' }),
    cnn({ task: 'classification' }),
    cnn({ digitsPerSphere: 4 }),
    cnn({ rotations: 6, family: 's2cnn' }),
    cnn({ rotations: 6, variant: 'filters 8' }),
  ];
  const ids = imagesWithRotations([full, ...others, few]).map(({ id }) => id);
  assert.deepEqual(ids, ['full', 'few']);
  assert.deepEqual(imagesWithRotations([full, ...others]), []);
});

test('scores that are no numbers, and rows of different versions of the numbers, are refused', () => {
  const bad = [...triangle, { images: 100, rotations: 100, score: Number.NaN }];
  assert.throws(
    () => twoWayTable(bad),
    /^UsageError: twoWayTable: score: expected a number in percent, got NaN/,
  );
  const cnn = (numbers: number, rotations: number) =>
    row({ family: 'cnn', model: 'cnn-quick-small', images: 600, rotations, numbers });
  assert.throws(() => imagesWithRotations([cnn(1, 6), cnn(2, 6)]), /mix numbers 1 and 2: choose one/);
});
