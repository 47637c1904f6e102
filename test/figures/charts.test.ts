import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPaperCurves } from '../../src/analysis/paper';
import { collapse } from '../../src/figures/charts/collapse';
import { costVersusScore } from '../../src/figures/charts/cost_versus_score';
import { equivarianceErrorByLayer } from '../../src/figures/charts/equivariance_error_by_layer';
import { equivarianceVersusAugmentation } from '../../src/figures/charts/equivariance_versus_augmentation';
import { paperCurves } from '../../src/figures/charts/paper_curves';
import { trainingCurves } from '../../src/figures/charts/training_curves';
import { row, study } from '../analysis/synthetic';
import { traceOf, tracesOf, wordsOf } from './trace';

const segmentation = { task: 'segmentation' } as const;

test('equivariance versus augmentation: a curve per CNN over its rotated images, with the range over seeds', () => {
  const figure = equivarianceVersusAugmentation(study(), segmentation);
  const { x, y, error_y } = traceOf(figure, 'CNN 12k');
  assert.deepEqual([x, y], [[500, 2000, 8000], [21.5, 31.5, 41.5]]); // biome-ignore format: pairs
  assert.deepEqual(error_y?.array, [0.5, 0.5, 0.5]);
  assert.deepEqual(error_y?.arrayminus, [0.5, 0.5, 0.5]);
  assert.deepEqual(traceOf(figure, 'CNN 1M').y, [26.5, 36.5, 46.5]);
});

test('equivariance versus augmentation: the S2CNN is a level with a band', () => {
  const figure = equivarianceVersusAugmentation(study(), segmentation);
  assert.deepEqual(traceOf(figure, 'S2CNN 23k').y, [70.5, 70.5]);
  assert.deepEqual(traceOf(figure, 'S2CNN 23k, range').y, [70, 70, 71, 71]);
  const [left, right] = traceOf(figure, 'S2CNN 23k').x as number[];
  assert.ok(left < 500 && right > 8000);
});

test('equivariance versus augmentation: says where the numbers come from and what the bars are', () => {
  const words = wordsOf(equivarianceVersusAugmentation(study(), segmentation));
  for (const part of ['glyphs', 'quick tier', 'bandwidth 8', '100 test spheres', 'range over 2 seeds'])
    assert.ok(words.includes(part), `"${part}" is missing in ${words}`);
  assert.match(words, /<b>CNN 1M<\/b><br>46\.5 at 8k/);
  assert.match(words, /<b>S2CNN 23k<\/b><br>70\.5 with 2k<br>unrotated images/);
});

test('equivariance versus augmentation: one seed has no bars, and says so', () => {
  const figure = equivarianceVersusAugmentation(
    study().filter(({ seed }) => seed === 1),
    segmentation,
  );
  assert.equal(traceOf(figure, 'CNN 12k').error_y?.visible, false);
  assert.match(wordsOf(figure), /One seed: no error bars/);
});

test('equivariance versus augmentation: the axis is logarithmic from a factor of ten on', () => {
  assert.equal(equivarianceVersusAugmentation(study(), segmentation).layout.xaxis?.type, 'log');
  const narrow = study().filter(({ images }) => images <= 2000);
  assert.equal(equivarianceVersusAugmentation(narrow, segmentation).layout.xaxis?.type, 'linear');
});

test('equivariance versus augmentation: CNNs whose images share rotations stay away', () => {
  const shared = { model: 'cnn-quick-small', parameters: 12_300 } as const;
  const other = row({ ...shared, images: 8000, rotations: 16, scoreRotated: 30 });
  const figure = equivarianceVersusAugmentation([...study(), other], segmentation);
  assert.deepEqual(figure, equivarianceVersusAugmentation(study(), segmentation));
});

test('equivariance versus augmentation: S2CNNs with finer grids for ReLU are a curve of their own', () => {
  const finer = study()
    .filter(({ family, rotations }) => family === 's2cnn' && rotations === 0)
    .map((result) => ({
      ...result,
      variant: 'oversampling 1.5',
      setting: `${result.setting} finer`,
      scoreRotated: 90,
    }));
  assert.ok(finer.length > 0);
  const other = finer.map((result) => ({ ...result, bandwidth: result.bandwidth + 1, seed: 99 }));
  const choice = { ...segmentation, variant: '' };
  const plain = equivarianceVersusAugmentation(study(), choice);
  const { data, rows, caption } = equivarianceVersusAugmentation([...study(), ...finer, ...other], choice);
  assert.equal(data.length, plain.data.length + 1);
  const added = rows!.filter(({ model }) => String(model).endsWith(', oversampling 1.5'));
  assert.deepEqual(
    added.map(({ score_mean }) => score_mean),
    [90],
  );
  assert.match(caption!, /Oversampling/);
  assert.doesNotMatch(plain.caption!, /Oversampling/);
});

test('equivariance versus augmentation: two settings at one amount of data are refused', () => {
  const twin = row({ setting: 'another', learningRate: 0.1 });
  assert.throws(
    () => equivarianceVersusAugmentation([...study(), twin], segmentation),
    /two settings of s2cnn-quick at 2000 images/,
  );
});

test('equivariance versus augmentation: several amounts for the S2CNN make a curve, beside the level', () => {
  const figure = equivarianceVersusAugmentation(
    [...study(), row({ images: 6000, scoreRotated: 80 })],
    segmentation,
  );
  assert.deepEqual(traceOf(figure, 'S2CNN 23k').y, [70.5, 80]);
  assert.deepEqual(traceOf(figure, 'Level 70.5').y, [70.5, 70.5]);
  assert.match(wordsOf(figure), /<b>Level 70\.5<\/b><br>2k unrotated/);
});

test('figures refuse rows that mix studies, and tasks that are not there', () => {
  const mixed = [...study(), row({ dataset: 'mnist' })];
  for (const draw of [equivarianceVersusAugmentation, collapse, costVersusScore]) {
    assert.throws(() => draw(mixed, segmentation), /mix dataset/);
    assert.throws(() => draw(study(), { task: 'segmantation' }), /did you mean "segmentation"/);
    assert.throws(() => draw(study(), { task: 'classification' }), /no results/);
  }
});

test('collapse: networks trained without rotations, tested both ways', () => {
  const figure = collapse(study(), segmentation);
  assert.deepEqual(traceOf(figure, 'tested unrotated').x, [70.5, 86.5, 86.5]);
  assert.deepEqual(traceOf(figure, 'tested rotated').x, [70.5, 11.5, 11.5]);
  assert.deepEqual(figure.layout.yaxis?.ticktext, [
    '<b>S2CNN 23k</b><br>2,000 images',
    '<b>CNN 12k</b><br>2,000 images',
    '<b>CNN 1M</b><br>2,000 images',
  ]);
  assert.match(figure.alt, /CNN 1M, 2,000 images: 86\.5 on unrotated, 11\.5 on rotated test spheres/);
});

test('cost versus score: a line per network along its amounts of data', () => {
  const figure = costVersusScore(study(), segmentation);
  assert.deepEqual(
    tracesOf(figure).map((trace) => trace.name),
    ['S2CNN 23k', 'CNN 12k', 'CNN 1M'],
  );
  assert.equal(traceOf(figure, 'CNN 1M').x?.length, 3);
  assert.match(wordsOf(figure), /Times on cpu/);
});

test("paper curves: the paper's own numbers, and said to be so", () => {
  const figure = paperCurves(readPaperCurves(), segmentation);
  assert.deepEqual(
    tracesOf(figure).map((trace) => trace.name),
    ['Level 73.7', 'S2CNN 204k', 'CNN 218k', 'CNN 1M', 'CNN 5.5M'],
  );
  assert.match(wordsOf(figure), /the paper's own curves/);
  assert.match(wordsOf(figure), /<b>CNN 1M<\/b><br>61\.4 at 1\.2M/);
  assert.throws(
    () => paperCurves(readPaperCurves(), { ...segmentation, dataset: 'glyphs' }),
    /no curves of segmentation for glyphs/,
  );
});

test('equivariance error: both errors of each layer on a logarithmic axis', () => {
  const rows = [
    { layer: 'S2Conv', error: 2e-6, interpolation: 0.05 },
    { layer: 'ReLU', error: 3e-2, interpolation: 0.1 },
  ];
  const figure = equivarianceErrorByLayer(rows, 'a note');
  assert.deepEqual(traceOf(figure, 'network').x, [2e-6, 3e-2]);
  assert.deepEqual(traceOf(figure, 'rotation by interpolation').x, [0.05, 0.1]);
  assert.deepEqual([figure.layout.xaxis?.type, figure.layout.xaxis?.range?.[0]], ['log', -6]);
  assert.match(wordsOf(figure), /a note/);
});

test('training curves: loss and score of each network', () => {
  const rows = ['S2CNN 23k', 'CNN 12k'].flatMap((model) =>
    [1, 2, 3].map((n) => ({ model, spheres: 1000 * n, trainLoss: 2 / n, validationScore: 20 * n })),
  );
  const figure = trainingCurves(rows);
  assert.deepEqual(
    tracesOf(figure).map(({ name, y }) => [name, y?.length]),
    [
      ['S2CNN 23k', 3],
      ['S2CNN 23k', 3],
      ['CNN 12k', 3],
      ['CNN 12k', 3],
    ],
  );
  assert.match(wordsOf(figure), /<b>CNN 12k<\/b><br>60\.0 after 3k/);
});

test('every chart describes itself and keeps the rows that it shows', () => {
  const figures = [
    equivarianceVersusAugmentation(study(), segmentation),
    collapse(study(), segmentation),
    costVersusScore(study(), segmentation),
    paperCurves(readPaperCurves(), segmentation),
  ];
  for (const { alt, rows = [], layout } of figures) {
    assert.ok(alt.length > 60 && !alt.includes('<') && !/undefined|NaN/.test(alt), alt);
    assert.ok(rows.length > 0 && !/undefined|NaN/.test(JSON.stringify(rows)));
    assert.equal(layout.width, 700);
  }
});
