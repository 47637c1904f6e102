import { type Experiment, experimentId } from '../../src/experiments/experiment';
import type { ConfigRow, FinalRow } from '../../src/results/format';
import type { Store } from '../../src/results/store';

/** Some experiment; the fields that matter to a test are given. */
export function anExperiment(fields: Partial<Experiment> = {}): Experiment {
  return {
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
    fidelity: 'corrected',
    epochs: 3,
    batchSize: 16,
    learningRate: 0.003,
    schedule: 'cosine',
    patience: 3,
    ...fields,
  };
}

export function aConfigRow(id: string, experiment = anExperiment()): ConfigRow {
  return {
    kind: 'config',
    id,
    experiment,
    versions: { equisphere: '0', node: '20', tfjs: '4' },
    commit: 'abc',
    engine: 'cpu',
    source: 'glyphs',
    started: '2026-01-01T00:00:00.000Z',
  };
}

export function anEpochRow(epoch: number) {
  const trainLoss = 1 / epoch;
  const seen = { epoch, step: 4 * epoch, spheres: 64 * epoch };
  return { kind: 'epoch', ...seen, trainLoss, validationLoss: 1, validationScore: 50, seconds: 2 } as const;
}

export function aFinalRow(rotated = 60, unrotated = 70): FinalRow {
  const measures = (score: number) => ({ score, loss: 1, confusion: [[1]] });
  return {
    kind: 'final',
    parameters: 1234,
    epochs: 3,
    bestEpoch: 2,
    seconds: 90,
    rotated: measures(rotated),
    unrotated: measures(unrotated),
    samples: { count: 0, size: 16, inputs: '', masks: '', predictions: '', labels: [], predictedLabels: [] },
  };
}

/** A finished experiment's results without what the clock and the machine wrote. */
export function numbers(store: Store, e: Experiment) {
  const { epochs, final } = store.read(experimentId(e))!;
  const { seconds, ...rest } = final!;
  return { epochs: epochs.map(({ seconds, ...row }) => row), final: rest };
}
