import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canvasMask, canvasSize, emptyCanvas } from '../../src/datasets/canvas';
import { faultsOf } from '../../src/datasets/faults';
import { drawGlyphs } from '../../src/datasets/glyphs';
import { segmentationMask } from '../../src/datasets/mask';
import { type ProjectionOptions, projectToSphere } from '../../src/datasets/project';
import { Projector } from '../../src/datasets/projector';
import { identity, multiply, type Rotation, randomRotation, rotationZYZ } from '../../src/math/rotation';
import { Random } from '../../src/util/random';
import { golden } from '../golden';
import { projectSlowly } from '../reference/project';

const file = golden('projection_b8');
const images = Uint8Array.from(file.array('images'));
const labels = Uint8Array.from(file.array('labels'));
const rotation = Float64Array.from(file.array('rotation'));

function released(given?: Rotation | Rotation[]): Uint8Array {
  return projectToSphere(images, { bandwidth: 8, rotation: given, mode: 'released' });
}

test('released mode reproduces the golden spheres pixel for pixel', () => {
  const rotation2 = Float64Array.from(file.array('rotation2'));
  assert.deepEqual([...released()], file.array('out_unrotated'));
  assert.deepEqual([...released(rotation)], file.array('out_rotated'));
  assert.deepEqual([...released(rotation2)], file.array('out_rotated2'));
});

test('the mask of the golden spheres', () => {
  assert.deepEqual([...segmentationMask(released(), labels, 8)], file.array('mask_unrotated'));
});

test('corrected mode agrees with the slow twin', () => {
  const random = Random.of(1);
  for (const bandwidth of [3, 8, 13])
    for (let i = 0; i < 3; i++) {
      const one = images.subarray(784 * i, 784 * (i + 1));
      const turn = randomRotation(random);
      const fast = projectToSphere(one, { bandwidth, rotation: turn });
      const slow = projectSlowly(one, bandwidth, turn);
      // Rounding down may fall to either side where a value is an integer up to rounding errors.
      const apart = slow.filter((value, k) => value !== fast[k]);
      assert.ok(apart.length <= 1, `${apart.length} of ${slow.length} points differ at b = ${bandwidth}`);
    }
});

test('an image full of ink to its border agrees with the slow twin, too', () => {
  const random = Random.of(2);
  const full = Uint8Array.from({ length: 784 }, () => 1 + random.integer(255));
  const fast = projectToSphere(full, { bandwidth: 16, rotation });
  const slow = projectSlowly(full, 16, rotation);
  assert.ok(slow.filter((value, k) => value !== fast[k]).length <= 1);
});

test('each fault changes the sphere by itself, and all of them together are the released mode', () => {
  const options: ProjectionOptions = { bandwidth: 8, rotation };
  const corrected = projectToSphere(images, options);
  for (const fault of ['sampling', 'grid', 'centre'] as const)
    assert.notDeepEqual(projectToSphere(images, { ...options, faults: { [fault]: true } }), corrected, fault);
  const all = { sampling: true, grid: true, pole: true, centre: true };
  assert.deepEqual(projectToSphere(images, { ...options, faults: all }), released(rotation));
  const none = { sampling: false, grid: false, pole: false, centre: false };
  assert.deepEqual(projectToSphere(images, { ...options, mode: 'released', faults: none }), corrected);
});

test('the pole row shows the centre of the digit only with the faults of grid and pole together', () => {
  const dot = new Uint8Array(784);
  dot[14 * 28 + 14] = 255;
  const firstRow = (grid: boolean, pole: boolean) => [
    ...projectToSphere(dot, { bandwidth: 8, faults: { grid, pole, centre: true } }).subarray(0, 16),
  ];
  const black = new Array<number>(16).fill(0);
  assert.deepEqual(firstRow(true, true), new Array<number>(16).fill(255));
  assert.deepEqual(firstRow(true, false), black);
  assert.deepEqual(firstRow(false, true), black);
});

test('the pole meets the centre of the image, but for the fault of it: then half a pixel beside it', () => {
  const halfTurn = rotationZYZ(Math.PI, 0, 0);
  const turned = images.subarray(0, 784).slice().reverse(); // by half a turn about the image's centre
  const apart = (centre: boolean) => {
    const options = { bandwidth: 12, faults: { centre } };
    const expected = projectToSphere(images.subarray(0, 784), options);
    const found = projectToSphere(turned, { ...options, rotation: halfTurn });
    return Math.max(...found.map((value, k) => Math.abs(value - expected[k])));
  };
  assert.ok(apart(false) <= 1, 'rounding only');
  assert.ok(apart(true) > 50);
});

test('cells of a canvas meet under the pole, but for the fault of the centre', () => {
  const canvas = emptyCanvas();
  canvas.pixels.fill(200);
  canvas.classes.set([1, 2, 3, 4]);
  const counts = (centre: boolean) => {
    const projector = new Projector(16, canvasSize, faultsOf('corrected', { centre }));
    projector.aim(rotationZYZ(0.3, 0, 0));
    const sphere = new Uint8Array(1024);
    const mask = new Uint8Array(1024);
    projector.project(canvas.pixels, 0, sphere, 0);
    canvasMask(sphere, projector.positions, canvas.classes, mask);
    return [1, 2, 3, 4].map((cell) => mask.filter((value) => value === cell).length);
  };
  assert.equal(new Set(counts(false)).size, 1, `${counts(false)}`);
  assert.ok(new Set(counts(true)).size > 1, `${counts(true)}`);
});

test('the digit is on the southern half, and a turn about the axis by whole steps shifts alpha', () => {
  const bandwidth = 8;
  const sphere = projectToSphere(images, { bandwidth });
  const half = 2 * bandwidth * bandwidth;
  for (let i = 0; i < 3; i++)
    assert.ok(sphere.subarray(2 * i * half, (2 * i + 1) * half).every((v) => v === 0));
  const steps = 3;
  const turned = projectToSphere(images, { bandwidth, rotation: rotationZYZ((steps * Math.PI) / 8, 0, 0) });
  turned.forEach((value, k) => {
    const [row, column] = [k - (k % 16), k % 16];
    assert.ok(Math.abs(value - sphere[row + ((column + steps) % 16)]) <= 1);
  });
});

test('one rotation for all is the same rotation for each; one each are taken in order', () => {
  const second = multiply(rotation, rotation);
  const each = released([rotation, second, identity]);
  assert.deepEqual(released([rotation, rotation, rotation]), released(rotation));
  assert.deepEqual(each.subarray(0, 256), released(rotation).subarray(0, 256));
  assert.deepEqual(each.subarray(256, 512), released(second).subarray(256, 512));
  assert.deepEqual(each.subarray(512), released().subarray(512));
});

test('a blank image gives a blank sphere in both modes', () => {
  for (const mode of ['corrected', 'released'] as const)
    assert.ok(projectToSphere(new Uint8Array(784), { bandwidth: 4, mode }).every((value) => value === 0));
});

test('about one point in twenty of a rotated sphere is digit', () => {
  const digits = drawGlyphs(200, 1);
  const random = Random.of(3);
  const turns = Array.from({ length: 200 }, () => randomRotation(random));
  const sphere = projectToSphere(digits.pixels, { bandwidth: 8, rotation: turns });
  const mask = segmentationMask(sphere, digits.labels, 8);
  const share = mask.filter((value) => value > 0).length / mask.length;
  assert.ok(share > 0.03 && share < 0.08, `${share}`);
});

test('wrong input is one clear line', () => {
  const expect = (run: () => unknown, message: RegExp) => assert.throws(run, { name: 'UsageError', message });
  expect(
    () => projectToSphere(new Uint8Array(100), { bandwidth: 8 }),
    /expected images \[n, 28, 28\], got 100 bytes/,
  );
  expect(
    () => projectToSphere(images, { bandwidth: 0 }),
    /bandwidth: expected an integer of at least 1, got 0/,
  );
  expect(
    () => projectToSphere(images, { bandwidth: 8, rotation: [rotation] }),
    /expected 3 rotations, .* got 1/,
  );
  expect(
    () => projectToSphere(images, { bandwidth: 8, mode: 'relased' as 'released' }),
    /did you mean "released"/,
  );
  expect(
    () => projectToSphere(images, { bandwidth: 8, faults: { gird: true } as object }),
    /did you mean "grid"/,
  );
  expect(() => segmentationMask(new Uint8Array(10), labels, 8), /expected \[3, 16, 16\], got 10 values/);
});
