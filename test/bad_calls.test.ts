import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import * as typed from '../src/index';
import { readArrays } from '../src/training/arrays';
import { saidLike } from './said';

/** As someone without types may call it. */
// biome-ignore lint/suspicious/noExplicitAny: what types would refuse is what is tried
const es = typed as any;

const place = mkdtempSync(join(tmpdir(), 'bad-calls-'));
writeFileSync(join(place, 'file'), 'x');
mkdirSync(join(place, 'networks'));
mkdirSync(join(place, 'results'));
writeFileSync(join(place, 'networks', 'rubbish.weights'), 'rubbish');
const published = join(__dirname, '..', 'data', 'networks', 's2cnn-150k.weights');
const cut = readFileSync(published).subarray(0, 5000);
writeFileSync(join(place, 'networks', 'cut.weights'), cut);
writeFileSync(join(place, 'results', 'x.jsonl'), 'rubbish\n');

const options = { task: 'classification', bandwidth: 8, seed: 1 };
const s2cnn = {
  task: 'classification',
  bandwidth: 8,
  features: [4],
  bandLimits: [4],
  maxBeta: [0.1],
  classes: 10,
};
const cnn = { task: 'classification', size: 16, features: [4], kernelSizes: [3], strides: [1], classes: 10 };
const layer = { filters: 1, bandOut: 4, maxBeta: 0.1 };
const turn = es.rotationZYZ(0.1, 0.2, 0.3);
const digits = es.drawGlyphs(20, 1);
const recipe = { digits, bandwidth: 8, images: 8, seed: 1 };
const spheres = es.sphericalDataset(recipe);
const sets = { train: spheres, validation: spheres };
const quick = es.tierOf('quick');
const fields = {
  ...{
    tier: 'quick',
    task: 'segmentation',
    dataset: 'glyphs',
    model: 'cnn-quick-small',
    bandwidth: 8,
    images: 64,
  },
  ...{ rotations: 64, validationImages: 32, testImages: 32, seed: 1, steps: 12, batchSize: 16 },
  ...{ learningRate: 0.003, schedule: 'cosine', validateEvery: 4 },
};
const points = [1, 2, 3, 4].map((images) => ({ images, score: 10 * images }));
const ones = (count: number) => new Float64Array(count).fill(1);
const zeros = (...shape: number[]) => tf.zeros(shape);
let model: tf.LayersModel;

/** A call, and what is said, with … for anything. */
type Table = [call: () => unknown, said: string][];

const tables: Record<string, Table> = {
  'the engine': [
    [
      () => es.startEngine({ engin: 'wasm' }),
      'unknown key of startEngine "engin": did you mean "engine"? (known: …)',
    ],
    [() => es.startEngine({ engine: 'wsm' }), 'unknown engine "wsm": did you mean "wasm"? (known: …)'],
    [() => es.startEngine({ gemm: 'mkl' }), 'unknown gemm "mkl" (known: blas, simd)'],
    [() => es.startEngine({ threads: 0 }), 'threads: expected an integer from 1 to 64, got 0'],
    [() => es.startEngine({ threads: 'x' }), 'threads: expected an integer from 1 to 64, got "x"'],
    [() => es.startEngine('wasm'), 'startEngine: expected an object of engine, gemm, threads, got "wasm"'],
    [() => es.startEngine(null), 'startEngine: expected an object of engine, gemm, threads, got null'],
  ],
  networks: [
    [
      () => es.buildModel('s2cnn-quik', options),
      'unknown model "s2cnn-quik": did you mean "s2cnn-quick"? (known: …)',
    ],
    [
      () => es.buildModel('s2cnn-quick'),
      'buildModel: expected an object of task, bandwidth, inputRange, seed, got undefined',
    ],
    [
      () => es.buildModel('s2cnn-quick', { ...options, sed: 1 }),
      'unknown key of buildModel "sed": did you mean "seed"? (known: …)',
    ],
    [
      () => es.buildModel('s2cnn-quick', { ...options, seed: undefined }),
      's2cnn-quick: seed: expected an integer of at least 0, got undefined',
    ],
    [
      () => es.buildModel('s2cnn-quick', { ...options, seed: 'one' }),
      's2cnn-quick: seed: expected an integer of at least 0, got "one"',
    ],
    [
      () => es.buildModel('s2cnn-quick', { ...options, task: 'clasification' }),
      'unknown task "clasification": did you mean "classification"? (known: …)',
    ],
    [
      () => es.buildModel('cnn-quick-small', { ...options, task: undefined }),
      'unknown task "undefined" (known: …)',
    ],
    [() => es.buildModel('cnn-1m', options), 'cnn-1m is a network for segmentation, not for classification'],
    [
      () => es.buildModel('s2cnn-quick', { ...options, bandwidth: 0 }),
      's2cnn-quick: bandwidth: expected an integer of at least 1, got 0',
    ],
    [
      () => es.buildModel('s2cnn-quick', { ...options, bandwidth: '8' }),
      's2cnn-quick: bandwidth: expected an integer of at least 1, got "8"',
    ],
    [
      () => es.buildModel('cnn-quick-small', { ...options, bandwidth: 2.5 }),
      'cnn-quick-small: bandwidth: expected an integer of at least 1, got 2.5',
    ],
    [
      () => es.buildModel('cnn-quick-small', { ...options, bandwidth: 2 }),
      'cnn: kernel 2 of 3 does not fit its image of 1',
    ],
    [
      () => es.buildModel('cnn-quick-small', { ...options, inputRange: 0 }),
      'cnn-quick-small: inputRange: expected a number above 0, got 0',
    ],
    [() => es.s2cnn(), 's2cnn: expected an object of task, …, got undefined'],
    [() => es.s2cnn({ ...s2cnn, band: 4 }), 'unknown key of s2cnn "band" (known: …)'],
    [
      () => es.s2cnn({ ...s2cnn, features: [4, 4] }),
      's2cnn: 2 features for classification need 2 bandLimits and 2 entries of maxBeta, got 1 and 1',
    ],
    [() => es.s2cnn({ ...s2cnn, features: 4 }), 's2cnn: features must be a list of numbers, got 4'],
    [
      () => es.s2cnn({ ...s2cnn, maxBeta: [2] }),
      's2cnn: maxBeta: expected numbers above 0, at most 1, got 2',
    ],
    [() => es.s2cnn({ ...s2cnn, channels: 0 }), 's2cnn: channels: expected an integer of at least 1, got 0'],
    [
      () => es.s2cnn({ ...s2cnn, upsampling: 'exakt' }),
      'unknown upsampling "exakt": did you mean "exact"? (known: exact, released)',
    ],
    [
      () => es.s2cnn({ ...s2cnn, oversampling: 3 }),
      's2cnn: oversampling: expected a number from 1 to 2, got 3',
    ],
    [
      () => es.s2cnn({ ...s2cnn, inputScale: Number.NaN }),
      's2cnn: inputScale: expected a number above 0, got NaN',
    ],
    [() => es.s2cnn({ ...s2cnn, logitScale: 0 }), 's2cnn: logitScale: expected a number above 0, got 0'],
    [() => es.s2cnn({ ...s2cnn, skips: 'yes' }), 's2cnn: skips: expected true or false, got yes'],
    [() => es.s2cnn({ ...s2cnn, seed: 1.5 }), 's2cnn: seed: expected an integer of at least 0, got 1.5'],
    [() => es.cnn({}), 'unknown task "undefined" (known: classification, segmentation)'],
    [() => es.cnn({ ...cnn, strides: [0] }), 'cnn: strides: expected an integer of at least 1, got 0'],
    [
      () => es.cnn({ ...cnn, features: [4, 4] }),
      'cnn: features, kernelSizes and strides have 2, 1 and 1 entries',
    ],
    [() => es.cnn({ ...cnn, padding: 'same' }), 'unknown padding "same" (known: valid, azimuth)'],
    [
      () => es.cnn({ ...cnn, inputScale: Number.POSITIVE_INFINITY }),
      'cnn: inputScale: expected a number above 0, got Infinity',
    ],
    [() => es.cnn({ ...cnn, skips: 1 }), 'cnn: skips: expected true or false, got 1'],
    [() => model.predict(zeros(0, 16, 16, 1)), 'cnn: predict: expected an image or more, got [0, 16, 16, 1]'],
    [() => es.loadModel(join(place, 'nowhere')), `no saved model: ${place}/nowhere/model.json is not there`],
    [
      () => es.loadNetwork('s2cnn-205k'),
      'unknown network "s2cnn-205k": did you mean "s2cnn-204k"? (known: …)',
    ],
    [
      () => es.loadNetwork('s2cnn-204k', join(place, 'nowhere')),
      `no trained networks in ${place}/nowhere; \`equisphere networks\` publishes those of a run`,
    ],
    [() => es.loadNetwork('s2cnn-204k', join(place, 'file')), `no trained networks in ${place}/file; …`],
    [
      () => es.loadNetwork('rubbish', join(place, 'networks')),
      `${place}/networks/rubbish.weights: not a file of weights, or one of another version`,
    ],
    [
      () => es.loadNetwork('cut', join(place, 'networks')),
      `${place}/networks/cut.weights: damaged or cut short (the checksum does not fit); put a whole copy in its place`,
    ],
    [
      () => readArrays(join(place, 'file')),
      `${place}/file: not a file of weights, or one of another version`,
    ],
  ],
  layers: [
    [() => new es.S2Conv(), 's2Conv: expected an object of filters, …, got undefined'],
    [
      () => new es.S2Conv({ ...layer, filters: 0 }),
      's2Conv: filters: expected an integer of at least 1, got 0',
    ],
    [
      () => new es.S2Conv({ ...layer, filter: 1 }),
      'unknown key of s2Conv "filter": did you mean "filters"? (known: …)',
    ],
    [
      () => new es.S2Conv({ ...layer, maxBeta: undefined }),
      's2Conv: maxBeta is in units of pi: expected a number in (0, 1], got undefined',
    ],
    [
      () => new es.S2Conv({ ...layer, activation: 'tanh' }),
      'unknown activation "tanh" (known: relu, linear)',
    ],
    [
      () => new es.S2Conv({ ...layer, gridOut: 3 }),
      's2Conv: gridOut: expected an integer of at least 4, got 3',
    ],
    [
      () => new es.S2Conv({ ...layer, bandIn: 9 }).apply(zeros(1, 8, 8, 1)),
      's2Conv: a grid of bandwidth 4 holds no signal of band limit 9',
    ],
    [
      () => new es.S2Conv(layer).apply(zeros(1, 8, 7, 1)),
      's2Conv: expected [batch, 2b, 2b, channels], got [1, 8, 7, 1]',
    ],
    [() => new es.S2Conv(layer).apply(zeros(8, 8)), 's2Conv: expected [batch, 2b, 2b, channels], got [8, 8]'],
    [
      () => new es.SO3Conv(layer).apply(zeros(1, 8, 8, 1)),
      'so3Conv: expected [batch, 2b, 2b, 2b, channels], got [1, 8, 8, 1]',
    ],
    [
      () => new es.SO3ToS2(layer).apply(zeros(1, 8, 8, 8)),
      'so3ToS2: expected [batch, 2b, 2b, 2b, channels], got [1, 8, 8, 8]',
    ],
    [
      () => new es.SO3Shortcut({ filters: 1 }),
      'so3Shortcut: bandOut: expected an integer of at least 1, got undefined',
    ],
    [() => new es.SO3Integrate({ filters: 1 }), 'unknown key of so3Integrate "filters" (known: …)'],
    [
      () => new es.SO3Integrate().apply(zeros(1, 8, 8, 8)),
      'so3Integrate: expected [batch, 2b, 2b, 2b, channels], got [1, 8, 8, 8]',
    ],
    [
      () => es.kernelGrid(),
      'kernelGrid: maxBeta is in units of pi: expected a number in (0, 1], got undefined',
    ],
    [() => es.kernelGrid(1.5), 'kernelGrid: maxBeta is in units of pi: expected a number in (0, 1], got 1.5'],
  ],
  data: [
    [() => es.loadDigits('mnits'), 'unknown data set "mnits": did you mean "mnist"? (known: …)'],
    [
      () => es.loadDigits('mnist', { foldr: place }),
      'unknown key of loadDigits "foldr": did you mean "folder"? (known: …)',
    ],
    [
      () => es.loadDigits('mnist', { onFallback: 'glyps' }),
      'unknown onFallback "glyps": did you mean "glyphs"? (known: glyphs, error)',
    ],
    [
      () => es.loadDigits('glyphs', { glyphs: { train: -1, test: 1 } }),
      'drawGlyphs: count: expected an integer of at least 0, got -1',
    ],
    [
      () => es.loadDigits('mnist', { folder: join(place, 'nowhere'), download: false, onFallback: 'error' }),
      'MNIST is not in …nowhere/mnist or …nowhere/MNIST/raw (download switched off). Put the four IDX files into one of these, data/README.md says which; or ask for "glyphs" by name.',
    ],
    [() => es.drawGlyphs(1, 'x'), 'drawGlyphs: seed: expected an integer of at least 0, got "x"'],
    [() => es.splitDigits(digits, 20), 'splitDigits: held: expected an integer from 1 to 19, got 20'],
    [
      () => es.splitDigits(),
      "splitDigits: expected images with labels, as `(await loadDigits('mnist')).train`, got undefined",
    ],
    [
      () => es.splitDigits({ ...digits, count: 19 }),
      'splitDigits: expected 14896 pixels and 19 labels, got 15680 and 20',
    ],
    [() => es.datasetTitle('mnits'), 'unknown data set "mnits": did you mean "mnist"? (known: …)'],
    [
      () => es.projectToSphere(new Uint8Array(100), { bandwidth: 8 }),
      'projectToSphere: expected images [n, 28, 28], got 100 bytes',
    ],
    [
      () => es.projectToSphere(new Uint8Array(784)),
      'projectToSphere: expected an object of bandwidth, rotation, mode, faults, got undefined',
    ],
    [
      () => es.projectToSphere(new Uint8Array(784), { bandwidth: 8, mode: 'korrected' }),
      'unknown mode "korrected": did you mean "corrected"? (known: …)',
    ],
    [
      () => es.projectToSphere(new Uint8Array(784), { bandwidth: 8, rotation: [turn, turn] }),
      'projectToSphere: expected 1 rotations, one per image, got 2',
    ],
    [
      () => es.projectToSphere(new Uint8Array(784), { bandwidth: 8, rotation: ones(9) }),
      'projectToSphere: expected a rotation, got another matrix: [1,1,1,1,1,1,1,1,1]',
    ],
    [() => es.sphericalDataset(), 'sphericalDataset: expected an object of digits, …, got undefined'],
    [
      () => es.sphericalDataset({ ...recipe, digits: undefined }),
      'sphericalDataset: expected images with labels, …',
    ],
    [
      () => es.sphericalDataset({ ...recipe, images: 0 }),
      'sphericalDataset: images: expected an integer of at least 1, got 0',
    ],
    [
      () => es.sphericalDataset({ ...recipe, rotations: 9 }),
      'sphericalDataset: rotations: expected an integer from 0 to 8, got 9',
    ],
    [
      () => es.sphericalDataset({ ...recipe, digitsPerSphere: 9 }),
      'sphericalDataset: digitsPerSphere: expected an integer from 1 to 4, got 9',
    ],
    [
      () => es.sphericalDataset({ ...recipe, image: 4 }),
      'unknown key of sphericalDataset "image": did you mean "images"? (known: …)',
    ],
    [
      () => es.sphericalDataset({ ...recipe, faults: { grit: true } }),
      'unknown key of faults "grit": did you mean "grid"? (known: …)',
    ],
    [
      () => es.segmentationMask(new Uint8Array(5), new Uint8Array(1), 8),
      'segmentationMask: expected [1, 16, 16], got 5 values',
    ],
  ],
  training: [
    [
      () => es.train(undefined, sets, { ...options, steps: 1 }),
      'unknown key of train "bandwidth" (known: …)',
    ],
    [
      () => es.train(undefined, sets, { task: 'classification', seed: 1, steps: 1 }),
      'train: expected a network, as from buildModel, got undefined',
    ],
    [
      () => es.train(model, { train: spheres }, { task: 'classification', seed: 1, steps: 1 }),
      'train: expected spheres with labels and masks, as from sphericalDataset, got undefined',
    ],
    [
      () => es.train(model, { ...sets, test: spheres }, { task: 'classification', seed: 1, steps: 1 }),
      'unknown key of the data of train "test" (known: train, validation)',
    ],
    [
      () => es.train(model, spheres, { task: 'classification', seed: 1, steps: 1 }),
      'unknown key of the data of train "count" (known: train, validation)',
    ],
    [
      () => es.train(model, sets, { task: 'classification', seed: 1 }),
      'train: expected either epochs or steps, got neither',
    ],
    [
      () => es.train(model, sets, { task: 'segmentation', seed: 1, steps: 1 }),
      "train: the network's logits for segmentation: expected [batch, 16, 16, 11], got [?, 10]",
    ],
    [() => es.evaluate(model, spheres), 'unknown task "undefined" (known: classification, segmentation)'],
    [
      () => es.evaluate(tf, spheres, 'classification'),
      'evaluate: expected a network, as from buildModel, got object',
    ],
    [
      () => es.evaluate(model, undefined, 'classification'),
      'evaluate: expected spheres with labels and masks, as from sphericalDataset, got undefined',
    ],
    [
      () => es.evaluate(model, spheres, 'classification', { batch: 4 }),
      'unknown key of evaluate "batch" (known: …)',
    ],
    [
      () => es.confusionMatrix([1], [1, 2], 3),
      'confusionMatrix: expected a target for each of 1 predictions, got 2',
    ],
    [() => es.confusionMatrix([3], [1], 3), 'confusionMatrix[0]: expected an integer from 0 to 2, got 3'],
    [
      () => es.segmentationMetrics([[1, 2]]),
      'segmentationMetrics: expected counts [classes][classes], background first',
    ],
    [
      () => es.segmentationMetrics([]),
      'segmentationMetrics: expected counts [classes][classes], background first',
    ],
  ],
  mathematics: [
    [() => es.betas(0), 'bandwidth: expected an integer of at least 1, got 0'],
    [() => es.quadratureWeights('8'), 'bandwidth: expected an integer of at least 1, got "8"'],
    [() => es.s2Analysis(ones(5), 2), 's2Analysis: expected 16 numbers, got 5'],
    [() => es.s2Synthesis(ones(5), 2), 's2Synthesis: expected 4 numbers, got 5'],
    [() => es.so3Analysis(ones(5), 2), 'so3Analysis: expected 64 numbers, got 5'],
    [() => es.so3Synthesis(ones(5), 2, 2), 'so3Synthesis: expected 10 numbers, got 5'],
    [() => es.s2Analysis(undefined, 2), 's2Analysis: expected 16 numbers, got undefined'],
    [() => es.s2Analysis(ones(9), 1.5), 's2Analysis: bandwidth: expected an integer of at least 1, got 1.5'],
    [
      () => es.s2Analysis(ones(16), 2, 1.5),
      's2Analysis: degrees: expected an integer of at least 0, got 1.5',
    ],
    [() => es.s2Synthesis(ones(4), -2), 's2Synthesis: bandwidth: expected an integer of at least 1, got -2'],
    [
      () => es.so3Analysis(ones(64), 2, -1),
      'so3Analysis: degrees: expected an integer of at least 0, got -1',
    ],
    [
      () => es.so3Synthesis(ones(10), 2.5, 2),
      'so3Synthesis: degrees: expected an integer of at least 0, got 2.5',
    ],
    [
      () => es.rotateS2(ones(9), 1.5, turn),
      's2Analysis: bandwidth: expected an integer of at least 1, got 1.5',
    ],
    [() => es.rotateSO3(ones(63), 2, turn), 'so3Analysis: expected 64 numbers, got 63'],
    [
      () => es.wignerByDegree(0.5, 0, 3, [0.1]),
      'wignerByDegree: order: expected a number that is an integer, got 0.5',
    ],
    [
      () => es.wignerByDegree(0, 0, 2.5, [0.1]),
      'wignerByDegree: degrees: expected an integer of at least 0, got 2.5',
    ],
    [() => es.wignerByDegree(0, 0, 2, 0.1), 'wignerByDegree: expected a list of angles in radians, got 0.1'],
    [
      () => es.realRotationMatrix(ones(9), 2, 0, 0),
      'realRotationMatrix: expected 5 x 5 numbers for degree 2, got 9',
    ],
    [
      () => es.realRotationMatrix(ones(9), 1.5, 0, 0),
      'realRotationMatrix: degree: expected an integer of at least 0, got 1.5',
    ],
    [
      () => es.realRotationMatrix(ones(9), 1, 0, Number.NaN),
      'realRotationMatrix: angle: expected a number of radians, got NaN',
    ],
    [
      () => es.rotateS2(ones(16), 2, [1, 2]),
      'anglesZYZ: expected a rotation, 9 finite numbers row by row, got [1,2]',
    ],
    [
      () =>
        es.rotateS2(
          ones(16),
          2,
          turn.map(() => Number.NaN),
        ),
      'anglesZYZ: expected a rotation, 9 finite numbers row by row, got [NaN,…]',
    ],
    [
      () =>
        es.rotateSO3(
          ones(64),
          2,
          turn.map((x: number) => -x),
        ),
      'anglesZYZ: expected a rotation, got a reflection: […]',
    ],
    [() => es.rotationZYZ(0, 1), 'rotationZYZ: expected a number of radians, got undefined'],
    [() => es.rotationZYZ(0, Number.NaN, 1), 'rotationZYZ: expected a number of radians, got NaN'],
    [() => es.multiply(turn, ones(9)), 'multiply: expected a rotation, got another matrix: […]'],
    [() => es.inverse(ones(4)), 'inverse: expected a rotation, 9 finite numbers row by row, got [1,1,1,1]'],
    [() => es.anglesZYZ(), 'anglesZYZ: expected a rotation, 9 finite numbers row by row, got undefined'],
    [() => es.rotationFromUniforms(0, 2, 0), 'rotationFromUniforms: expected a number from 0 to 1, got 2'],
    [() => es.wignerMatrix(-1, 0.1), 'wignerMatrix: degree: expected an integer of at least 0, got -1'],
    [() => es.wignerMatrix(1, Number.NaN), 'wignerMatrix: beta: expected a number of radians, got NaN'],
    [
      () => es.realWignerMatrices(1.5, 0.1),
      'realWignerMatrices: degrees: expected an integer of at least 0, got 1.5',
    ],
    [
      () => es.interpolationError(0),
      'interpolationError: bandwidth: expected an integer of at least 1, got 0',
    ],
    [
      () => es.interpolationError(4, { degrees: 5 }),
      'interpolationError: degrees on a grid of bandwidth 4: expected an integer from 1 to 4, got 5',
    ],
    [
      () => es.equivarianceError((x: tf.Tensor) => x, [8, 7, 1]),
      'grid: expected [2b, 2b] on the sphere or [2b, 2b, 2b] on the group, got [8, 7]',
    ],
    [
      () => es.equivarianceError((x: tf.Tensor) => x, [8, 8, 1], { trial: 1 }),
      'unknown key of equivarianceError "trial": did you mean "trials"? (known: …)',
    ],
    [
      () => es.equivarianceError((x: tf.Tensor) => x.mul(Number.NaN), [8, 8, 1]),
      'equivarianceError: the output is not finite',
    ],
  ],
  experiments: [
    [() => es.experiment(), 'experiment: expected an object of bandwidth, …, got undefined'],
    [() => es.experiment({}), 'experiment: "bandwidth" is missing'],
    [() => es.runExperiment(), 'runExperiment: expected an experiment, as from experiment(), got undefined'],
    [
      () => es.experiment({ ...fields, sed: 1 }),
      'unknown key of experiment "sed": did you mean "seed"? (known: …)',
    ],
    [
      () => es.experiment({ ...fields, rotations: 65 }),
      'experiment: rotations: expected an integer from 0 to 64, got 65',
    ],
    [
      () => es.experiment({ ...fields, learningRate: '1e-3' }),
      'experiment: learningRate: expected a number above 0, got "1e-3"',
    ],
    [
      () => es.experiment({ ...fields, images: 0 }),
      'experiment: images: expected an integer of at least 1, got 0',
    ],
    [
      () => es.experiment({ ...fields, tier: '../x' }),
      'experiment: tier: expected a name of letters, digits, "-" and "_", got "../x"',
    ],
    [
      () => es.experiment({ ...fields, network: { family: 'rnn' } }),
      'unknown family of networks "rnn": did you mean "cnn"? (known: s2cnn, cnn)',
    ],
    [() => es.tierOf('qick'), 'unknown tier "qick": did you mean "quick"? (known: …)'],
    [
      () => es.gridOf(quick),
      'gridOf: expected an object of dataset, tasks, models, parts, seeds, got undefined',
    ],
    [() => es.gridOf('quick', { dataset: 'mnist' }), 'gridOf: expected a tier, as from tierOf, got quick'],
    [
      () => es.gridOf(quick, { dataset: 'mnist', task: ['segmentation'] }),
      'unknown key of gridOf "task": did you mean "tasks"? (known: …)',
    ],
    [
      () => es.gridOf(quick, { dataset: 'mnits' }),
      'unknown data set "mnits": did you mean "mnist"? (known: …)',
    ],
    [
      () => es.gridOf(quick, { dataset: 'mnist', seeds: 1 }),
      'gridOf: seeds: expected a list with an entry or more, got 1',
    ],
    [
      () => es.gridOf(quick, { dataset: 'mnist', seeds: [-1] }),
      'experiment: seed: expected an integer of at least 0, got -1',
    ],
    [
      () => es.gridOf(quick, { dataset: 'mnist', models: 's2cnn-quick' }),
      'gridOf: models: expected a list with an entry or more, got "s2cnn-quick"',
    ],
    [
      () => es.gridOf(quick, { dataset: 'mnist', models: [] }),
      'gridOf: models: expected a list with an entry or more, got an empty list',
    ],
    [() => es.runOne({ modle: 'cnn-1m' }), 'unknown key of runOne "modle": did you mean "model"? (known: …)'],
    [() => es.runOne({}), 'unknown task "undefined" (known: …)'],
  ],
  results: [
    [() => es.openResults(join(place, 'nowhere')), `no folder of results at ${place}/nowhere`],
    [() => es.openResults(join(place, 'file')), `no folder of results at ${place}/file`],
    [
      () => es.openResults(join(place, 'results'), {}, () => {}),
      `no finished experiment under ${place}/results; \`npm run reproduce\` makes some`,
    ],
    [
      () => es.openResults(undefined, { tier: 'none' }),
      'no finished experiment of none under …/data/published; `npm run reproduce` makes some',
    ],
    [
      () => es.openResults(undefined, { teir: 'quick' }),
      'unknown key of a choice of results "teir": did you mean "tier"? (known: …)',
    ],
    [() => es.where(undefined, () => true), 'expected a DataFrame, as from openResults, got undefined'],
    [() => es.where(es.openResults(), () => false), 'where: no row passes'],
    [
      () => es.meansBy(es.openResults(), ['modle'], 'scoreRotated'),
      'unknown column "modle": did you mean "model"? (known: …)',
    ],
    [
      () => es.selectStudy(es.readResults().rows, { teir: 'quick' }),
      'unknown key of a choice of results "teir": did you mean "tier"? (known: …)',
    ],
    [() => es.selectStudy([], { tier: 'quick' }), 'no results of quick'],
    [() => es.table(undefined), 'table: expected rows or a DataFrame, got undefined'],
    [() => es.fitSaturation([]), 'fitSaturation: expected at least 3 different numbers of images, got 0'],
    [
      () => es.fitSaturation(points.map(({ images }) => ({ images, score: Number.NaN }))),
      'fitSaturation: expected a number of images and a score, got 1 and NaN',
    ],
    [
      () => es.fitSaturation(points, { family: 'pow' }),
      'unknown family "pow" (known: straight, power, logistic)',
    ],
    [
      () => es.equivalentImages(es.fitSaturation(points), Number.NaN),
      'equivalentImages: expected a score in percent, got NaN',
    ],
    [
      () => es.fitSaturation(points.map(({ images }) => ({ images, score: 140 }))),
      'fitSaturation: expected scores in percent, got 140',
    ],
    [
      () => es.equivalentImages(es.fitSaturation(points), 140),
      'equivalentImages: expected a score in percent, got 140',
    ],
    [
      () => es.scoreAt(es.fitSaturation(points), 0),
      'scoreAt: number of images: expected a number above 0, got 0',
    ],
    [
      () => es.imagesWorth(points, [{ score: 30 }], {}),
      'imagesWorth: random: expected a generator, as from Random.of(1), got undefined',
    ],
    [
      () => es.meansBy(es.openResults(), ['model'], 'task'),
      'meansBy: task: expected a number in each row, got "…"',
    ],
    [() => es.twoWayTable([]), 'twoWayTable: expected scores, got none'],
    [() => es.trainingCurves([], []), 'trainingCurves: no validations'],
    [() => es.samples([], { view: {}, count: 1 }), 'samples: no sample sets'],
    [() => es.gapByTask([]), 'no study holds both an S2CNN and a CNN trained on rotated images'],
    [() => es.collapse([], { task: 'classification' }), 'no results of classification'],
    [
      () => es.collapse([], { task: 'clasification' }),
      'unknown task "clasification": did you mean "classification"? (known: …)',
    ],
    [
      () => es.exportFigure('a/b', { data: [], layout: {} }, place),
      'exportFigure: "a/b" cannot be the name of a file',
    ],
    [() => es.exportFigure('ab', undefined, place), 'exportFigure: ab: expected a figure, got undefined'],
    [
      () => es.exportFigure('ab', { data: [], layout: {} }, join(place, 'file')),
      `${place}/file: expected a folder, found a file`,
    ],
    [
      () => es.writeFigures({ results: join(place, 'nowhere'), folder: place }),
      `no folder of results at ${place}/nowhere`,
    ],
  ],
};

before(async () => {
  await es.startEngine({ engine: 'wasm' });
  model = es.buildModel('cnn-quick-small', options);
});

describe('a bad call', () => {
  for (const [room, table] of Object.entries(tables))
    describe(`of ${room}`, () => {
      for (const [call, said] of table)
        it(`is told in one line: ${String(call).replace(/\s+/g, ' ').slice(6)}`, async () => {
          await assert.rejects(
            async () => call(),
            (error: Error) => {
              assert.equal(error.name, 'UsageError', error.stack);
              assert.match(error.message, saidLike(said));
              return true;
            },
          );
          assert.deepEqual(readdirSync(place).sort(), ['file', 'networks', 'results']);
        });
    });
});
