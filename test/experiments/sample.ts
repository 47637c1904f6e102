import {
  type Experiment,
  type ExperimentFields,
  experiment,
  experimentId,
} from '../../src/experiments/experiment';
import { numbersVersion } from '../../src/experiments/numbers_version';
import type { ConfigRow, FinalRow } from '../../src/results/format';
import type { Store } from '../../src/results/store';

/** Some experiment; the fields that matter to a test are given. */
export function anExperiment(fields: Partial<ExperimentFields> = {}): Experiment {
  return experiment({
    tier: 'quick',
    task: 'segmentation',
    dataset: 'glyphs',
    model: 'cnn-quick-small',
    bandwidth: 8,
    images: 64,
    rotations: 64,
    validationImages: 32,
    testImages: 32,
    seed: 1,
    steps: 12,
    batchSize: 16,
    learningRate: 0.003,
    schedule: 'cosine',
    validateEvery: 4,
    ...fields,
  });
}

/** What startEngine says, in short: no test looks closer. */
export const anEngine = {
  name: 'cpu',
  backend: 'cpu',
  gemm: 'its own',
  core: null,
  gflops: null,
  threads: 1,
  fillsMachine: false,
  device: 'some processor',
  reasons: {},
} as const;

export function aConfigRow(e = anExperiment()): ConfigRow {
  const { reasons, fillsMachine, ...engine } = anEngine;
  return {
    kind: 'config',
    id: experimentId(e),
    experiment: e,
    numbers: numbersVersion,
    versions: { equisphere: '0', node: '20', tfjs: '4' },
    commit: 'abc',
    engine,
    source: 'built-in glyphs',
    started: '2026-01-01T00:00:00.000Z',
  };
}

export function aValidationRow(step: number) {
  const spheres = 16 * step;
  const seen = { step, spheres, epoch: spheres / 64 };
  return {
    kind: 'validation',
    ...seen,
    trainLoss: 1 / step,
    validationLoss: 1,
    validationScore: 50,
    seconds: 2,
  } as const;
}

export function aFinalRow(rotated = 60, unrotated = 70): FinalRow {
  const measures = (score: number) => ({ score, loss: 1, confusion: [[1]] });
  return {
    kind: 'final',
    parameters: 1234,
    steps: 12,
    spheres: 192,
    bestStep: 8,
    converged: true,
    seconds: 90,
    validationRotated: 65,
    rotated: measures(rotated),
    unrotated: measures(unrotated),
    samples: { count: 0, size: 16, inputs: '', masks: '', predictions: '', labels: [], predictedLabels: [] },
  };
}

/** A finished experiment's results without what the clock and the machine wrote. */
export function numbersIn(store: Store, e: Experiment) {
  const { validations, final } = store.read(e)!;
  const { seconds, ...rest } = final!;
  return { validations: validations.map(({ seconds, ...row }) => row), final: rest };
}
