import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  convolveByDegree,
  digitShares,
  histogram,
  kernelSpectrum,
  mainStudy,
  pictures,
  rowsOf,
  worthOf,
  worthText,
} from '../../src/lessons/index';
import type { ResultRow } from '../../src/results/rows';
import { row } from '../analysis/synthetic';

test('convolving with a unit at the identity changes nothing', () => {
  const unit = kernelSpectrum([1], [[0, 0, 0]], 3);
  const x = Float64Array.from({ length: 35 }, (_, i) => Math.sin(i));
  convolveByDegree(x, unit, 3).forEach((value, i) => {
    assert.ok(Math.abs(value - x[i]) < 1e-14, `coefficient ${i}: ${value}, expected ${x[i]}`);
  });
});

test('a mask of the northern half takes half of the points, half of the area, and has a pole as its centre', () => {
  const mask = new Uint8Array(256).fill(1, 0, 128);
  const [{ points, area, height }] = digitShares(mask, 16);
  assert.equal(points, 0.5);
  assert.ok(Math.abs(area - 0.5) < 1e-12);
  assert.ok(Math.abs(height - 1) < 1e-12);
});

test('masks that fill no grid are refused', () => {
  assert.throws(() => digitShares(new Uint8Array(225), 15), /even number of points along each axis, got 15/);
  assert.throws(() => digitShares(new Uint8Array(300), 16), /expected whole masks of 256 points, got 300/);
});

test('a histogram counts every number once, at its place', () => {
  const { x, y } = histogram([-1, -0.6, 0.1, 1], [-1, 1], 2);
  assert.deepEqual([...x], [-0.5, 0.5]);
  assert.deepEqual([...y], [0.5, 0.5]);
});

test('pictures must be square', () => {
  assert.throws(() => pictures([{ caption: 'a', values: [1, 2, 3] }], { title: 'T' }), /"a" is no square/);
});

/** Scores on the curve 60 - 400 n^-0.5, and an S2CNN at `level`. */
function contest(level: number): ResultRow[] {
  const plain = [100, 400, 1600, 6400].map((images) => {
    return row({
      model: 'cnn-quick-small',
      images,
      rotations: images,
      scoreRotated: 60 - 400 / Math.sqrt(images),
    });
  });
  return [...plain, row({ scoreRotated: level })];
}

test('the worth of a score on the curve is the number of images that reach it', () => {
  const [worth] = worthOf(contest(50)); // 400 / sqrt(1600) = 10
  assert.equal(
    worthText(worth),
    'CNN 23k: 1.6k rotated images for 50.0 % (no interval: one run does not tell how the equivariant network scatters; ' +
      'power law, tends to 60.0 %; all 4 runs had converged)',
  );
});

test('a worth beyond the data is called extrapolated, and its interval is given', () => {
  const seeds = contest(56).flatMap((own) =>
    [-0.2, 0.2].map((d, seed) => ({ ...own, seed, scoreRotated: own.scoreRotated + d })),
  );
  assert.match(
    worthText(worthOf(seeds)[0]),
    /^CNN 23k: 10k rotated images for 56\.0 % \(90 % interval: \S+ (to \S+|or more); extrapolated from at most 6\.4k; /,
  );
});

test('a score above the limit of the curve is not answerable, and neither is one of open runs', () => {
  const [worth] = worthOf(contest(70));
  assert.equal(worthText(worth), 'CNN 23k: not answerable for 70.0 %, its curve tends to 60.0 %');
  const open = contest(50).map((own) => ({ ...own, converged: own.images !== 6400 }));
  assert.match(
    worthText(worthOf(open)[0]),
    /^CNN 23k: not answerable for 50\.0 %, 1 of 4 runs had not converged$/,
  );
});

test('S2CNNs that were trained on rotated spheres are not counted', () => {
  const rotated = { ...contest(90)[4], rotations: 100 };
  assert.equal(worthOf([...contest(50), rotated])[0].level.score, 50);
  assert.deepEqual(worthOf([...contest(50).slice(0, 4), rotated]), []);
});

test('no worth for less than three amounts of data', () => {
  assert.deepEqual(worthOf(contest(50).filter((row) => row.images <= 400)), []);
});

test('the main study is the one with the most experiments, both tasks counted', () => {
  const other = [1, 2, 3].map((seed) => row({ bandwidth: 9, seed }));
  const rows = [...other, ...contest(50), row({ task: 'classification' })];
  const study = mainStudy(rows);
  assert.equal(study.bandwidth, 8);
  assert.equal(rowsOf(rows, study).length, 6);
  assert.equal(rowsOf(rows, study, 'classification').length, 1);
  assert.throws(() => mainStudy([]), /no finished experiment/);
});

test('the main study is one of real images, however many glyphs there are', () => {
  assert.equal(mainStudy([...contest(50), row({ dataset: 'mnist' })]).dataset, 'mnist');
  assert.equal(mainStudy(contest(50)).dataset, 'glyphs');
});
