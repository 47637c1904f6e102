import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as convolution from '../../notebooks/answers/convolution_from_nothing';
import * as digits from '../../notebooks/answers/digits_on_a_sphere';
import * as harmonics from '../../notebooks/answers/harmonics';
import * as inside from '../../notebooks/answers/inside_a_network';
import * as saturation from '../../notebooks/answers/saturation_curves';
import * as figures from '../../notebooks/answers/the_figures';
import * as finding from '../../notebooks/answers/the_finding';
import * as training from '../../notebooks/answers/training';
import { experimentId } from '../../src/experiments/experiment';
import { experimentAt } from '../../src/experiments/grid';
import { tierOf } from '../../src/experiments/tiers';
import * as es from '../../src/index';
import { learningRateAt } from '../../src/training/learning_rate';
import { assertClose } from '../close';
import { startWasm } from '../engine_for_tests';

before(() => startWasm());

const glyphs = es.drawGlyphs(1000, 0, 'test');
const image = glyphs.pixels.slice(2 * 784, 3 * 784); // a 2
const upright = es.inverse(es.rotationZYZ(0, Math.PI / 2, 0));
const at = (bandwidth: number) =>
  Float64Array.from(es.projectToSphere(image, { bandwidth, rotation: upright }), (value) => value / 255);

test('notebook 1: the same answer, turned about its middle, mistaken pairs', async () => {
  const { model, card } = es.loadNetwork('s2cnn-150k');
  const b = card.experiment.bandwidth;
  const same = await finding.sameAnswers(model, image, b);
  assert.ok(same >= 15 && same <= 20, `${same} of 20`);
  const scores = await finding.scoresBySpin(model, glyphs, b);
  const [start, quarter, half, last] = [0, 3, 6, 9].map((i) => scores[i]);
  for (const turned of [quarter, half, last])
    assert.ok(Math.abs(turned - start) <= 1, 'whole columns, but for a byte rounded the other way');
  assert.ok(Math.max(...scores) - Math.min(...scores) <= 5, scores.join(', '));
  const confusion = [
    [9, 2, 0],
    [1, 8, 4],
    [0, 3, 7],
  ];
  assert.deepEqual(finding.confusedPairs(confusion)[0], { pair: '1 and 2', errors: 7 });
  assert.equal(finding.confusedPairs(confusion).length, 3);
});

test('notebook 1: losses, levels and gaps as the notebook tells them', () => {
  const rows = es.readResults().rows.filter(({ task, tier }) => task === 'segmentation' && tier === 'quick');
  const lost = finding.losses(rows);
  assert.match(lost[0].model, /^cnn/);
  assert.equal(lost[2].model, 's2cnn-quick');
  assert.deepEqual(
    finding.firstLevel('classification').map(({ images }) => images),
    [120_000, 50_000, 60_000],
  );
  assert.ok(finding.firstLevel('segmentation').every(({ images }) => images === undefined));
  const gaps = finding.paperGaps('segmentation').map(({ dataset, gap }) => [dataset, Math.round(gap)]);
  assert.deepEqual(Object.fromEntries(gaps), { mnist: 12, 'mnist-4digits': 11, 'fashion-mnist': 12 });
  assert.equal(finding.pointsRight(Uint8Array.of(0, 0, 3, 3), Uint8Array.of(0, 0, 3, 0)), 0.75);
});

test('notebook 2: corners beyond the equator, bandwidths, the rotation to azimuth 0', () => {
  assert.equal(digits.cornerAngle().toFixed(1), '93.4');
  assert.deepEqual(
    digits.atBandwidths(image).map(({ values }) => values.length),
    [64, 256, 1024, 4096],
  );
  const rotation = es.inverse(digits.uprightAtAzimuthZero());
  const sphere = es.projectToSphere(image, { bandwidth: 16, rotation });
  const [front, back] = [sphere.filter((_, i) => i % 32 < 8 || i % 32 > 24), sphere];
  const ink = (values: Uint8Array) => values.reduce((sum, value) => sum + value, 0);
  assert.equal(ink(front), ink(back), 'all ink lies within 90 degrees of azimuth 0');
});

test('notebook 2: whole columns shift exactly, half columns do not', () => {
  assert.equal(digits.shiftError(image, 4), 0);
  assert.ok(digits.shiftError(image, 3.5) > 100);
});

test('notebook 2: the mean of cos^2 needs bandwidth 2', () => {
  assert.equal(digits.meanOfSquare(1), 0.5);
  assertClose([digits.meanOfSquare(2)], [1 / 3], 1e-14);
});

test('notebook 2: a random axis and a random angle are not the Haar measure', () => {
  const random = es.Random.of(1, 'axis');
  const rotations = Array.from({ length: 20_000 }, () => digits.aboutRandomAxis(random));
  const r = rotations[0];
  assertClose(es.multiply(r, es.inverse(r)), es.identity, 1e-14, 'a rotation');
  for (const share of es.lessons.zoneExcess(rotations)) assert.ok(share > 1, `${share}`);
});

test('notebook 2: background, four different digits, areas, the pole', () => {
  assert.ok(Math.abs(digits.backgroundShare(glyphs) - 0.93) < 0.01);
  assert.ok(Math.abs(digits.allDifferent(glyphs, 1000) - 0.504) < 0.05);
  const areas = digits.areaByClass(glyphs);
  assert.equal(areas.length, 10);
  assert.ok(areas[1] < areas[8], 'a 1 is smaller than an 8');
  assert.equal(digits.firstBandwidthAtPole(), 1048);
});

test('notebook 3: xy is one harmonic; degree 1 about z; odd degrees negated', () => {
  assert.deepEqual(harmonics.coefficientsOfXY(), ['l = 2, m = -2']);
  const library = es.realRotationMatrix(es.realWignerMatrices(2, 0)[1], 1, 0.7, 0);
  assertClose(harmonics.turnAboutZ(0.7).flat(), library, 1e-14);
  const smooth = es.s2Synthesis(es.s2Analysis(at(8), 8), 8);
  const opposite = smooth.map((_, i) => smooth[(15 - Math.floor(i / 16)) * 16 + ((i + 8) % 16)]);
  assertClose(harmonics.oddNegated(smooth, 8), opposite, 1e-12, 'f(-p)');
});

test('notebook 3: degrees for a share of the power; finer grids; traces; the sum at the pole', () => {
  assert.equal(harmonics.degreesFor(0.75, [5, 2, 2, 1]), 3);
  const errors = harmonics.interpolationErrors(es.s2Analysis(at(16), 16), es.rotationZYZ(0.3, 0.8, 0.1));
  assert.ok(errors[0] > 3 * errors[1] && errors[1] > 3 * errors[2], errors.join(', '));
  const r = es.rotationZYZ(0.3, 1.2, 2);
  const [alpha, beta, gamma] = es.anglesZYZ(r);
  const matrix = es.realRotationMatrix(es.realWignerMatrices(4, beta)[3], 3, alpha, gamma);
  const trace = [0, 1, 2, 3, 4, 5, 6].reduce((sum, i) => sum + matrix[8 * i], 0);
  assertClose([harmonics.traceByAngle(3, r)], [trace], 1e-12);
  const c = Math.cos(0.9);
  assertClose([harmonics.sumAtPole(3, 0.9)], [(5 * c ** 3 - 3 * c) / 2], 1e-14);
});

test('notebook 4: constants, equal weights, a fixed map, four arms', async () => {
  const weights = Array.from({ length: 24 }, (_, i) => i / 24);
  const layer = new es.S2Conv({ filters: 1, bandOut: 4, maxBeta: 0.4 });
  const answer = await es.lessons.applyFilter(layer, new Float64Array(64).fill(1), weights);
  assertClose(answer, answer.map(() => convolution.answerToOne(weights)), 1e-5); // biome-ignore format: one line
  assert.ok(convolution.changeAlongGamma(at(4)) < 1e-12);
  assert.ok((await convolution.errorOfFixedMap()) > 0.5);
  assert.equal(await convolution.periodOfFourArms(at(16)), 8);
});

test('notebook 4: a moved weight, any vector, a ReLU, single weights', async () => {
  const group = es.so3Synthesis(Float64Array.from({ length: 84 }, (_, i) => Math.sin(i)), 4, 4); // biome-ignore format: one line
  assert.ok((await convolution.changeByMovedWeight(group)) < 1e-5);
  assert.ok(convolution.errorOfVector(group, 4, (n, l) => Math.cos(3 * n + l)) < 1e-12);
  const relu = await convolution.errorWithRelu();
  assert.ok(relu > 0.01 && relu < 0.1, `${relu}`);
  assert.equal(convolution.withoutDoubles([11, 12, 13, 14, 13, 12, 11], 11), 178_609);
});

test('notebook 5: numbers held, blind filters, no ReLU', async () => {
  const network = es.loadNetwork('s2cnn-150k');
  const sphere = at(16);
  const maps = await es.lessons.featureMaps(network.model, sphere);
  assert.equal(inside.numbersHeld(maps.slice(0, 2)), 10 * 20 ** 3 + 15 * 12 ** 3);
  assert.ok((await inside.errorWithoutRelu(network, [sphere])) < 1e-5);
  const data = es.sphericalDataset({ digits: glyphs, bandwidth: 16, images: 60, seed: 1 });
  const seeing = (await es.evaluate(network.model, data, 'classification')).score;
  assert.ok((await inside.accuracyBlind(network, data)) < seeing);
  assert.equal((await es.evaluate(network.model, data, 'classification')).score, seeing, 'weights as before');
  const finer = await inside.accuracyOversampled(network, 1, data);
  assert.equal(finer, seeing, 'an oversampling of 1 is none');
});

test('notebook 5: a leaky ReLU, a square, a CNN that goes round, shifts averaged', async () => {
  assertClose([0, 0.5].map(inside.newPower), [0.5, 0.1], 1e-4);
  const [folded, exact] = [1.25, 1.5].map((factor) => inside.errorOfSquare(factor));
  assert.ok(folded > 0.01 && exact < 1e-12, `${folded}, ${exact}`);
  const sphere = at(16);
  assert.equal(await inside.shiftErrorRound(sphere), 0);
  const network = es.loadNetwork('cnn-114k-rotated');
  const shifted = sphere.map((_, i) => sphere[i - (i % 32) + (((i % 32) + 5) % 32)]);
  const [one, other] = [await inside.averagedOverShifts(network, sphere), await inside.averagedOverShifts(network, shifted)]; // biome-ignore format: one line
  assertClose(one, other, 1e-5);
  assertClose([Array.from(one).reduce((sum, p) => sum + p, 0)], [1], 1e-5);
});

test('notebook 6: points of digits, rates, steps in a time, spheres to a score', async () => {
  const set = (rotations: number) =>
    es.sphericalDataset({ digits: glyphs, bandwidth: 8, images: 200, rotations, seed: 1 });
  const [upright, turned] = [set(0), set(200)];
  assert.ok(training.digitPoints(upright) > 1.2 * training.digitPoints(turned));
  const plan = { schedule: 'cosine', learningRate: 1e-2, warmup: 20, steps: 100 } as const;
  for (const step of [0, 19, 20, 30, 99])
    assertClose(
      [training.warmedUpRate(step, 100, 20, 1e-2)],
      [learningRateAt(plan, step, { from: 100, end: 100, atPlateau: false })],
      1e-12,
    );
  const model = es.buildModel('cnn-quick-small', { task: 'classification', bandwidth: 8, seed: 1 });
  const steps = await training.stepsIn(1, model, { train: turned, validation: upright });
  assert.ok(steps > 0 && steps < 1_000_000, `${steps}`);
  const validations = [10, 20, 30].map(
    (score) => ({ validationScore: score, spheres: 100 * score }) as es.ValidationRow,
  );
  assert.deepEqual(
    [training.spheresTo(validations, 15), training.spheresTo(validations, 99)],
    [2000, undefined],
  );
});

test('notebook 6: what is read, agreement, spheres of a rotation, blind spheres', () => {
  const confusion = [
    [3, 1],
    [1, 1],
  ];
  assert.deepEqual(training.readByDigit(confusion), [75, 50]);
  assert.equal(training.agreement(Uint8Array.of(1, 2, 3, 4), Uint8Array.of(1, 2, 0, 4)), 75);
  assert.deepEqual([training.spheresPerRotation(6000, 12), training.spheresPerRotation(5, 0)], [500, 5]);
  assert.equal(training.blindSpheres(Uint8Array.of(0, 0, 0, 4), 2), 1);
});

test('notebook 7: the intersection over union, leads, heights, favourites', () => {
  const confusion = [
    [90, 2, 0],
    [4, 6, 2],
    [0, 1, 8],
  ];
  assertClose([figures.meanIou(confusion)], [es.segmentationMetrics(confusion).nonBackgroundIoU], 1e-9);
  assert.deepEqual(figures.favourite(confusion), { answer: 0, share: (100 * 92) / 113 });
  const quick = es.readResults().rows.filter(({ task, tier }) => task === 'segmentation' && tier === 'quick');
  const leads = figures.leads(quick);
  assert.equal(leads.length, 2);
  assert.ok(leads.every(({ model, lead }) => model.startsWith('cnn') && lead > 10));
  const study = es.readResults().rows.filter(({ task, tier }) => task === 'segmentation' && tier === 'study');
  const [first] = figures.heights(study, 'segmentation');
  const printed = es
    .readPaperCurves()
    .filter((p) => p.model === 'S2CNN 204k' && p.dataset === 'mnist' && p.testRotated && !p.trainRotated);
  assert.equal(first.paper, printed.find((p) => p.images === first.images)!.score);
  assert.equal(
    first.ours,
    study.find((row) => row.family === 's2cnn' && row.images === first.images)?.scoreRotated,
  );
});

test('notebook 7: images for a score, gains, seconds, shares wrong, traces', () => {
  const points = [1, 2, 4, 8, 16].map((k) => ({ images: 1000 * k, score: 20 + 10 * Math.log2(k) }));
  assert.ok(Math.abs(Number(figures.imagesFor(points, 45)) - 5657) < 100, figures.imagesFor(points, 45));
  assert.match(figures.imagesFor(points, 99.9), /4 times as many/);
  const row = es.readResults().rows[0];
  const rows = [
    { ...row, images: 10, rotations: 10, scoreRotated: 30 },
    { ...row, images: 10, rotations: 1, scoreRotated: 12 },
  ];
  assert.deepEqual(figures.gainOfRotations(rows), [{ images: 10, gain: 18 }]);
  const validations = [10, 20, 30].map(
    (score) => ({ validationScore: score, seconds: 2 }) as es.ValidationRow,
  );
  assert.deepEqual([figures.secondsTo(validations, 15), figures.secondsTo(validations, 99)], [4, undefined]);
  const set = { count: 2, masks: Uint8Array.of(0, 1, 0, 1), predictions: Uint8Array.of(0, 1, 1, 1) };
  assert.deepEqual(figures.sharesWrong(set as es.Results['samples'][number]), [0, 50]);
  const figure = { data: [{ name: 'S2CNN 1' }, { name: 'CNN' }, {}], layout: {}, alt: '' } as es.Figure;
  assert.equal(figures.onlyTraces(figure, 'S2CNN').data.length, 1);
});

test('notebook 8: fewest images, gain of a doubling, foretelling, limits, effects, what is answerable', () => {
  const points = [10, 12, 14, 16, 18].map((k) => ({ images: 2 ** k, score: k, converged: true }));
  assert.equal(saturation.fewestImages(points, 13), 2 ** 14);
  assertClose([saturation.gainPerDoubling(points), saturation.missBy(points, 'straight', 2 ** 18)], [1, 0], 1e-6); // biome-ignore format: one line
  assertClose([Number(saturation.imagesFor(points, 15))], [2 ** 15], 100);
  assert.equal(saturation.lastAnswerable(points), 20, 'four times beyond the data');
  const curve = [10, 11, 12, 13, 14, 15, 16].map((k) => ({
    images: 2 ** k,
    score: 50 / (1 + 2 ** (12 - k)),
  }));
  assertClose(saturation.limitsOverTime(curve).map(({ limit }) => limit), [50, 50], 0.1); // biome-ignore format: one line
  const scores = [1, 2].flatMap((i) =>
    [1, 2].map((j) => ({ images: i, rotations: j, score: 4 * i + 7 * j })),
  );
  assertClose([saturation.byRotations(es.twoWayTable(scores))], [7], 1e-6);
  const answer = (more: Partial<es.AnswerRow>) =>
    ({ models: ['a'], orbit: 1, turning: 'projection', oversampling: 1, score: 50, ...more }) as es.AnswerRow;
  const others = [{ orbit: 64, score: 60, oversampling: 2 }, { models: ['a', 'b'], orbit: 64 }, { models: ['b'] }, { orbit: 99, turning: 'spectrum' as const }]; // biome-ignore format: one line
  const answers = [answer({ orbit: 16, score: 47 }), answer({ orbit: 4, score: 49 }), answer({})];
  assert.deepEqual(saturation.gainOfTurning([...answers, ...others.map(answer)], 'projection'), [
    { network: 'a', gain: -3 },
    { network: 'b', gain: 0 },
  ]);
});

test('notebook 7: rotations take much from networks trained with coarse grids, nothing from those with finer ones', () => {
  const losses = figures.lossByGrid(es.readRelu().filter(({ task }) => task === 'classification'));
  const of = (grid: number) => losses.filter((row) => row.grid === grid).map(({ loss }) => loss);
  assert.deepEqual(of(1).map(Math.round), [4, 4, 11, 17]);
  assert.ok(Math.max(...of(1.5)) < 0.4, of(1.5).join(', '));
  assert.deepEqual(
    losses.slice(0, 4).map(({ images }) => images),
    [1000, 2500, 10_000, 60_000],
  );
});

test('notebook 7: trainings of 1,000 digits are added; those that the results hold are not made again', async () => {
  const { name } = await es.loadDigits('mnist', { onFallback: 'glyphs' });
  const rows = [40, 1000].map((rotations) => {
    const asked = { task: 'classification', model: 'cnn-quick-small', images: 1000, rotations } as const;
    const id = experimentId(experimentAt(tierOf('quick'), { ...asked, dataset: name }));
    return { id, rotations, scoreRotated: rotations, scoreUnrotated: 0, steps: 1 } as es.ResultRow;
  });
  const added: es.ResultRow[] = [];
  await figures.addThousand(added, { rows, validations: [], samples: [] });
  assert.deepEqual(added, rows);
});
