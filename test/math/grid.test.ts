import assert from 'node:assert/strict';
import { test } from 'node:test';
import { azimuths, bandwidthOf, bandwidthOfGrid, betas, quadratureWeights } from '../../src/math/grid';
import { s2Analysis, s2Synthesis, so3Analysis, so3Synthesis } from '../../src/math/transform';

test('a grid has an even number of points along each axis', () => {
  assert.equal(bandwidthOf(16), 8);
  for (const size of [15, 0, -2, 2.5, Number.NaN])
    assert.throws(() => bandwidthOf(size), new RegExp(`expected an even number of points.*got ${size}`));
});

test('all axes of a grid have the same number of points, and there are two or three', () => {
  assert.deepEqual([bandwidthOfGrid([8, 8]), bandwidthOfGrid([8, 8, 8])], [4, 4]);
  for (const axes of [[8], [8, 6], [8, 8, 6], [8, 8, 8, 8], []])
    assert.throws(() => bandwidthOfGrid(axes), /expected \[2b, 2b\] on the sphere or/);
  assert.throws(() => bandwidthOfGrid([7, 7]), /even number of points/);
});

test('angles and weights of what is no bandwidth are refused', () => {
  for (const of of [betas, azimuths, quadratureWeights])
    for (const b of [7.5, 0, -1, Number.NaN]) assert.throws(() => of(b), /bandwidth: expected an integer/);
});

test('transforms refuse arrays that do not fill their grid or their degrees', () => {
  assert.throws(() => s2Analysis(new Float64Array(63), 4), /s2Analysis: expected 64 numbers, got 63/);
  assert.throws(() => s2Synthesis(new Float64Array(15), 4), /s2Synthesis: expected 16 numbers, got 15/);
  assert.throws(() => so3Analysis(new Float64Array(64), 4), /so3Analysis: expected 512 numbers, got 64/);
  assert.throws(() => so3Synthesis(new Float64Array(9), 2, 4), /so3Synthesis: expected 10 numbers, got 9/);
});
