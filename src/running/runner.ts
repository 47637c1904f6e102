import { rmSync } from 'node:fs';
import type * as tf from '@tensorflow/tfjs';
import type { Digits } from '../datasets/digits';
import { type Experiment, experimentId } from '../experiments/experiment';
import { testSets, trainingSets } from '../experiments/sets';
import { buildModel } from '../models/index';
import type { FinalRow } from '../results/format';
import { provenance } from '../results/provenance';
import { samplesOf } from '../results/samples';
import type { Store, StoredResult } from '../results/store';
import { evaluate } from '../training/evaluate';
import { type History, train } from '../training/loop';
import type { TrainProgress } from '../training/progress';
import type { ValidationRow } from '../training/state';
import { check } from '../util/check';
import { checkpointPath, loadTrained, runFolder, saveTrained, weightsPath } from './trained';

export interface RunOptions {
  store: Store;
  /** the data set that the experiment names */
  digits: Digits;
  /** the engine's name, for the record */
  engine: string;
  /** folder of checkpoints and trained weights */
  runs: string;
  log?: (line: string) => void;
  onEpoch?: (row: ValidationRow) => void;
  onProgress?: (progress: TrainProgress) => void;
  signal?: AbortSignal;
}

/**
 * Runs one experiment: data, model, training, both tests, one file of results.
 *
 * A finished one is not run again; an interrupted one goes on at the batch where it stopped, and its numbers are
 * those of an uninterrupted one.
 * @throws Interrupted when the signal fires; UsageError if `digits` are not those of the experiment
 */
export async function runExperiment(e: Experiment, options: RunOptions): Promise<StoredResult> {
  const { store, digits, runs, engine } = options;
  check(digits.name === e.dataset, `the experiment wants ${e.dataset}, got ${digits.name}`);
  const id = experimentId(e);
  const stored = store.read(id);
  if (stored?.final) return stored;
  // Whoever deletes a file of results wants new ones, not those of old weights.
  if (!store.started(id)) rmSync(runFolder(runs, id), { recursive: true, force: true });

  const started = new Date().toISOString();
  const { source } = digits;
  store.append(id, { kind: 'config', id, experiment: e, ...provenance(), engine, source, started });
  const { bandwidth, task, seed } = e;
  const inputRange = e.fidelity === 'released' ? 255 : 1;
  const model = buildModel(e.model, { task, bandwidth, seed, inputRange });
  try {
    const history = await trained(model, e, id, options);
    store.append(id, await tested(model, e, history, options));
    rmSync(checkpointPath(runs, id), { force: true });
  } finally {
    model.dispose();
  }
  return store.read(id)!;
}

/** Trains the model, or gives it the weights that an earlier start had already trained. */
async function trained(
  model: tf.LayersModel,
  e: Experiment,
  id: string,
  { store, digits, runs, log, onEpoch, onProgress, signal }: RunOptions,
): Promise<History> {
  const path = weightsPath(runs, id);
  let history = loadTrained(path, model);
  if (!history) {
    const record = (row: ValidationRow) => {
      store.append(id, { kind: 'epoch', ...row });
      onEpoch?.(row);
    };
    const { task, epochs, seed, batchSize, learningRate, schedule, patience } = e;
    const checkpoint = checkpointPath(runs, id);
    const recipe = { task, epochs, seed, batchSize, learningRate, schedule, patience, checkpoint };
    history = await train(model, trainingSets(digits, e), {
      ...recipe,
      belongsTo: id,
      onValidation: record,
      onProgress,
      log,
      signal,
    });
    await saveTrained(path, model, history);
  }
  const written = new Set(store.read(id)?.epochs.map((row) => row.epoch));
  for (const row of history.validations)
    if (!written.has(row.epoch)) store.append(id, { kind: 'epoch', ...row });
  return history;
}

async function tested(
  model: tf.LayersModel,
  e: Experiment,
  { validations, bestStep, seconds }: History,
  { digits, signal }: RunOptions,
): Promise<FinalRow> {
  const sets = testSets(digits, e);
  const { predictions, ...rotated } = await evaluate(model, sets.rotated, e.task, {
    predictions: true,
    signal,
  });
  const unrotated = await evaluate(model, sets.unrotated, e.task, { signal });
  return {
    kind: 'final',
    parameters: model.countParams(),
    epochs: validations.length,
    bestEpoch: validations.findIndex((row) => row.step === bestStep) + 1,
    seconds,
    rotated,
    unrotated,
    samples: samplesOf(sets.rotated, predictions!, e.task),
  };
}
