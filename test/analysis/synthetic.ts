import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Task } from '../../src/datasets/task';
import { type Experiment, experiment, experimentId, settingId } from '../../src/experiments/experiment';
import { numbersVersion } from '../../src/experiments/numbers_version';
import type { Network } from '../../src/models/network';
import { modelNames, networkOf } from '../../src/models/presets';
import type { ResultRow } from '../../src/results/rows';
import { digest } from '../../src/util/files';
import { aConfigRow, aValidationRow } from '../experiments/sample';

/** Fields of a row that say what its experiment is. */
const identity = {
  tier: 'quick',
  task: 'segmentation',
  dataset: 'glyphs',
  model: 's2cnn-quick',
  bandwidth: 8,
  images: 2000,
  rotations: 0,
  digitsPerSphere: 1,
  fidelity: 'corrected',
  testImages: 100,
  seed: 1,
  batchSize: 8,
  learningRate: 0.001,
} as const satisfies Partial<ResultRow>;

/** A made-up result; what matters to a test is given. */
export function row(given: Partial<ResultRow> = {}): ResultRow {
  const e = experimentOf(given);
  return {
    ...identity,
    id: experimentId(e),
    setting: settingId(e),
    numbers: numbersVersion,
    variant: '',
    family: e.network.family,
    parameters: 23_456,
    validationRotated: given.scoreRotated ?? 70,
    scoreRotated: 70,
    scoreUnrotated: 70.5,
    areaRotated: given.scoreRotated ?? 70,
    areaUnrotated: given.scoreUnrotated ?? 70.5,
    steps: 12,
    spheres: 96000,
    bestStep: 8,
    converged: true,
    seconds: 60,
    engine: 'cpu, its own on 1 thread',
    commit: 'abc',
    ...given,
  };
}

/** A made-up study: an S2CNN and two CNNs, rotated at three amounts and unrotated, two seeds. */
export function study(task: Task = 'segmentation'): ResultRow[] {
  const small = { task, model: 'cnn-quick-small', parameters: 12_300 } as const;
  const large = { task, model: 'cnn-quick-large', parameters: 1_042_013 } as const;
  return [1, 2].flatMap((seed) => [
    row({ task, seed, scoreRotated: 69 + seed }),
    ...[small, large].flatMap((model, size) => [
      ...[500, 2000, 8000].map((images, step) =>
        row({ ...model, seed, images, rotations: images, scoreRotated: 20 + 5 * size + 10 * step + seed }),
      ),
      row({ ...model, seed, images: 2000, scoreRotated: 10 + seed, scoreUnrotated: 85 + seed }),
    ]),
  ]);
}

/** The lines of a results file of a made-up experiment, as the runner writes them, with samples at bandwidth 2. */
export function lines(result: ResultRow): string[] {
  const { task, parameters, steps, spheres, bestStep, converged, seconds } = result;
  const bytes = (value: number) => Buffer.alloc(2 * 16, value).toString('base64');
  const samples = {
    count: 2,
    size: 4,
    inputs: bytes(200),
    masks: bytes(4),
    predictions: task === 'segmentation' ? bytes(4) : '',
    labels: [3, 3],
    predictedLabels: task === 'segmentation' ? [] : [3, 5],
  };
  return [
    { ...aConfigRow(experimentOf(result)), numbers: result.numbers, commit: result.commit },
    ...[4, 8, 12].map((step) => ({ ...aValidationRow(step), seconds: seconds / 3 })),
    {
      kind: 'final',
      ...{ parameters, steps, spheres, bestStep, converged, seconds },
      validationRotated: result.validationRotated,
      rotated: { score: result.scoreRotated, areaScore: result.areaRotated },
      unrotated: { score: result.scoreUnrotated, areaScore: result.areaUnrotated },
      samples,
    },
  ].map((line) => `${JSON.stringify(line)}\n`);
}

/** Writes a results file. */
export function store(path: string, content: string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content.join(''));
}

function experimentOf(given: Partial<ResultRow>): Experiment {
  const { tier, task, dataset, model, bandwidth, images, ...rest } = { ...identity, ...given };
  const { rotations, digitsPerSphere, fidelity, testImages, seed, batchSize, learningRate } = rest;
  const isKnown = (modelNames as readonly string[]).includes(model);
  return experiment({
    ...(isKnown ? {} : { network: madeUp(model, task, bandwidth) }),
    ...{ tier, task, dataset, model, bandwidth, images, rotations, digitsPerSphere, fidelity, testImages },
    ...{ seed, batchSize, learningRate },
    validationImages: 32,
    schedule: 'cosine',
    steps: 12,
    validateEvery: 4,
  });
}

/** A network of a name that no preset has: every name has one of its own. */
function madeUp(model: string, task: Task, bandwidth: number): Network {
  const network = networkOf(model.startsWith('s2cnn') ? 's2cnn-quick' : 'cnn-quick-small', {
    task,
    bandwidth,
  });
  const width = 1 + (Number.parseInt(digest('sha256', model).slice(0, 6), 16) % 1000);
  return { ...network, features: [width, ...network.features.slice(1)] };
}
