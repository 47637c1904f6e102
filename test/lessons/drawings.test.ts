import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as es from '../../src/index';
import { globe, graticule, pointOf, seenAt } from '../../src/lessons/globe';

const { lessons } = es;
type Axis = { domain: [number, number]; ticktext?: string[] };
const axes = (figure: es.Figure) => figure.layout as unknown as Record<string, Axis>;

test('the southern view shows the south pole in the middle, an unrotated image upright and not mirrored', () => {
  const near = (polar: number, azimuth: number) => seenAt(pointOf(polar, azimuth), lessons.southernView);
  assert.ok(near(Math.PI, 0).inSight && Math.abs(near(Math.PI, 0).u) < 1e-12);
  assert.ok(near(2.8, Math.PI).v > 0.3, 'rows of an image run along x, downwards');
  assert.ok(near(2.8, Math.PI / 2).u > 0.3, 'columns along y, to the right');
  assert.ok(!near(0.1, 0).inSight);
});

test('from the centre azimuths run to the left, from outside to the right', () => {
  const outside = lessons.globeView(0, 180);
  const p = pointOf(Math.PI / 2, Math.PI + 0.5);
  assert.ok(seenAt(p, lessons.equatorView).u < 0);
  assert.ok(seenAt(p, outside).u > 0);
});

test('a globe has the values of the half in sight, and nothing outside the disc', () => {
  const values = Float64Array.from({ length: 64 }, (_, i) => (i < 32 ? 1 : -1)); // north, south
  const rows = globe(values, 8, lessons.southernView);
  assert.equal(rows[0][0], null);
  assert.ok(rows.flat().every((value) => value === null || value === -1));
  const above = globe(values, 8, lessons.equatorView);
  assert.equal(above[10][60], 1);
  assert.equal(above[110][60], -1);
});

test('a graticule stays within the disc', () => {
  const { u, v } = graticule(lessons.globeView());
  assert.ok(u.length > 500 && u.every((x, i) => x === null || Math.hypot(x, v[i]!) < 1 + 1e-9));
});

test('a legend of all classes wraps: none of it leaves the picture', () => {
  const all = lessons.mask(
    '',
    Uint8Array.from({ length: 16 }, (_, i) => i % 11),
  );
  const { layout } = lessons.pictures([all], { title: 'Masks' });
  const words = layout.annotations!.filter(({ text }) => /none|digit/.test(text!));
  assert.equal(words.length, 11);
  const pixels = words.map(({ x }) => Number(x) * layout.width!);
  assert.ok(Math.min(...pixels) > 20 && Math.max(...pixels) < layout.width! - 50, pixels.join(', '));
  assert.ok(new Set(words.map(({ y }) => y)).size > 1);
});

test('pictures in rows: shorter rows in the middle, one row each, a legend of the classes that occur', () => {
  const values = new Uint8Array(16);
  const row = (count: number) => Array.from({ length: count }, () => ({ caption: 'a', values }));
  const figure = lessons.pictures([row(1), row(3)], { title: 'T' });
  const { xaxis, xaxis3, yaxis, yaxis2, yaxis4 } = axes(figure);
  assert.deepEqual(xaxis.domain, xaxis3.domain);
  assert.ok(yaxis.domain[0] > yaxis2.domain[1]);
  assert.deepEqual(yaxis2.domain, yaxis4.domain);
  const masks = lessons.pictures([lessons.mask('m', Uint8Array.of(0, 0, 3, 3))], { title: 'T' });
  const texts = (masks.layout.annotations ?? []).map(({ text }) => text);
  assert.ok(texts.includes('none') && texts.includes('digit 2') && !texts.includes('digit 1'));
});

test('signed pictures share the given scale, or have their own', () => {
  const shown = [lessons.signed('a', [1, -1, 0, 0]), lessons.signed('b', [4, 0, 0, 0])];
  const ranges = (figure: es.Figure) => figure.data.map((trace) => (trace as { zmax: number }).zmax);
  assert.deepEqual(ranges(lessons.pictures(shown, { title: 'T' })), [1, 4]);
  assert.deepEqual(ranges(lessons.pictures(shown, { title: 'T', scale: 2 })), [2, 2]);
});

test('rays meet the plane where the formula says', () => {
  const rows = lessons.rayDrawing([0, 90]).rows ?? [];
  assert.deepEqual(
    rows.map((row) => Number(row['place on the plane']).toFixed(3)),
    ['0.000', '1.999'],
  );
});

test('zones: uniform for Haar rotations, not for a constant gamma, though its z axis is', () => {
  const random = es.Random.of(1, 'zones');
  const haar = Array.from({ length: 20_000 }, () => es.randomRotation(random));
  for (const share of lessons.zoneExcess(haar)) assert.ok(share < 0.15, `${share}`);
  const fixed = haar.map(() =>
    es.rotationZYZ(random.uniform(0, 2 * Math.PI), Math.acos(random.uniform(-1, 1)), 0),
  );
  const [x, y, z] = lessons.zoneExcess(fixed);
  assert.ok(x > 1 && y > 1 && z < 0.25, [x, y, z].join(', '));
  const figure = lessons.axisMaps([{ name: 'a', rotations: haar.slice(0, 5) }], 'T', 'N');
  assert.equal(figure.data.length, 3);
});

test('filter points: all in sight around the north pole, a short line for each direction', () => {
  const grid = es.kernelGrid(0.4);
  const globes = [{ caption: 's', points: es.spherePoints(grid) }, { caption: 'g', points: es.groupPoints(grid) }]; // biome-ignore format: a list
  const { data } = lessons.filterPoints(globes, 'T');
  const counts = data.map((trace) => (trace as { x: (number | null)[] }).x.filter((x) => x !== null).length);
  assert.equal(counts[1], 0);
  assert.equal(counts[2], 24);
  assert.equal(counts[4], 2 * 192);
});

test('matrices have the orders at their sides', () => {
  const { xaxis, yaxis2 } = axes(lessons.wignerMatrices([{ title: 'r', matrices: [new Float64Array(9), new Float64Array(81)] }], 'T')); // biome-ignore format: one line
  assert.deepEqual(xaxis.ticktext, ['−1', '0', '1']);
  assert.deepEqual(yaxis2.ticktext, ['−4', '', '', '', '0', '', '', '', '4']);
});

test('a square says how far apart its two ways are', () => {
  const ones = new Float64Array(16).fill(1);
  const square = { signal: ones, turned: ones, output: ones, turnedOutput: ones };
  const { alt } = lessons.commutingSquare({ ...square, outputOfTurned: ones.map((v) => 0.75 * v) }, 'map', lessons.equatorView); // biome-ignore format: one line
  assert.match(alt, /largest difference 2\.5e-1/);
});

test('columns are as wide as their widest entry', () => {
  assert.equal(lessons.columns([{ a: 1, name: 0.5 }, { a: 12, name: 'x' }], 2), ' a  name\n 1  0.50\n12     x'); // biome-ignore format: one line
});

test('confusions: right answers grey, the largest wrong share most coloured, zeros unwritten', () => {
  const confusion = [
    [8, 0],
    [2, 10],
  ];
  const figure = lessons.confusions([{ caption: 'N', confusion }], 'T');
  const [{ z, zmin }] = figure.data as unknown as { z: number[][]; zmin: number }[];
  assert.deepEqual(z, [
    [zmin, 0],
    [0.2, zmin],
  ]);
  const texts = (figure.layout.annotations ?? []).map(({ text }) => text);
  assert.ok(['8', '2', '10'].every((count) => texts.includes(count)) && !texts.includes('0'));
  assert.match(figure.alt, /N: 0 taken for 1 2 times/);
});

test('facing: an unrotated digit is seen as the southern view shows it', () => {
  const sphere = es.projectToSphere(es.drawGlyphs(1, 0, 'test').pixels, { bandwidth: 8 });
  const { centre, up, inside } = lessons.facing(sphere, 16);
  assert.ok(inside && centre[2] < -0.9 && up[0] < -0.9);
});

test('turned spheres are the digits of a set, turned alike', () => {
  const digits = es.drawGlyphs(3, 0, 'test');
  const turn = es.rotationZYZ(0.3, 1, 2);
  const { count, labels, inputs, masks } = lessons.turnedSpheres(digits, { bandwidth: 4, images: 2, turn });
  assert.equal(count, 2);
  assert.deepEqual([...labels], [...digits.labels.slice(0, 2)]);
  const second = es.projectToSphere(digits.pixels.slice(784, 1568), {
    bandwidth: 4,
    rotation: es.inverse(turn),
  });
  assert.deepEqual(
    inputs.slice(64),
    Float32Array.from(second, (value) => value / 255),
  );
  assert.ok(
    masks.every((label, i) => label === (inputs[i] * 255 > 150 ? labels[Math.floor(i / 64)] + 1 : 0)),
  );
});
