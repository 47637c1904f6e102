import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Experiment,
  type ExperimentFields,
  experiment,
  experimentId,
  settingId,
} from '../../src/experiments/experiment';
import { UsageError } from '../../src/util/check';
import { anExperiment } from './sample';

/** Written out, so that no edit of a preset reaches it. */
const golden: ExperimentFields = {
  tier: 'study',
  model: 's2cnn-204k',
  task: 'segmentation',
  network: {
    family: 's2cnn',
    task: 'segmentation',
    bandwidth: 8,
    features: [4, 5],
    bandLimits: [6, 4],
    maxBeta: [0.25, 0.3, 0.4],
    classes: 11,
    inputScale: 40,
  },
  dataset: 'mnist',
  bandwidth: 8,
  images: 1000,
  rotations: 0,
  validationImages: 100,
  testImages: 200,
  seed: 3,
  steps: 500,
  batchSize: 16,
  learningRate: 0.005,
  schedule: 'trapezoid',
  validateEvery: 100,
};

const different: { [Key in keyof Experiment]: Experiment[Key][] } = {
  tier: [],
  model: [],
  task: ['classification'],
  network: [{ ...anExperiment().network, features: [12, 24, 47] } as Experiment['network']],
  dataset: ['mnist'],
  bandwidth: [9],
  images: [65],
  rotations: [0, 1],
  digitsPerSphere: [2],
  fidelity: ['input', 'sampling+grid'],
  validationImages: [33],
  testImages: [0],
  seed: [2],
  steps: [13],
  batchSize: [17],
  learningRate: [0.004],
  schedule: ['trapezoid'],
  warmup: [1],
  validateEvery: [5],
  patience: [1],
};

describe("an experiment's id", () => {
  it('stays: results are found by it', () => {
    assert.equal(experimentId(experiment(golden)), '836e5bf4e9f9');
    assert.equal(experimentId(experiment({ ...golden, warmup: 10, fidelity: 'grid' })), '2fe71e21b8d7');
  });

  it('does not know of fields at their defaults, nor of names, nor of an order', () => {
    const id = experimentId(experiment(golden));
    const spelt = { warmup: 0, patience: 0, digitsPerSphere: 1, fidelity: 'corrected' };
    assert.equal(experimentId(experiment({ ...golden, ...spelt })), id);
    const network = { ...golden.network!, channels: 1, skips: false, upsampling: 'exact', logitScale: 1 };
    assert.equal(experimentId(experiment({ ...golden, network: network as Experiment['network'] })), id);
    assert.equal(experimentId(experiment({ ...golden, tier: 'other', model: 'another' })), id);
    const [a, b] = ['grid+sampling', 'sampling+grid'].map((fidelity) => experiment({ ...golden, fidelity }));
    assert.equal(experimentId(a), experimentId(b));
    const reversed = Object.fromEntries(Object.entries(golden).reverse()) as unknown as Experiment;
    assert.equal(experimentId(experiment(reversed)), id);
  });

  it('differs for whatever else differs', () => {
    const { network, ...named } = anExperiment();
    const others = Object.entries(different).flatMap(([key, values]) =>
      values.map((value) => experimentId(anExperiment({ ...named, [key]: value }))),
    );
    assert.equal(new Set([experimentId(anExperiment()), ...others]).size, others.length + 1);
  });

  it('is that of the network that a name stands for: an edited preset is another experiment', () => {
    const { network, ...named } = anExperiment();
    assert.equal(experimentId(experiment(named)), experimentId(anExperiment()));
    assert.ok('features' in network);
    const edited = experiment({ ...named, network: { ...network, features: [12, 24, 49] } });
    assert.notEqual(experimentId(edited), experimentId(anExperiment()));
  });

  it('without the seed is the id of the setting', () => {
    const [a, b] = [1, 2].map((seed) => anExperiment({ seed }));
    assert.equal(settingId(a), settingId(b));
    assert.notEqual(settingId(a), settingId(anExperiment({ images: 65 })));
  });
});

describe('experiment', () => {
  it('cannot be changed, not even its network', () => {
    const e = anExperiment();
    assert.throws(() => {
      (e as Experiment).seed = 2;
    }, TypeError);
    assert.throws(() => e.network.features.push(1), TypeError);
  });

  const refusals: [Record<string, unknown>, RegExp][] = [
    [{ rotation: 5 }, /unknown key of experiment "rotation": did you mean "rotations"/],
    [{ offline: true }, /unknown key of experiment "offline" \(known: /],
    [{ seed: undefined }, /"seed" is missing/],
    [{ tier: '' }, /tier: expected a name/],
    [{ tier: '../x' }, /tier: expected a name/],
    [{ tier: 5 }, /tier: expected a name/],
    [{ model: '' }, /model: expected a name/],
    [{ model: 'cnn-quik-small' }, /unknown model "cnn-quik-small": did you mean "cnn-quick-small"/],
    [
      { model: 's2cnn-204k', task: 'classification' },
      /is a network for segmentation, not for classification/,
    ],
    [{ task: 'segment' }, /unknown task "segment"/],
    [{ dataset: 'minst' }, /unknown data set "minst": did you mean "mnist"/],
    [{ bandwidth: 8.5 }, /bandwidth: expected an integer/],
    [{ images: 0 }, /images: expected an integer of at least 1, got 0/],
    [{ images: '64' }, /images: expected an integer of at least 1, got "64"/],
    [{ rotations: 65 }, /rotations: expected an integer from 0 to 64, got 65/],
    [{ rotations: 64, fidelity: 'rotations' }, /64 images have 1 rotations, not 64/],
    [{ digitsPerSphere: 5 }, /digitsPerSphere: expected an integer from 1 to 4, got 5/],
    [{ digitsPerSphere: 2, task: 'classification' }, /several digits has no label/],
    [{ fidelity: 'sampling+gird' }, /unknown fidelity "gird": did you mean "grid"/],
    [{ fidelity: 'grid+corrected' }, /unknown fidelity "corrected"/],
    [{ fidelity: 'grid+grid' }, /"grid" stands there twice/],
    [{ fidelity: '' }, /unknown fidelity ""/],
    [{ fidelity: 3 }, /unknown fidelity "3"/],
    [{ validationImages: 0 }, /validationImages: expected an integer of at least 1/],
    [{ testImages: -1 }, /testImages: expected an integer of at least 0/],
    [{ seed: 1.5 }, /seed: expected an integer of at least 0/],
    [{ steps: 0 }, /steps: expected an integer of at least 1/],
    [{ batchSize: 0 }, /batchSize: expected an integer of at least 1/],
    [{ learningRate: 0 }, /learningRate: expected a number above 0, got 0/],
    [{ learningRate: Number.NaN }, /learningRate: expected a number above 0, got NaN/],
    [{ learningRate: '1' }, /learningRate: expected a number above 0, got "1"/],
    [{ schedule: 'cosin' }, /unknown schedule "cosin": did you mean "cosine"/],
    [{ warmup: 13 }, /warmup: expected an integer from 0 to 12, got 13/],
    [{ validateEvery: 0 }, /validateEvery: expected an integer of at least 1/],
    [{ patience: -1 }, /patience: expected an integer of at least 0/],
  ];
  for (const [fields, message] of refusals)
    it(`refuses ${JSON.stringify(fields)}, and says why`, () => {
      const { network, ...named } = anExperiment();
      assert.throws(
        () => experiment({ ...named, ...fields } as ExperimentFields),
        (error: Error) => error instanceof UsageError && message.test(error.message),
      );
    });

  const networkRefusals: [Record<string, unknown>, RegExp][] = [
    [{ task: 'classification', maxBeta: [0.25, 0.3] }, /not a network for segmentation/],
    [{ family: 'mlp' }, /unknown family of networks "mlp"/],
    [{ bandwidth: 9 }, /network: expected a grid of bandwidth 8, got 9/],
    [{ seed: 4 }, /unknown key of .* "seed"/],
    [{ feature: [1] }, /unknown key of .* "feature": did you mean "features"/],
    [{ maxBeta: [0.2] }, /maxBeta/],
    [{ channels: 2 }, /network: expected 1 channel, got 2/],
    [{ classes: 10 }, /network: expected 11 classes, got 10/],
  ];
  for (const [fields, message] of networkRefusals)
    it(`refuses a network with ${JSON.stringify(fields)}`, () => {
      const network = { ...golden.network, ...fields } as Experiment['network'];
      assert.throws(
        () => experiment({ ...golden, network }),
        (error: Error) => error instanceof UsageError && message.test(error.message),
      );
    });
});
