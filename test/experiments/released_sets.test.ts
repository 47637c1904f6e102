import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Digits } from '../../src/datasets/digits';
import { drawGlyphs } from '../../src/datasets/glyphs';
import type { SphericalDataset } from '../../src/datasets/spherical';
import { testSets, trainingSets } from '../../src/experiments/sets';
import { anExperiment } from './sample';

// One digit alone: spheres are equal where their rotations are.
const one = drawGlyphs(1, 3);
const copies = (count: number) => ({
  ...one,
  count,
  pixels: Uint8Array.from({ length: 784 * count }, (_, i) => one.pixels[i % 784]),
  labels: new Uint8Array(count),
});
const digits: Digits = { name: 'glyphs', source: 'one glyph', train: copies(60), test: copies(10) };
const few = { bandwidth: 8, images: 30, rotations: 30, validationImages: 20, testImages: 20 };

/** The number of different spheres among the first `count` of a set. */
function different(set: SphericalDataset, count = set.count): number {
  return new Set(Array.from({ length: count }, (_, i) => set.inputs.subarray(i * 256, (i + 1) * 256).join()))
    .size;
}

function setsOf(change: object): SphericalDataset[] {
  const e = anExperiment({ ...few, ...change });
  const { train, validation } = trainingSets(digits, e);
  return [train as SphericalDataset, validation, testSets(digits, e).rotated];
}

test('corrected sets have a rotation for each image', () => {
  assert.deepEqual(
    setsOf({}).map((set) => different(set)),
    [30, 20, 20],
  );
});

test('a number of rotations that is asked for is that of the training set; the released generator leaves no choice', () => {
  assert.equal(different(setsOf({ rotations: 7 })[0]), 7);
  assert.throws(() => setsOf({ rotations: 7, fidelity: 'released' }), /30 images have 1 rotations, not 7/);
});

test('released sets share a rotation among 500 images, in training, validation and test', () => {
  const change = {
    fidelity: 'released',
    images: 1001,
    rotations: 3,
    validationImages: 501,
    testImages: 501,
  };
  const sets = setsOf(change);
  assert.deepEqual(
    sets.map((set) => different(set)),
    [3, 2, 2],
  );
  for (const set of sets) assert.equal(different(set, 500), 1);
  assert.ok(
    sets.every((set) => set.inputs.some((value) => value > 200)),
    'inputs 0..255',
  );
});

test('unrotated sets are unrotated, of either fidelity', () => {
  for (const fidelity of ['corrected', 'released'] as const) {
    const e = anExperiment({ ...few, fidelity, rotations: 0 });
    const { train, validation } = trainingSets(digits, e);
    for (const set of [train as SphericalDataset, validation, testSets(digits, e).unrotated])
      assert.equal(different(set), 1);
  }
});
