import { join } from 'node:path';
import type { DatasetName, Digits } from '../../datasets/digits';
import { loadDigits } from '../../datasets/load';
import { checkTask, type Task } from '../../datasets/task';
import { startEngine } from '../../engine/start';
import { describeExperiment, type Experiment, experimentId } from '../../experiments/experiment';
import { experimentAt } from '../../experiments/grid';
import { tierOf, tierWith } from '../../experiments/tiers';
import { addResult } from '../../results/read';
import type { ResultRow, Results } from '../../results/rows';
import { openStore } from '../../results/store';
import { runExperiment } from '../../running/runner';
import { checkKeys } from '../../util/check';
import { cellsFolder } from '../../util/files';
import { type ShownProgress, showProgress } from './progress_bar';

/** An experiment by what sets it apart from those of its tier. */
export interface OneExperiment {
  task: Task;
  /** Name of a network, as in `cnn-quick-small`. */
  model: string;
  /** Training images. */
  images: number;
  /** Distinct rotations among them; 0: unrotated. Default: one for each image. */
  rotations?: number;
  /** Default: the first of the tier. */
  seed?: number;
  /** Whose recipe, bandwidth and tests; default: the shortest that trains the model for the task. */
  tier?: string;
  /** Default 'mnist'; where it cannot be had, the built-in glyphs, and the row says so. */
  dataset?: DatasetName;
}

export interface RunOneOptions {
  /** Results that the experiment is added to, so that the next figure of them shows it. */
  into?: Results;
  /** Where its results and checkpoints go; default out/cells. */
  folder?: string;
  /** Default: that of the notebook's cell. */
  signal?: AbortSignal;
}

const keys: Record<keyof OneExperiment, true> = {
  task: true,
  model: true,
  images: true,
  rotations: true,
  seed: true,
  tier: true,
  dataset: true,
};

/**
 * Trains and tests one network with a tier's recipe, and shows how far it is. What is finished, among `into` or in the
 * folder, is not trained again; what was interrupted goes on when it is called again.
 * @returns its row
 * @throws UsageError for a network, a tier or a task that is none, or more rotations than images; Interrupted, which
 *   says at which step
 */
export async function runOne(
  wanted: OneExperiment,
  { into = { rows: [], validations: [], samples: [] }, folder = cellsFolder, signal }: RunOneOptions = {},
): Promise<ResultRow> {
  checkKeys('runOne', wanted, keys);
  const { model, images, rotations = images, seed, dataset = 'mnist' } = wanted;
  const task = checkTask(wanted.task);
  const tier = wanted.tier === undefined ? tierWith(task, model) : tierOf(wanted.tier);
  const asked = { task, model, images, rotations, seed };
  experimentAt(tier, { ...asked, dataset }); // before anything is loaded
  const digits = await loadDigits(dataset, { glyphs: tier.glyphs });
  const e = experimentAt(tier, { ...asked, dataset: digits.name });
  const bar = showProgress(`${describeExperiment(e)}: steps`, e.steps);
  const known = into.rows.find((row) => row.id === experimentId(e));
  const row = known ?? addResult(into, await run(e, digits, folder, bar, signal))!;
  bar.finish(scoresOf(row), row.steps);
  return row;
}

async function run(e: Experiment, digits: Digits, folder: string, bar: ShownProgress, signal?: AbortSignal) {
  return runExperiment(e, {
    store: openStore(join(folder, 'results'), console.log),
    runs: join(folder, 'runs'),
    digits,
    engine: await startEngine(),
    onProgress: ({ step, loss }) => bar.update(step, `loss ${loss.toFixed(2)}`),
    signal,
  });
}

function scoresOf({ scoreRotated, scoreUnrotated, converged }: ResultRow): string {
  const scores = `${scoreRotated.toFixed(1)} % on rotated, ${scoreUnrotated.toFixed(1)} % on unrotated test spheres`;
  return converged ? scores : `${scores}, not converged`;
}
