import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curveAt } from '../../src/analysis/curve_fit';
import { readPaperCurves } from '../../src/analysis/paper';
import { paperSaturation, saturation } from '../../src/figures/charts/saturation';
import type { ResultRow } from '../../src/results/rows';
import { amounts, laws } from '../analysis/curves';
import { row } from '../analysis/synthetic';
import { traceOf, tracesOf, wordsOf } from './trace';

const classification = { task: 'classification' };

/** Two CNNs on known curves, a little apart by seed, and an S2CNN at 70. */
function rows({ open = false } = {}): ResultRow[] {
  const cnn = { task: 'classification', family: 'cnn' } as const;
  return [-0.3, 0.3].flatMap((shift, seed) => [
    row({ task: 'classification', seed, scoreRotated: 70 + shift }),
    ...amounts.flatMap((images, i) => [
      row({ ...cnn, model: 'a', parameters: 12_300, seed, images, rotations: images, scoreRotated: curveAt(laws.logistic, images) + shift * (-1) ** i }),
      {
        ...row({ ...cnn, model: 'b', parameters: 1_042_013, seed, images, rotations: images, scoreRotated: curveAt(laws.power, images) + shift * (-1) ** i }),
        converged: !open || images < 32_000,
      },
    ]),
  ]); // biome-ignore format: rows
}

const fills = (figure: ReturnType<typeof saturation>, name: string) =>
  (traceOf(figure, name) as unknown as { marker: { color: string[] } }).marker.color;

test('saturation: every training is a point, with the curve that was chosen and its band', () => {
  const figure = saturation(rows(), classification);
  assert.equal(traceOf(figure, 'CNN 12k').x?.length, 16);
  const { x, y } = traceOf(figure, 'CNN 1M, curve');
  assert.deepEqual([x![0], Math.round(x![60]!)], [500, 256_000]);
  assert.ok(Math.abs(y![60]! - curveAt(laws.power, 256_000)) < 1);
  const band = traceOf(figure, 'CNN 1M, band');
  assert.ok(band.y![0]! < y![0]! && band.y![band.y!.length - 1]! > y![0]!);
});

test('saturation: the level has the interval of its runs, and a ring lies where a curve meets it', () => {
  const figure = saturation(rows(), classification);
  assert.deepEqual(traceOf(figure, 'S2CNN 23k').y, [70, 70]);
  const [low, , high] = traceOf(figure, 'S2CNN 23k, interval').y!;
  assert.ok(low! < 69.7 && high! > 70.3);
  const ring = traceOf(figure, 'CNN 1M draws level');
  assert.ok(Math.abs(ring.x![0]! / 8000 - 1) < 0.1 && ring.y![0] === 70); // 40 / sqrt(16) = 10
  assert.ok(!tracesOf(figure).some(({ name }) => name === 'CNN 12k draws level'));
});

test('saturation: the title says the finding, the lines below it what bands and points mean', () => {
  const words = wordsOf(saturation(rows(), classification));
  assert.match(words, /^<b>Classification: 8k rotated images bring CNN 1M level with the S2CNN<\/b>/);
  assert.match(words, /All 34 runs had converged/);
  assert.match(
    words.replaceAll('<br>', ' '),
    /Bands, 90 %: scores drawn again about the fitted curve, its family chosen anew each time, the true curve taken to be of one of them/,
  );
  assert.match(words, /Level: Student's t of 2 runs/);
  assert.match(words, /<b>CNN 12k<\/b><br>tends to (59|60)\.\d %<br>logistic in log n/);
  assert.match(words, /<b>CNN 1M<\/b><br>tends to (79|80)\.\d %<br>level at \d.*k \(.*k to .*k\)/);
});

test('saturation: runs that had not converged are hollow and counted, and give no number', () => {
  const figure = saturation(rows({ open: true }), classification);
  const white = fills(figure, 'CNN 1M').filter((color) => color === 'white');
  assert.equal(white.length, 4);
  assert.ok(!fills(figure, 'CNN 12k').includes('white'));
  const words = wordsOf(figure);
  assert.match(words, /Hollow: 4 of 34 runs had not converged/);
  assert.match(words, /<br>4 of 16 not converged/);
  assert.match(words, /CNN 12k saturates below the S2CNN's 70\.0 %/);
});

test('saturation: the ground is grey from the largest number of images on', () => {
  const { layout } = saturation(rows(), classification);
  const [zone] = layout.shapes!;
  const [left, right] = layout.xaxis!.range!;
  assert.ok(Math.abs(left + (zone.x0 as number) * (right - left) - Math.log10(64_000)) < 1e-9);
  assert.ok(10 ** right > 256_000);
});

test("saturation of the paper's curves: no bands of a single S2CNN, and its own words", () => {
  const figure = paperSaturation(readPaperCurves(), { task: 'segmentation' });
  const words = wordsOf(figure);
  assert.match(words, /Segmentation: all 3 CNNs saturate below the S2CNN's 73\.7 %/);
  assert.match(words, /Gerken et al\., ICML 2022, read off the paper · MNIST/);
  assert.match(words, /Whether the 37 runs had converged is not known/);
  assert.match(words, /Level: no band, one run does not tell/);
  assert.ok(!tracesOf(figure).some(({ name }) => name === 'S2CNN 204k, interval'));
  assert.match(figure.alt, /CNN 218k: not answerable for 73\.7 %, its curve tends to 49\.7 %/);
  for (const { alt, rows: table = [] } of [figure, saturation(rows(), classification)]) {
    assert.ok(!/undefined|NaN|Infinity/.test(alt + JSON.stringify(table)), alt);
    assert.equal(new Set(table.map((line) => Object.keys(line).join())).size, 1);
  }
});

test('saturation: a curve that its points do not bear out has no band, and the reason is said', () => {
  const few = rows().filter(
    ({ family, images }) => family === 's2cnn' || [500, 2000, 8000, 32_000].includes(images),
  );
  const figure = saturation(few, classification);
  assert.match(
    wordsOf(figure),
    /CNN 12k: no band, the \w+ curve misses the points by more than they scatter/,
  );
  assert.ok(!tracesOf(figure).some(({ name }) => name === 'CNN 12k, band'));
  assert.ok(tracesOf(figure).some(({ name }) => name === 'CNN 1M, band'));
});

test('saturation refuses what there is nothing to compare in', () => {
  const plain = rows().filter(({ family }) => family === 'cnn');
  assert.throws(
    () => saturation(plain, classification),
    /no results of an S2CNN trained on unrotated images/,
  );
  const few = rows().filter(({ family, images }) => family === 's2cnn' || images <= 1000);
  assert.throws(() => saturation(few, classification), /no results of a CNN with three amounts/);
  assert.throws(
    () => paperSaturation(readPaperCurves(), { task: 'segmentation', dataset: 'x' }),
    /no curves/,
  );
});
