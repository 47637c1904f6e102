import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPaperCurves } from '../../src/analysis/paper';
import { besideThePaper } from '../../src/figures/charts/beside_the_paper';
import { collapse } from '../../src/figures/charts/collapse';
import { costVersusScore } from '../../src/figures/charts/cost_versus_score';
import { equivarianceVersusAugmentation } from '../../src/figures/charts/equivariance_versus_augmentation';
import { gapByTask } from '../../src/figures/charts/gap_by_task';
import { imagesAgainstRotations } from '../../src/figures/charts/images_against_rotations';
import { trainingCurves } from '../../src/figures/charts/training_curves';
import { row, study } from '../analysis/synthetic';
import { imagesAndRotations, mnistStudy, validations } from './studies';
import { titleOf, traceOf, tracesOf, wordsOf } from './trace';

const segmentation = { task: 'segmentation' } as const;
const paper = readPaperCurves();

test('titles say what the numbers say, and nothing else', () => {
  const better = study().map((r) =>
    r.family === 'cnn' && r.rotations > 0 ? { ...r, scoreRotated: 70.6 } : r,
  );
  assert.equal(
    titleOf(equivarianceVersusAugmentation(study(), segmentation)),
    '2,000 unrotated digits beat 8,000 rotated ones'.replace('digits', 'drawn digits'),
  );
  assert.equal(
    titleOf(equivarianceVersusAugmentation(better, segmentation)),
    'Segmentation: equivariance versus augmentation',
  );
  assert.equal(
    titleOf(collapse(study(), segmentation)),
    'Turning the drawn digits costs CNNs 75.0 points, the S2CNN none',
  );
  const finer = { variant: 'oversampling 1.5', scoreRotated: 80, scoreUnrotated: 82.5 };
  const others = [{ rotations: 2000 }, { task: 'classification' as const }].map((more) =>
    row({ ...finer, ...more }),
  );
  const both = collapse([...study(), row(finer), ...others], { ...segmentation, variant: '' });
  assert.equal(titleOf(both), 'Turning the drawn digits costs CNNs 75.0 points, S2CNNs none to 2.5');
  assert.deepEqual(
    both.rows?.map(({ variant }) => variant),
    ['', 'oversampling 1.5', '', ''],
  );
  const brief = study().map((r) => ({ ...r, spheres: 3000 }));
  const short = equivarianceVersusAugmentation(brief, segmentation);
  assert.equal(titleOf(short), '2,000 unrotated drawn digits beat 3,000 rotated ones');
  assert.match(wordsOf(short), /CNNs saw at most 3k spheres/);
  const alone = study().filter((r) => r.family === 'cnn');
  assert.equal(titleOf(collapse(alone, segmentation)), 'Segmentation: trained without rotations');
  assert.equal(titleOf(costVersusScore(study(), segmentation)), 'Segmentation: what a score costs'); // all take a minute
  const slow = study().map((r) => (r.family === 'cnn' ? { ...r, seconds: 7000 } : r));
  assert.equal(
    titleOf(costVersusScore(slow, segmentation)),
    '60 s of training an S2CNN beat 1.9 h of training a CNN',
  );
  const elsewhere = slow.map((r) => (r.family === 'cnn' ? { ...r, engine: 'another' } : r));
  assert.equal(titleOf(costVersusScore(elsewhere, segmentation)), 'Segmentation: what a score costs');
});

test('beside the paper: every score in percent of what the S2CNN of its source has', () => {
  const figure = besideThePaper(mnistStudy(), paper, segmentation);
  assert.deepEqual(
    traceOf(figure, 'CNN 1M').y,
    [26.5, 36.5, 46.5].map((score) => (100 * score) / 70.5),
  );
  const printed = traceOf(figure, 'CNN 1M, paper');
  const score = (model: string, images: number) =>
    paper.find((p) => p.model === model && p.images === images && p.testRotated && p.dataset === 'mnist')!
      .score;
  assert.equal(
    printed.y?.[printed.y.length - 1],
    (100 * score('CNN 1M', 1_200_000)) / score('S2CNN 204k', 10_000),
  );
  assert.equal(titleOf(figure), 'CNNs reach 66 % of the S2CNN at 8k, 83 % at 1.2M in the paper');
  assert.match(wordsOf(figure), /ours 70\.5 at 2k<br>paper 73\.7 at 10k/);
});

test('beside the paper: both levels are taken at as many images where both have them', () => {
  const rows = [...mnistStudy(), row({ dataset: 'mnist', images: 10_000, scoreRotated: 80 })];
  assert.match(wordsOf(besideThePaper(rows, paper, segmentation)), /ours 80\.0 at 10k<br>paper 73\.7 at 10k/);
});

test('one amount of rotated images is no comparison', () => {
  const rows = mnistStudy().filter(({ rotations, images }) => rotations === 0 || images === 8000);
  const refusal = /no results of a CNN with two amounts of rotated images for segmentation/;
  assert.throws(() => besideThePaper(rows, paper, segmentation), refusal);
  assert.throws(() => equivarianceVersusAugmentation(rows, segmentation), refusal);
  assert.throws(() => gapByTask(rows, paper, {}), /no study holds both/);
});

test('gaps: the networks that validate best, not those that test best', () => {
  const rows = mnistStudy().map((r) => ({ ...r, validationRotated: 100 - r.scoreRotated }));
  const [best] = gapByTask(mnistStudy(), paper, {}).rows as { cnn_score: number }[];
  const [chosen] = gapByTask(rows, paper, {}).rows as { cnn_score: number }[];
  assert.ok(chosen.cnn_score < best.cnn_score, `${chosen.cnn_score} < ${best.cnn_score}`);
});

test('beside the paper: glyphs are not in it', () => {
  assert.throws(
    () => besideThePaper(study(), paper, segmentation),
    /the paper has no curves of segmentation for glyphs/,
  );
});

test('images against rotations: a line per number of images, the gains of both in the title', () => {
  const rows = imagesAndRotations();
  const figure = imagesAgainstRotations([row(), ...rows], segmentation);
  assert.deepEqual(
    tracesOf(figure).map(({ name, x, y }) => [name, x, y]),
    [
      ['2k images', [20, 200, 2000], [10, 30, 50]],
      ['8k images', [20, 200, 8000], [11, 31, 51]],
    ],
  );
  assert.equal(figure.layout.xaxis?.type, 'log');
  assert.equal(titleOf(figure), '400 times the rotations: +40.0 points; 4 times the images: +1.0');
});

test('images against rotations: two networks at once are refused, and studies without shared rotations', () => {
  const other = row({ model: 'cnn-quick-small', images: 2000, rotations: 20 });
  assert.throws(() => imagesAgainstRotations([...imagesAndRotations(), other], segmentation), /mix model/);
  const one = { ...segmentation, model: 'cnn-quick-large' };
  assert.equal(tracesOf(imagesAgainstRotations([...imagesAndRotations(), other], one)).length, 2);
  assert.throws(() => imagesAgainstRotations(study(), segmentation), /fewer rotations than images/);
});

test('the gap by task: the best of both families in each study, the paper below', () => {
  const rows = [
    ...mnistStudy(),
    ...study('classification').map((r) => ({ ...r, dataset: 'mnist' as const })),
  ];
  const figure = gapByTask(rows, paper, { tier: 'quick' });
  assert.deepEqual(
    figure.rows
      ?.map(({ task, source, s2cnn_score, cnn_score }) => [task, source, s2cnn_score, cnn_score])
      .filter(([, source]) => source === 'ours'),
    [
      ['segmentation', 'ours', 70.5, 46.5],
      ['classification', 'ours', 70.5, 46.5],
    ],
  );
  assert.deepEqual(
    figure.rows?.map((r) => r.source),
    ['ours', 'paper', 'ours', 'paper'],
  );
  assert.equal(
    titleOf(figure),
    'Augmentation falls short by 24.0 points in segmentation, 24.0 in classification',
  );
  assert.throws(() => gapByTask(rows, paper, { tier: 'study' }), /no study holds both/);
});

test('the gap by task: an S2CNN with finer grids has a row of its own beside the same CNN', () => {
  const rows = mnistStudy();
  const [base] = rows.filter((r) => r.family === 's2cnn');
  const finer = { ...base, variant: 'oversampling 1.5', scoreRotated: 80, validationRotated: 80 };
  const figure = gapByTask([...rows, finer], paper, {});
  assert.deepEqual(
    figure.rows?.map((r) => [r.source, r.finer_grids, r.s2cnn_score, r.cnn_score]).slice(0, 2),
    [
      ['ours', false, 70.5, 46.5],
      ['ours', true, 80, 46.5],
    ],
  );
  assert.match(figure.alt, /Segmentation, MNIST, finer grids: S2CNN 80\.0/);
  assert.match(
    titleOf(figure)!,
    /falls short by 24\.0 points/,
    'the title speaks of the networks as they are',
  );
});

test('no line of the cost figure runs back in time or down, and no point is lost', () => {
  const rows = study().map((r) => ({
    ...r,
    seconds: r.rotations === 8000 ? 30 : r.seconds,
    scoreRotated: r.rotations === 500 ? 60 : r.scoreRotated,
  }));
  for (const { x = [], y = [], name } of tracesOf(costVersusScore(rows, segmentation))) {
    for (let i = 1; i < x.length; i++) {
      if (x[i] === null || x[i - 1] === null) continue;
      assert.ok(x[i]! > x[i - 1]! && y[i]! > y[i - 1]!, `${name}: ${x}, ${y}`);
    }
    assert.equal(x.filter((value) => value !== null).length, name === 'S2CNN 23k' ? 1 : 3);
  }
});

test('a ring stays visible around the diamond that lies in it', () => {
  const [, filled, ring] = tracesOf(collapse(study(), segmentation));
  assert.deepEqual([ring.name, filled.name], ['tested unrotated', 'tested rotated']); // drawn last: on top
  assert.ok(Number(ring.marker?.size) > 2 * Number(filled.marker?.size));
  for (const color of [ring.marker?.color ?? []].flat()) assert.match(color, /,0\)$/);
});

test('training curves: colour tells the network, dash the training data', () => {
  const lines = tracesOf(trainingCurves(validations())).filter((_, i) => i % 2 === 1);
  assert.deepEqual(
    lines.map(({ name }) => name),
    ['S2CNN 23k, 2k unrotated', 'CNN 1M, 2k unrotated', 'CNN 1M, 8k rotated'],
  );
  const [s2cnn, unrotated, rotated] = lines.map(({ line }) => line!);
  assert.equal(unrotated.color, rotated.color);
  assert.notEqual(unrotated.color, s2cnn.color);
  assert.equal(unrotated.dash, s2cnn.dash);
  assert.notEqual(unrotated.dash, rotated.dash);
});

test('bars over different numbers of seeds say so', () => {
  const uneven = study().filter((r) => r.seed === 1 || r.family === 's2cnn');
  assert.match(wordsOf(equivarianceVersusAugmentation(uneven, segmentation)), /range over 1 to 2 seeds/);
});

test('a single training beside a study has a curve, and no say in what the study found', () => {
  const mine = { model: 'cnn-quick-large (mine)', run: 'mine', family: 'cnn', setting: 'mine' } as const;
  const run = { ...row({ images: 8000, rotations: 8000, scoreRotated: 90 }), ...mine };
  const figure = equivarianceVersusAugmentation([...study(), run], segmentation);
  assert.deepEqual(traceOf(figure, 'CNN 23k (mine)').y, [90]);
  assert.equal(titleOf(figure), titleOf(equivarianceVersusAugmentation(study(), segmentation)));
});

test('levels and rings of S2CNNs that had not converged say so: they are not drawn hollow', () => {
  const open = study().map((r) => (r.family === 's2cnn' ? { ...r, converged: false } : r));
  const words = wordsOf(equivarianceVersusAugmentation(open, segmentation));
  assert.match(words, /70\.5 with 2k<br>unrotated images<br>not converged/);
  assert.match(words, /All CNNs converged/);
  const mnist = open.map((r) => ({ ...r, dataset: 'mnist' as const }));
  assert.match(wordsOf(gapByTask(mnist, paper, {})), /S2CNN not converged, 1 of 1/);
  assert.match(wordsOf(besideThePaper(mnist, paper, segmentation)), /ours not converged/);
});
