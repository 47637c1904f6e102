import type { EngineRecord } from '../engine/contract/report';
import { type Experiment, experiment, experimentId } from '../experiments/experiment';
import type { Metrics } from '../training/evaluate';
import type { ValidationRow } from '../training/state';
import { check, UsageError } from '../util/check';
import type { Provenance } from './provenance';
import { checkSamples, type StoredSamples } from './stored_samples';

/** The lines of a results file, one JSON object each, in the order in which they are written. */
export type Row = ConfigRow | ({ kind: 'validation' } & ValidationRow) | FinalRow;

/** The first line, and again whenever an interrupted experiment is taken up. */
export interface ConfigRow extends Provenance {
  kind: 'config';
  id: string;
  experiment: Experiment;
  engine: EngineRecord;
  /** where the digits came from */
  source: string;
  /** ISO 8601 */
  started: string;
}

/** The last line of a finished experiment; scores in percent. */
export interface FinalRow {
  kind: 'final';
  parameters: number;
  /** optimiser steps done, spheres seen in them, and the step whose weights were tested */
  steps: number;
  spheres: number;
  bestStep: number;
  /** whether the validation had reached its plateau (training/plateau.ts) */
  converged: boolean;
  /** of training and validation */
  seconds: number;
  /** on validation digits, each by a rotation of its own, whatever the training set has */
  validationRotated: number;
  /** on the test set: each image by its own rotation, and none rotated; not there for a trial */
  rotated?: Metrics;
  unrotated?: Metrics;
  /** some images of the rotated test set */
  samples?: StoredSamples;
}

/** What a results file says. */
export interface StoredResult {
  /** a configuration for each time that the experiment was taken up: the same experiment, and the same numbers */
  sittings: ConfigRow[];
  validations: ValidationRow[];
  /** not there while the experiment is not finished */
  final?: FinalRow;
}

/**
 * Reads the text of a results file. A last line that is cut short, as a writer leaves it that was killed, does not
 * count; the rows of a validation that was done twice count once.
 * @returns undefined if there is no whole line
 * @throws UsageError that says which line is wrong
 */
export function parseResult(text: string): StoredResult | undefined {
  const lines = wholeLines(text).split('\n').slice(0, -1);
  if (lines.length === 0) return undefined;
  const rows = lines.map(parseRow);
  const sittings = rows.filter((row): row is ConfigRow => row.kind === 'config');
  if (rows[0].kind !== 'config') throw new UsageError('line 1 is not a configuration');
  const [{ id, numbers, experiment: e }] = sittings;
  const odd = sittings.find((row) => row.id !== id || row.numbers !== numbers);
  if (odd) throw new UsageError(`line ${rows.indexOf(odd) + 1} is of another experiment than line 1`);
  const validations = new Map<number, ValidationRow>();
  for (const row of rows) {
    if (row.kind !== 'validation') continue;
    const { kind, ...validation } = row;
    validations.set(row.step, validation);
  }
  const final = rows.find((row): row is FinalRow => row.kind === 'final');
  if (final) checkFinal(final, rows, e);
  return { sittings, validations: [...validations.values()], ...(final ? { final } : {}) };
}

/** @throws UsageError unless the final row comes after all validations, alone, and goes with them */
function checkFinal(final: FinalRow, rows: readonly Row[], e: Experiment): void {
  const line = rows.indexOf(final) + 1;
  const { bestStep, steps } = final;
  const validated = rows.flatMap((row) => (row.kind === 'validation' ? [row.step] : []));
  const late = rows.findIndex((row, i) => i >= line && row.kind !== 'config');
  check(late < 0, `line ${late + 1} comes after the final one`);
  check(e.testImages === 0 || (final.rotated && final.unrotated), `line ${line} has no score of both tests`);
  check(
    bestStep <= steps && (validated.length === 0 || validated.includes(bestStep)),
    `line ${line} has a best step, ${bestStep}, that no validation has`,
  );
  if (final.samples) checkSamples(final.samples, e.task);
}

/** The text up to its last newline: what its writers have finished. */
export function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

function parseRow(line: string, index: number): Row {
  const fail = (problem: string): never => {
    throw new UsageError(`line ${index + 1} ${problem}`);
  };
  let row: Row;
  try {
    row = JSON.parse(line);
  } catch {
    return fail('is not JSON');
  }
  if (!row || typeof row !== 'object' || !Object.keys(readers).includes(row.kind))
    return fail('is no row of results');
  try {
    return readers[row.kind](row as never);
  } catch (error) {
    return fail((error as Error).message);
  }
}

/** What each kind of row must hold. */
const readers = {
  config: (row: ConfigRow): ConfigRow => {
    check(row.experiment && typeof row.experiment === 'object', 'has no experiment');
    const e = experiment(row.experiment);
    check(experimentId(e) === row.id, () => `calls itself ${row.id} and holds experiment ${experimentId(e)}`);
    check(Number.isInteger(row.numbers), 'has no version of its numbers');
    checkEngine(row.engine);
    for (const key of ['commit', 'source', 'started'] as const)
      check(typeof row[key] === 'string', `has no ${key}`);
    return { ...row, experiment: e };
  },
  validation: (row: Extract<Row, { kind: 'validation' }>): Row => {
    checkCounts(row, ['step', 'spheres']);
    checkNumbers(row, ['epoch', 'seconds', 'trainLoss', 'validationLoss']);
    const { validationScore } = row;
    check(validationScore === null || isPercent(validationScore), 'has no validationScore');
    return { ...row, validationScore: validationScore ?? Number.NaN };
  },
  final: (row: FinalRow): FinalRow => {
    checkCounts(row, ['parameters', 'steps', 'spheres', 'bestStep']);
    checkNumbers(row, ['seconds', 'validationRotated']);
    check(row.seconds >= 0, 'has no number of seconds');
    check(isPercent(row.validationRotated), 'has no number of validationRotated from 0 to 100');
    check(typeof row.converged === 'boolean', 'does not say whether it is converged');
    for (const test of ['rotated', 'unrotated'] as const) {
      const metrics = row[test];
      const scores = metrics ? [metrics.score, ...('areaScore' in metrics ? [metrics.areaScore] : [])] : [];
      check(scores.every(isPercent), `has no score of the ${test} test`);
    }
    return row;
  },
};

function checkEngine(engine: EngineRecord | undefined): void {
  check(typeof engine?.name === 'string', 'has no engine');
  for (const key of ['backend', 'gemm', 'device'] as const)
    check(typeof engine[key] === 'string', `has an engine of no ${key}`);
  check(engine.core === null || typeof engine.core === 'string', 'has an engine of no core');
  check(engine.gflops === null || isNumber(engine.gflops), 'has an engine of no gflops');
  check(isCount(engine.threads) && engine.threads > 0, 'has an engine of no threads');
}

function checkCounts<R extends object>(row: R, keys: readonly (keyof R & string)[]): void {
  for (const key of keys) check(isCount(row[key]), `has no number of ${key}`);
}

function checkNumbers<R extends object>(row: R, keys: readonly (keyof R & string)[]): void {
  for (const key of keys) check(isNumber(row[key]), `has no number of ${key}`);
}

function isPercent(value: unknown): boolean {
  return isNumber(value) && (value as number) >= 0 && (value as number) <= 100;
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}
