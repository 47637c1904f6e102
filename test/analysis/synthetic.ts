import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ResultRow } from '../../src/results/rows';

/** A made-up result; what matters to a test is given. */
export function row(given: Partial<ResultRow> = {}): ResultRow {
  const rotations = given.rotations ?? 0;
  return {
    id: [given.task, given.model, given.images, rotations, given.seed].join('-'),
    tier: 'quick',
    task: 'segmentation',
    dataset: 'glyphs',
    source: 'synthetic numbers of a test',
    model: 's2cnn-quick',
    family: 's2cnn',
    parameters: 23_456,
    bandwidth: 2,
    images: 2000,
    rotations,
    testImages: 100,
    seed: 1,
    fidelity: 'corrected',
    scoreRotated: 70,
    scoreUnrotated: 70.5,
    areaRotated: given.scoreRotated ?? 70,
    areaUnrotated: given.scoreUnrotated ?? 70.5,
    epochs: 3,
    seconds: 60,
    engine: 'wasm',
    ...given,
  };
}

/** A made-up study: an S2CNN and two CNNs, rotated at three amounts and unrotated, two seeds. */
export function study(task = 'segmentation'): ResultRow[] {
  const small = { task, model: 'cnn-quick-small', family: 'cnn', parameters: 12_300 } as const;
  const large = { task, model: 'cnn-quick-large', family: 'cnn', parameters: 1_042_013 } as const;
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
  const { id, source, engine, parameters, epochs, seconds } = result;
  const { tier, task, dataset, model, bandwidth, images, rotations, testImages, seed, fidelity } = result;
  const experiment = { tier, task, dataset, model, bandwidth, images, rotations, testImages, seed, fidelity };
  const epoch = { trainLoss: 1, validationLoss: 1.1, validationScore: 50, seconds: 20 };
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
    {
      kind: 'config',
      id,
      experiment,
      versions: {},
      commit: '',
      engine,
      source,
      started: '2026-01-01T00:00:00Z',
    },
    ...[1, 2, 3].map((n) => ({ kind: 'epoch', epoch: n, ...epoch })),
    {
      kind: 'final',
      parameters,
      epochs,
      seconds,
      rotated: { score: result.scoreRotated },
      unrotated: { score: result.scoreUnrotated },
      samples,
    },
  ].map((line) => `${JSON.stringify(line)}\n`);
}

/** Writes a results file. */
export function store(path: string, content: string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content.join(''));
}
