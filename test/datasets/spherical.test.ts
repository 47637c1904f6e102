import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageSet } from '../../src/datasets/digits';
import { drawDigits, drawRotation, rotationIndex } from '../../src/datasets/draws';
import { faultsOf } from '../../src/datasets/faults';
import { drawGlyphs } from '../../src/datasets/glyphs';
import { segmentationMask } from '../../src/datasets/mask';
import { projectToSphere } from '../../src/datasets/project';
import {
  SphereSampler,
  type SphericalDataset,
  type SphericalRecipe,
  sphericalDataset,
} from '../../src/datasets/spherical';
import { identity, inverse, multiply, rotationZYZ } from '../../src/math/rotation';

const digits = drawGlyphs(40, 1);
const recipe: SphericalRecipe = { digits, bandwidth: 8, images: 30, rotations: 30, seed: 5 };
const points = 256;

function image(i: number): Uint8Array {
  return digits.pixels.subarray(784 * i, 784 * (i + 1));
}

/** The first n samples. */
function first(set: SphericalDataset, n: number): SphericalDataset {
  return {
    ...set,
    count: n,
    inputs: set.inputs.subarray(0, n * points),
    labels: set.labels.subarray(0, n),
    masks: set.masks.subarray(0, n * points),
  };
}

test('a sample is its digit, projected, rotated and scaled to 0..1, with its label and mask', () => {
  const set = sphericalDataset(recipe);
  const chosen = drawDigits(40, 30, 5);
  for (const i of [0, 7, 29]) {
    const sphere = projectToSphere(image(chosen[i]), { bandwidth: 8, rotation: drawRotation(i, 5) });
    const label = digits.labels[chosen[i]];
    assert.deepEqual(
      set.inputs.subarray(i * points, (i + 1) * points),
      Float32Array.from(sphere, (v) => v / 255),
    );
    assert.equal(set.labels[i], label);
    const mask = segmentationMask(sphere, Uint8Array.of(label), 8);
    assert.deepEqual(set.masks.subarray(i * points, (i + 1) * points), mask);
  }
});

test('same recipe, same numbers; another seed, others', () => {
  assert.deepEqual(sphericalDataset(recipe), sphericalDataset(recipe));
  assert.notDeepEqual(sphericalDataset({ ...recipe, seed: 6 }).inputs, sphericalDataset(recipe).inputs);
});

test('a smaller set begins a larger one, beyond the number of digits, too', () => {
  for (const digitsPerSphere of [1, 3]) {
    const large = sphericalDataset({ ...recipe, images: 100, rotations: 100, digitsPerSphere });
    assert.deepEqual(first(large, 30), sphericalDataset({ ...recipe, digitsPerSphere }));
  }
  const unrotated = sphericalDataset({ ...recipe, images: 100, rotations: 0 });
  assert.deepEqual(first(unrotated, 30), sphericalDataset({ ...recipe, rotations: 0 }));
});

test('rotated and unrotated sets of a seed show the same digits', () => {
  assert.deepEqual(sphericalDataset(recipe).labels, sphericalDataset({ ...recipe, rotations: 0 }).labels);
});

test('digits are drawn in whole passes, each in an order of its own', () => {
  const chosen = [...drawDigits(40, 100, 5)];
  const all = Array.from({ length: 40 }, (_, i) => i);
  assert.deepEqual(
    chosen.slice(0, 40).sort((a, b) => a - b),
    all,
  );
  assert.deepEqual(
    chosen.slice(40, 80).sort((a, b) => a - b),
    all,
  );
  assert.notDeepEqual(chosen.slice(0, 40), chosen.slice(40, 80));
  assert.equal(new Set(chosen.slice(80)).size, 20);
});

test('r distinct rotations come in r blocks as even as can be', () => {
  const indices = (rotations: number) =>
    Array.from({ length: 10 }, (_, i) => rotationIndex(i, 10, rotations));
  assert.deepEqual(indices(3), [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]);
  assert.deepEqual(indices(10), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const shared = sphericalDataset({ ...recipe, images: 30, rotations: 1 });
  const own = sphericalDataset({ ...recipe, images: 30, rotations: 30 });
  assert.deepEqual(shared.inputs.subarray(0, points), own.inputs.subarray(0, points));
  assert.notDeepEqual(shared.inputs.subarray(points, 2 * points), own.inputs.subarray(points, 2 * points));
});

test('samples made when they are asked for are those of the whole set, in any order', () => {
  for (const more of [{}, { rotations: 3 }, { rotations: 0 }, { digitsPerSphere: 3 }]) {
    const whole = sphericalDataset({ ...recipe, ...more });
    const sampler = new SphereSampler({ ...recipe, ...more });
    for (const samples of [[29, 0, 7, 7], [12]]) {
      const { count, inputs, masks, labels } = sampler.take(samples);
      assert.equal(count, samples.length);
      samples.forEach((sample, i) => {
        for (const [part, all] of [
          [inputs, whole.inputs],
          [masks, whole.masks],
        ])
          assert.deepEqual(
            part.subarray(i * points, (i + 1) * points),
            all.subarray(sample * points, (sample + 1) * points),
          );
        assert.equal(labels[i], whole.labels[sample]);
      });
    }
  }
});

test('samples are taken by indices that there are', () => {
  const sampler = new SphereSampler(recipe);
  for (const odd of [-1, 30, 1.5, Number.NaN])
    assert.throws(() => sampler.take([0, odd]), {
      name: 'UsageError',
      message: `SphereSampler.take: sample: expected an integer from 0 to 29, got ${odd}`,
    });
});

test('faults are switched by true and false alone', () => {
  assert.deepEqual(faultsOf('released', { grid: undefined }), faultsOf('released'));
  for (const grid of ['no', 0, null])
    assert.throws(() => faultsOf('corrected', { grid } as never), {
      name: 'UsageError',
      message: `faults: grid: expected true or false, got ${grid}`,
    });
});

test('released: image i has rotation floor(i/500), however many there are', () => {
  const one: ImageSet = { ...digits, count: 1, pixels: image(0), labels: digits.labels.subarray(0, 1) };
  const small: SphericalRecipe = { digits: one, bandwidth: 4, images: 1001, seed: 5, mode: 'released' };
  const { inputs } = sphericalDataset(small);
  const sphere = (i: number) => inputs.subarray(i * 64, (i + 1) * 64);
  for (const [i, rotation] of [
    [0, 0],
    [333, 0],
    [499, 0],
    [500, 1],
    [999, 1],
    [1000, 2],
  ]) {
    const turn = drawRotation(rotation, 5);
    const expected = projectToSphere(image(0), { bandwidth: 4, rotation: turn, mode: 'released' });
    assert.deepEqual(sphere(i), Float32Array.from(expected), `image ${i}`);
  }
  const longer = sphericalDataset({ ...small, images: 1600 });
  assert.deepEqual(longer.inputs.subarray(0, inputs.length), inputs);
  const asked = sphericalDataset({ ...small, rotations: 3 });
  assert.notDeepEqual(asked.inputs, inputs, 'a number that is asked for is honoured');
  const own = sphericalDataset({ ...small, faults: { rotations: false } });
  assert.deepEqual(own, sphericalDataset({ ...small, rotations: 1001 }));
});

test('released: inputs are 0..255', () => {
  const one = sphericalDataset({ ...recipe, faults: { input: true } });
  assert.equal(
    one.inputs.reduce((a, b) => Math.max(a, b), 0),
    255,
  );
  assert.deepEqual(
    sphericalDataset(recipe).inputs,
    one.inputs.map((v) => v / 255),
  );
});

test('a sampler is named by everything that decides its samples', () => {
  const id = (change: Partial<SphericalRecipe>) => new SphereSampler({ ...recipe, ...change }).id;
  const pixels = digits.pixels.slice();
  pixels[300] ^= 1;
  const labels = digits.labels.slice();
  labels[3]++;
  const others: Partial<SphericalRecipe>[] = [
    { images: 31 },
    { bandwidth: 9 },
    { seed: 6 },
    { rotations: 29 },
    { digitsPerSphere: 2 },
    { mode: 'released' },
    { faults: { centre: true } },
    { digits: { ...digits, pixels } },
    { digits: { ...digits, labels } },
  ];
  assert.equal(id({}), id({ mode: 'corrected' }));
  assert.equal(new Set([id({}), ...others.map(id)]).size, 1 + others.length);
});

test('several digits share a sphere, each with its own class in the mask', () => {
  const pool = drawGlyphs(40, 2);
  for (const digitsPerSphere of [2, 3, 4]) {
    const several: SphericalRecipe = {
      ...recipe,
      digits: pool,
      images: 6,
      bandwidth: 24,
      rotations: 6,
      digitsPerSphere,
    };
    const set = sphericalDataset(several);
    assert.equal(set.labels.length, 0);
    const chosen = drawDigits(40, 6 * digitsPerSphere, 5);
    for (let i = 0; i < 6; i++) {
      const classes = [...chosen.subarray(i * digitsPerSphere, (i + 1) * digitsPerSphere)].map(
        (k) => pool.labels[k] + 1,
      );
      const sample = [...set.masks.subarray(i * 2304, (i + 1) * 2304)];
      const found = new Set(sample.filter((value) => value > 0));
      assert.deepEqual([...found].sort(), [...new Set(classes)].sort(), `sphere ${i}`);
      sample.forEach((value, k) => {
        assert.equal(value > 0, set.inputs[i * 2304 + k] * 255 > 150.5);
      });
    }
  }
});

test('recipes that cannot be followed are one clear line', () => {
  const fails = (change: object, message: RegExp) =>
    assert.throws(() => sphericalDataset({ ...recipe, ...change }), { name: 'UsageError', message });
  fails({ rotations: 31 }, /rotations: expected an integer from 0 to 30, got 31/);
  fails({ images: 0 }, /images: expected an integer of at least 1, got 0/);
  fails({ digitsPerSphere: 5 }, /digitsPerSphere: expected an integer from 1 to 4, got 5/);
  fails({ bandwith: 8 }, /did you mean "bandwidth"/);
  fails({ digits: drawGlyphs(0, 1) }, /sphericalDataset: digits: expected an integer of at least 1, got 0/);
});

test('a set that is turned is its spheres, turned, on the points of the grid', () => {
  const turned = rotationZYZ(0.4, 1.2, -0.7);
  for (const rotations of [0, 30]) {
    const set = sphericalDataset({ ...recipe, rotations, turned });
    const own = rotations === 0 ? identity : drawRotation(3, recipe.seed);
    const index = drawDigits(digits.count, 30, recipe.seed)[3];
    const rotation = multiply(own, inverse(turned));
    const sphere = projectToSphere(image(index), { bandwidth: 8, rotation });
    const shown = set.inputs.subarray(3 * points, 4 * points).map((value) => Math.round(255 * value));
    assert.deepEqual([...shown], [...sphere]);
  }
  // By whole columns it is a shift of the columns.
  const shift = sphericalDataset({ ...recipe, turned: rotationZYZ((3 * Math.PI) / 8, 0, 0) }).masks;
  const plain = sphericalDataset(recipe).masks;
  assert.ok(shift.every((label, i) => label === plain[i - (i % 16) + ((i + 13) % 16)]));
  assert.throws(() => sphericalDataset({ ...recipe, turned: Float64Array.of(1) }), /expected a rotation/);
  const id = (more: Partial<SphericalRecipe>) => new SphereSampler({ ...recipe, ...more }).id;
  assert.notEqual(id({ turned }), id({}));
});
