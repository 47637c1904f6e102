import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import type { Digits } from '../datasets/digits';
import { loadDigits } from '../datasets/load';
import type { EngineReport } from '../engine/contract/report';
import { startEngine } from '../engine/start';
import { type Experiment, experimentId } from '../experiments/experiment';
import { rotatedValidationSet, testSets, trainingSets } from '../experiments/sets';
import { tierNames, tierOf } from '../experiments/tiers';
import { buildNetwork } from '../models/network';
import type { FinalRow, StoredResult } from '../results/format';
import { currentProvenance } from '../results/provenance';
import { openStore, type Store } from '../results/store';
import { samplesOf } from '../results/stored_samples';
import { evaluate } from '../training/evaluate';
import { type History, train } from '../training/loop';
import type { TrainProgress } from '../training/progress';
import type { ValidationRow } from '../training/state';
import { currentSignal } from '../util/cell_signal';
import { check } from '../util/check';
import { cellsFolder } from '../util/files';
import { withLock } from './lock';
import { checkpointPath, loadTrained, lockPath, runFolder, saveTrained, weightsPath } from './trained';

export interface RunOptions {
  /** default: of out/cells/results */
  store: Store;
  /** the data set that the experiment names; default: loaded, without the built-in glyphs in its place */
  digits: Digits;
  /** what startEngine said, for the record; default: it is started */
  engine: EngineReport;
  /** folder of checkpoints and trained weights; default out/cells/runs */
  runs: string;
  log?: (line: string) => void;
  onValidation?: (row: ValidationRow) => void;
  onProgress?: (progress: TrainProgress) => void;
  /** default: that of the notebook's cell */
  signal?: AbortSignal;
}

/**
 * Runs one experiment: data, model, training, tests, one file of results.
 *
 * A finished one is not run again; an interrupted one goes on at the batch of its last checkpoint, and its numbers are
 * those of an uninterrupted one.
 * @throws Interrupted when the signal fires, which says at which step of the training; RunsElsewhere if another process is at it; UsageError if `digits` are not
 *   those of the experiment
 */
export async function runExperiment(e: Experiment, given: Partial<RunOptions> = {}): Promise<StoredResult> {
  check(
    e?.network !== undefined,
    () => `runExperiment: expected an experiment, as from experiment(), got ${e}`,
  );
  const options = await settled(e, given);
  const { store, digits, runs, signal = currentSignal() } = options;
  check(digits.name === e.dataset, `the experiment wants ${e.dataset}, got ${digits.name}`);
  if (!store.finished(e))
    await withLock(lockPath(runs, experimentId(e)), (lost) =>
      run(e, { ...options, signal: anyOf(signal ? [signal, lost] : [lost]) }),
    );
  const result = store.read(e);
  if (!result) throw new Error(`${store.pathOf(e)}: ${store.fault(e) ?? 'it is gone'}`);
  return result;
}

/** Options with what they leave out. */
async function settled(e: Experiment, options: Partial<RunOptions>): Promise<RunOptions> {
  const glyphs = tierNames.includes(e.tier) ? tierOf(e.tier).glyphs : undefined;
  return {
    ...options,
    store: options.store ?? openStore(join(cellsFolder, 'results')),
    runs: options.runs ?? join(cellsFolder, 'runs'),
    digits: options.digits ?? (await loadDigits(e.dataset, { glyphs, onFallback: 'error' })),
    engine: options.engine ?? (await startEngine()),
  };
}

/** Fires with the first of some signals. */
function anyOf(signals: AbortSignal[]): AbortSignal {
  // A method of Node 20 that TypeScript's own types of browsers hide.
  return (AbortSignal as unknown as { any(signals: AbortSignal[]): AbortSignal }).any(signals);
}

async function run(e: Experiment, options: RunOptions): Promise<void> {
  const { store, digits, runs, engine } = options;
  if (store.finished(e)) return; // by whoever had the lock before
  const id = experimentId(e);
  // Whoever deletes a file of results wants new ones, not those of old weights.
  if (store.begin(e)) rmSync(runFolder(runs, id), { recursive: true, force: true });

  const { reasons, fillsMachine, ...inUse } = engine;
  const started = new Date().toISOString();
  store.append(e, {
    kind: 'config',
    id,
    experiment: e,
    ...currentProvenance(),
    engine: inUse,
    source: digits.source,
    started,
  });
  const model = buildNetwork(e.network, e.seed);
  try {
    const history = await trained(model, e, id, options);
    store.append(e, await tested(model, e, history, options));
    rmSync(checkpointPath(runs, id), { force: true });
  } finally {
    model.dispose();
  }
}

/** Trains the model, or gives it the weights that an earlier start had already trained. */
async function trained(
  model: tf.LayersModel,
  e: Experiment,
  id: string,
  { store, digits, runs, log, onValidation, onProgress, signal }: RunOptions,
): Promise<History> {
  const path = weightsPath(runs, id);
  let history = loadTrained(path, model);
  if (!history) {
    history = await train(model, trainingSets(digits, e), {
      ...trainOptionsOf(e),
      belongsTo: id,
      checkpoint: checkpointPath(runs, id),
      onValidation: (row) => {
        store.append(e, { kind: 'validation', ...row });
        onValidation?.(row);
      },
      onProgress,
      log,
      signal,
    });
    await saveTrained(path, model, history);
  }
  const written = new Set(store.read(e)?.validations.map((row) => row.step));
  for (const row of history.validations)
    if (!written.has(row.step)) store.append(e, { kind: 'validation', ...row });
  return history;
}

/** What an experiment says of its training. */
export function trainOptionsOf(e: Experiment) {
  const { task, steps, seed, batchSize, learningRate, schedule, warmup, validateEvery, patience } = e;
  return {
    ...{ task, steps, seed, batchSize, learningRate, schedule, warmup, validateEvery },
    ...(patience > 0 ? { patience } : {}),
  };
}

async function tested(
  model: tf.LayersModel,
  e: Experiment,
  { steps, spheres, bestStep, converged, seconds }: History,
  { digits, signal }: RunOptions,
): Promise<FinalRow> {
  const { task } = e;
  const validation = await evaluate(model, rotatedValidationSet(digits, e), task, { signal });
  const final: FinalRow = {
    kind: 'final',
    ...{ parameters: model.countParams(), steps, spheres, bestStep, converged, seconds },
    validationRotated: validation.score,
  };
  if (e.testImages === 0) return final;
  const sets = testSets(digits, e);
  const { predictions, ...rotated } = await evaluate(model, sets.rotated, task, {
    predictions: true,
    signal,
  });
  const unrotated = await evaluate(model, sets.unrotated, task, { signal });
  return { ...final, rotated, unrotated, samples: samplesOf(sets.rotated, predictions!, task) };
}
