import { readFileSync } from 'node:fs';
import type { ConfigRow, FinalRow, Row } from './format';
import type { EpochRow, ResultRow, SampleSet } from './rows';

/** What one results file says; `result` and `samples` only once the experiment is finished. */
export interface ResultsFile {
  epochs: EpochRow[];
  result?: ResultRow;
  samples?: SampleSet;
}

/**
 * Reads the results file of one experiment, and leaves it as it is.
 * @throws Error that says what is wrong with the file
 */
export function readResultsFile(path: string): ResultsFile {
  const rows = parseLines(readFileSync(path, 'utf8'));
  const config = rows.filter((row): row is ConfigRow => row.kind === 'config').pop();
  if (!config?.experiment) throw new Error('it has no configuration');
  const final = rows.find((row): row is FinalRow => row.kind === 'final');
  const epochs = epochRows(config, rows);
  if (!final) return { epochs };
  const result = resultRow(config, final);
  return { epochs, result, samples: final.samples && decodeSamples(result, final.samples) };
}

function parseLines(text: string): Row[] {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Error('its last line is cut short');
  return lines.map((line, index) => {
    try {
      const row = JSON.parse(line);
      if (typeof row?.kind === 'string') return row as Row;
    } catch {}
    throw new Error(`line ${index + 1} is no row of results`);
  });
}

/** The rows of the epochs; of an epoch that was done twice, the last. */
function epochRows({ id, experiment: { model, seed } }: ConfigRow, rows: Row[]): EpochRow[] {
  const byEpoch = new Map<number, EpochRow>();
  for (const row of rows) {
    if (row.kind !== 'epoch') continue;
    const { kind, ...epoch } = row;
    byEpoch.set(row.epoch, { id, model, seed, ...epoch });
  }
  return [...byEpoch.values()];
}

function resultRow({ id, experiment: e, source, engine }: ConfigRow, final: FinalRow): ResultRow {
  const row: ResultRow = {
    id,
    tier: e.tier,
    task: e.task,
    dataset: e.dataset,
    source,
    model: e.model,
    family: e.model.startsWith('s2cnn') ? 's2cnn' : 'cnn',
    parameters: final.parameters,
    bandwidth: e.bandwidth,
    images: e.images,
    rotations: e.rotations,
    testImages: e.testImages,
    seed: e.seed,
    fidelity: e.fidelity,
    scoreRotated: final.rotated?.score,
    scoreUnrotated: final.unrotated?.score,
    areaRotated: final.rotated?.areaScore ?? final.rotated?.score,
    areaUnrotated: final.unrotated?.areaScore ?? final.unrotated?.score,
    epochs: final.epochs,
    seconds: final.seconds,
    engine,
  };
  for (const [key, value] of Object.entries(row))
    if (value === undefined || value === null) throw new Error(`it has no ${key}`);
  return row;
}

function decodeSamples(result: ResultRow, samples: FinalRow['samples']): SampleSet {
  const { count, size, labels, predictedLabels } = samples;
  const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
  return {
    result,
    count,
    size,
    inputs: bytes(samples.inputs),
    masks: bytes(samples.masks),
    predictions: bytes(samples.predictions),
    labels,
    predictedLabels,
  };
}
