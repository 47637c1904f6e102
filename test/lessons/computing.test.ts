import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as es from '../../src/index';
import { assertClose } from '../close';
import { startWasm } from '../engine_for_tests';

before(() => startWasm());

const { lessons } = es;
const sine = (length: number) => Float64Array.from({ length }, (_, i) => Math.sin(i + 1));

test('a layer with a filter of ours gives what the definition says', async () => {
  const signal = es.s2Synthesis(sine(16), 4);
  const points = es.spherePoints(es.kernelGrid(0.4));
  const weights = sine(24);
  const output = await lessons.applyFilter(new es.S2Conv({ filters: 1, bandOut: 4, maxBeta: 0.4 }), signal, weights); // biome-ignore format: one line
  const spectrum = lessons.convolveOnSphere(sine(16), lessons.sphereKernelSpectrum(weights, points, 4), 4);
  const expected = es.so3Synthesis(spectrum, 4, 4).map((value) => (2 / Math.sqrt(24)) * value);
  assertClose(output, expected, 1e-5);
});

test('applyFilter tells a sphere from a group by the layer, and refuses what fills no grid', async () => {
  const toSphere = new es.SO3ToS2({ filters: 1, bandOut: 4, maxBeta: 0.4 });
  assert.equal(
    (await lessons.applyFilter(toSphere, new Float64Array(4096), new Float64Array(192))).length,
    64,
  );
  await assert.rejects(lessons.applyFilter(toSphere, [1, 2, 3], []), /3 numbers fill no grid of 3 angles/);
});

test('valueAt is the synthesis, between the points, too', () => {
  const values = es.so3Synthesis(sine(35), 3, 4);
  const [alpha, beta, gamma] = [es.azimuths(4)[3], es.betas(4)[2], es.azimuths(4)[5]];
  assertClose([lessons.valueAt(sine(35), 3, es.rotationZYZ(alpha, beta, gamma))], [values[(2 * 8 + 3) * 8 + 5]], 1e-12); // biome-ignore format: one line
});

test('the column n = 0 is the mean over gamma', () => {
  const group = es.so3Synthesis(sine(84), 4, 4);
  const mean = Float64Array.from({ length: 64 }, (_, i) =>
    group.subarray(8 * i, 8 * i + 8).reduce((sum, value) => sum + value / 8, 0),
  );
  const column = lessons.combineColumns(sine(84), 4, (n) => (n === 0 ? 1 : 0));
  assertClose(es.s2Synthesis(column, 4), mean, 1e-12);
});

test('correct digits: all below degree 2b with the quadrature, few with equal weights', () => {
  const quadrature = lessons.correctDigits(es.quadratureWeights(8).map((w) => 16 * w), [2, 14, 16]); // biome-ignore format: one line
  assert.ok(quadrature[0] > 13 && quadrature[1] > 13 && quadrature[2] < 5, quadrature.join(', '));
  assert.ok(lessons.correctDigits(new Float64Array(16).fill(1 / 256), [2])[0] < 1);
});

test('faults: none costs no overlap, a blur costs some, the pole alone nothing', () => {
  const glyphs = es.drawGlyphs(6, 0, 'test');
  const cost = (faults: object) => lessons.faultCost(glyphs, faults, { bandwidth: 12, count: 6, seed: 1 });
  assertClose([cost({}).overlap, cost({ pole: true }).overlap], [1, 1], 1e-12);
  assert.ok(cost({ sampling: true }).overlap < 0.95);
  assert.ok(cost({ grid: true }).turning > cost({}).turning + 0.05);
});

test('spheres are told apart by their numbers', () => {
  const one = { ...es.drawGlyphs(3, 0, 'test') };
  const single: es.ImageSet = {
    count: 1,
    size: 28,
    pixels: one.pixels.slice(1568),
    labels: Uint8Array.of(2),
  };
  const data = es.sphericalDataset({ digits: single, bandwidth: 4, images: 12, rotations: 3, seed: 1 });
  assert.equal(lessons.countDifferent(data), 3);
  assert.equal(lessons.sphereAt(data.inputs, 2, 8)[5], data.inputs[133]);
  const area = lessons.meanArea(single, { bandwidth: 16, images: 3, rotations: 0, seed: 1 });
  assert.ok(area > 0.03 && area < 0.15, `${area}`);
});
