/* Short trainings whose numbers are stored: numbers.test.ts holds those of today against them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDigits } from '../../src/datasets/load';
import { type EngineOptions, startEngine } from '../../src/engine/start';
import { type Experiment, type ExperimentFields, experiment } from '../../src/experiments/experiment';
import { openStore } from '../../src/results/store';
import { runExperiment } from '../../src/running/runner';

/** What a training and its tests come to; losses in nats, scores in percent. */
export interface Trajectory {
  /** of each step */
  trainLoss: number[];
  /** after the last step: on the validation set, on rotated and on unrotated test spheres */
  losses: number[];
  scores: number[];
}

const common = {
  tier: 'test',
  dataset: 'glyphs',
  bandwidth: 8,
  images: 96,
  validationImages: 24,
  testImages: 24,
  seed: 5,
  steps: 24,
  batchSize: 8,
  learningRate: 3e-3,
  validateEvery: 1,
} as const;

const s2 = {
  family: 's2cnn',
  bandwidth: 8,
  features: [4, 6, 5],
  bandLimits: [6, 4, 6],
  inputScale: 40,
} as const;

const plain = { family: 'cnn', size: 16, features: [6, 12], kernelSizes: [4, 3], strides: [2, 2] } as const;

/** Both families on both tasks, with what else makes numbers: shortcuts, schedules, rotations, four digits, faults. */
const experiments: Record<string, Omit<ExperimentFields, keyof typeof common>> = {
  's2cnn segmentation': {
    model: 's2cnn',
    task: 'segmentation',
    network: {
      ...s2,
      task: 'segmentation',
      maxBeta: [0.25, 0.3, 0.4, 0.3],
      classes: 11,
      skips: true,
      logitScale: 40,
    },
    rotations: 0,
    schedule: 'cosine',
    digitsPerSphere: 4,
  } as never,
  's2cnn classification': {
    model: 's2cnn',
    task: 'classification',
    network: { ...s2, task: 'classification', maxBeta: [0.25, 0.3, 0.4], classes: 10 },
    rotations: 96,
    schedule: 'trapezoid',
  } as never,
  'cnn segmentation': {
    model: 'cnn',
    task: 'segmentation',
    network: { ...plain, task: 'segmentation', classes: 11, skips: true, inputScale: 30 },
    rotations: 12,
    schedule: 'constant',
    warmup: 5,
  } as never,
  'cnn classification': {
    model: 'cnn',
    task: 'classification',
    network: { ...plain, task: 'classification', classes: 10, inputScale: 0.05 },
    rotations: 1,
    schedule: 'cosine',
    fidelity: 'released',
  } as never,
};

export const trajectoryNames = Object.keys(experiments);

/** @param changes to the experiment */
export async function trajectory(
  name: string,
  engine: EngineOptions,
  changes: Partial<Experiment> = {},
): Promise<Trajectory> {
  const e = experiment({ ...common, ...experiments[name], ...changes } as ExperimentFields);
  const report = await startEngine(engine);
  const digits = await loadDigits('glyphs', { glyphs: { train: 300, test: 60 } });
  const folder = mkdtempSync(join(tmpdir(), 'trajectory-'));
  try {
    const options = { store: openStore(folder), runs: join(folder, 'runs'), digits, engine: report };
    const { validations, final } = await runExperiment(e, options);
    const last = validations[validations.length - 1];
    const tests = [final!.rotated!, final!.unrotated!];
    return {
      trainLoss: validations.map((row) => row.trainLoss),
      losses: [last.validationLoss, ...tests.map(({ loss }) => loss)],
      scores: [
        last.validationScore,
        final!.validationRotated,
        ...tests.flatMap((m) => [m.score, m.areaScore ?? m.score]),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
