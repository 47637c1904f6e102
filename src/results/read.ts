import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DataFrame } from 'danfojs-node';
import { engineLabel } from '../engine/contract/report';
import { type Experiment, settingId, variantOf } from '../experiments/experiment';
import type { ValidationRow } from '../training/state';
import { check, checkKeys } from '../util/check';
import { isFolder, repositoryRoot } from '../util/files';
import { resultsFiles } from './files';
import { type FinalRow, parseResult, type StoredResult } from './format';
import {
  type ExperimentColumns,
  experimentColumns,
  type ResultRow,
  type Results,
  type SampleSet,
} from './rows';

/** Values that rows must have; those not given are not looked at. */
export type RowFilter = Partial<Record<keyof ResultRow, string | number | boolean>>;

/** The folder that notebooks show: $EQUISPHERE_RESULTS, else the published results. */
export function resultsFolder(): string {
  return process.env.EQUISPHERE_RESULTS || join(repositoryRoot, 'data', 'published');
}

/** @throws UsageError if there is no such folder */
export function checkResultsFolder(folder: string): void {
  check(isFolder(folder), `no folder of results at ${folder}`);
}

/**
 * Reads all files of results under a folder, in the order of their paths, and changes nothing.
 * @param warn takes a line for each file that is left out: damaged, of another experiment than its name says, or of one
 *   that a file before it holds
 * @throws UsageError if there is no such folder
 */
export function storedResults(folder: string, warn?: (line: string) => void): StoredResult[] {
  const all: StoredResult[] = [];
  takeResults(folder, warn, (stored) => all.push(stored));
  return all;
}

/** Gives each result under a folder to `take`; one that `take` throws at is left out like a damaged one. */
function takeResults(
  folder: string,
  warn: (line: string) => void = console.warn,
  take: (stored: StoredResult) => void,
): void {
  checkResultsFolder(folder);
  const places = new Map<string, string>();
  for (const path of resultsFiles(folder)) {
    try {
      const stored = parseResult(readFileSync(path, 'utf8'));
      if (!stored) continue;
      const [{ id }] = stored.sittings;
      const [name] = basename(path).match(/^[0-9a-f]{12}(?=\.jsonl$)/) ?? [id];
      check(name === id, () => `it holds experiment ${id}`);
      const other = places.get(id);
      check(!other, () => `${other} holds the same experiment`);
      take(stored);
      places.set(id, path);
    } catch (error) {
      warn(`${path} is left out: ${(error as Error).message}`);
    }
  }
}

/** The same as rows. */
export function readResults(folder = resultsFolder(), warn?: (line: string) => void): Results {
  const results: Results = { rows: [], validations: [], samples: [] };
  takeResults(folder, warn, (stored) => addResult(results, stored));
  return results;
}

/**
 * The finished experiments under a folder as a table, one row each, with the columns of ResultRow.
 * @param choice values that the rows must have, as in `{ dataset: 'mnist', tier: 'study' }`
 * @throws UsageError if there is no such folder, or nothing finished in it that fits
 */
export function openResults(
  folder = resultsFolder(),
  choice: RowFilter = {},
  warn?: (line: string) => void,
): DataFrame {
  const all = readResults(folder, warn).rows;
  if (all.length > 0) checkKeys('a choice of results', choice, Object.keys(all[0]));
  const rows = all.filter((row) => fits(row, choice));
  const wanted = Object.values(choice).join(', ');
  check(
    rows.length > 0,
    `no finished experiment${wanted && ` of ${wanted}`} under ${folder}; \`npm run reproduce\` makes some`,
  );
  const danfo: typeof import('danfojs-node') = require('danfojs-node'); // here, because it takes a second to load
  return new danfo.DataFrame(rows, { dtypes: dtypesOf(rows) });
}

/** danfo's types of the columns, which it would guess from the first values: '' may be a number to it. */
function dtypesOf(rows: readonly ResultRow[]): string[] {
  return Object.keys(rows[0]).map((key) => {
    const values = rows.map((row) => row[key as keyof ResultRow]);
    const kind = typeof values[0];
    if (kind !== 'number') return kind;
    return values.every(Number.isInteger) ? 'int32' : 'float32';
  });
}

/** The experiment whose row it is, with all its fields. @param folder from which the row was read */
export function experimentOf(folder: string, { tier, dataset, id }: ResultRow): Experiment {
  const text = readFileSync(join(folder, tier, dataset, `${id}.jsonl`), 'utf8');
  return parseResult(text)!.sittings[0].experiment;
}

/** Whether a row has the values of a choice. */
export function fits(row: ResultRow, choice: RowFilter): boolean {
  return Object.entries(choice).every(
    ([key, value]) => value === undefined || row[key as keyof ResultRow] === value,
  );
}

/** The row of a finished experiment; undefined for one that is not finished, or a trial that was not tested. */
export function resultRow({ sittings, validations, final }: StoredResult): ResultRow | undefined {
  if (!final?.rotated || !final.unrotated) return undefined;
  const { experiment: e, id, numbers } = sittings[0];
  const { parameters, validationRotated, rotated, unrotated, steps, spheres, bestStep, converged } = final;
  return {
    id,
    setting: settingId(e),
    numbers,
    tier: e.tier,
    task: e.task,
    dataset: e.dataset,
    model: e.model,
    variant: variantOf(e),
    family: e.network.family,
    parameters,
    ...columnsOf(e),
    scoreRotated: rotated.score,
    scoreUnrotated: unrotated.score,
    validationRotated,
    areaRotated: rotated.areaScore ?? rotated.score,
    areaUnrotated: unrotated.areaScore ?? unrotated.score,
    steps,
    spheres,
    bestStep,
    converged,
    seconds: undisturbedSeconds(validations, final),
    engine: inTurn(sittings.map(({ engine }) => engineLabel(engine))),
    commit: inTurn(sittings.map(({ commit }) => commit)),
  };
}

function columnsOf(e: Experiment): ExperimentColumns {
  return Object.fromEntries(experimentColumns.map((key) => [key, e[key]])) as unknown as ExperimentColumns;
}

/** Time of a training at the pace of its fastest stretch between two validations. */
function undisturbedSeconds(validations: readonly ValidationRow[], { steps, seconds }: FinalRow): number {
  const paces = validations.map(
    (row, i) => row.seconds / (row.step - (i > 0 ? validations[i - 1].step : 0)), // for a step
  );
  return paces.length > 0 ? steps * Math.min(...paces) : seconds;
}

/** Each different phrase once, in their order. */
function inTurn(phrases: readonly string[]): string {
  return [...new Set(phrases)].join(', then ');
}

/**
 * Adds an experiment to others: its validations, and if it is finished and tested its row and its samples.
 * @returns the row
 */
export function addResult(results: Results, stored: StoredResult): ResultRow | undefined {
  const { id, experiment: e } = stored.sittings[0];
  const { model, seed } = e;
  const row = resultRow(stored); // before anything is added: it may throw
  const samples = row && stored.final?.samples && decodeSamples(row, stored.final.samples);
  results.validations.push(...stored.validations.map((row) => ({ id, model, seed, ...row })));
  if (row) results.rows.push(row);
  if (samples) results.samples.push(samples);
  return row;
}

function decodeSamples(result: ResultRow, samples: NonNullable<FinalRow['samples']>): SampleSet {
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
