import type * as tf from '@tensorflow/tfjs';
import { contestantsOf } from '../analysis/contestants';
import { latency } from '../analysis/latency';
import { measureAnswers, orbit } from '../analysis/test_time';
import type { Digits } from '../datasets/digits';
import { tasks } from '../datasets/task';
import { processorName } from '../engine/processor';
import { engineLabel } from '../engine/report';
import { startEngine } from '../engine/start';
import { testSets } from '../experiments/sets';
import { modelsOf, tierOf } from '../experiments/tiers';
import { networkCost } from '../models/cost';
import { buildNetwork } from '../models/network';
import { networkOf } from '../models/presets';
import {
  type AnswerRow,
  type Measured,
  measuredFolder,
  readAnswers,
  writeAnswers,
  writeCosts,
} from '../results/measurements';
import { provenance } from '../results/provenance';
import { checkResultsFolder, experimentOf, readResults } from '../results/read';
import type { ResultRow } from '../results/rows';
import { trainedModel } from '../running/trained';
import { checkOneOf, UsageError } from '../util/check';
import { makeWritable } from '../util/files';
import { mean } from '../util/mean';
import { integerOf, listOf, wordOf } from './arguments';
import type { Command, Context, Values } from './command';
import { datasetOf, digitsOptions, getDigits } from './digits';
import { engineOf, engineOption } from './engine';
import { outOption, type RunFolders, runFolders } from './folders';

const kinds = ['cost', 'answers'] as const;
const tier = tierOf('study');

export const command: Command = {
  name: 'measure',
  about: "measure the study's trained networks: what they cost, how they answer",
  help: [
    'cost: parameters, multiply-adds, bytes, time of an answer and of training. answers: score, equivariance error and',
    'time of answers that are means over rotations of the test sphere and over several CNNs, and of an S2CNN whose ReLU',
    'acts on a finer grid. Networks come from a run (--out); what is measured goes to data/measured. Measured answers',
    'are kept: interrupted, the same command goes on. Times mean something only if nothing else runs.',
  ].join('\n'),
  options: {
    only: { type: 'string', value: 'LIST', help: `${kinds.join(', ')} (both)` },
    spheres: { type: 'string', value: 'N', help: 'test spheres of each answer (1000)' },
    to: { type: 'string', value: 'FOLDER', help: 'where the measurements go (data/measured)' },
    ...outOption,
    ...digitsOptions,
    ...engineOption,
  },
  run: measure,
};

async function measure(values: Values, context: Context): Promise<void> {
  const only = (listOf('only', values) ?? kinds).map((kind) => checkOneOf('measurement', kind, kinds));
  const spheres = integerOf('spheres', values, 32, 1e5) ?? 1000;
  const folders = runFolders(values);
  const to = wordOf(values.to) ?? measuredFolder;
  const wanted = engineOf(values);
  datasetOf(values);
  checkResultsFolder(folders.results);
  makeWritable(to);
  const digits = await getDigits(values, context);
  const engine = await startEngine({ engine: wanted });
  const by: Measured = {
    engine: engineLabel(engine),
    processor: processorName(),
    commit: provenance().commit,
  };
  const rows = readResults(folders.results).rows.filter(
    (row) => row.tier === tier.name && row.dataset === digits.name,
  );
  if (only.includes('cost')) await measureCosts(rows, by, to, context);
  if (only.includes('answers')) await measureAllAnswers(rows, { folders, digits, spheres, by, to }, context);
}

/** Of every network of the tier, with fresh weights. */
async function measureCosts(
  rows: readonly ResultRow[],
  by: Measured,
  to: string,
  { status, signal }: Context,
): Promise<void> {
  const found = [];
  for (const model of modelsOf(tier)) {
    const { task } = tier.series.find((series) => series.model === model)!;
    const network = networkOf(model, { task, bandwidth: tier.bandwidth });
    const built = buildNetwork(network, 1);
    const [one, many] = [await latency(built, 1, signal), await latency(built, 32, signal)];
    const trained = rows.filter(
      (row) => row.model === model && row.variant === '' && row.bandwidth === tier.bandwidth,
    );
    found.push({
      ...{ task, model, family: network.family, bandwidth: tier.bandwidth },
      ...networkCost(built),
      ...{ milliseconds1: one, milliseconds32: many },
      trainingMilliseconds:
        trained.length > 0 ? mean(trained.map(({ seconds, spheres }) => (1000 * seconds) / spheres)) : null,
      ...by,
    });
    built.dispose();
    status.log(`${model}: ${one.toFixed(1)} ms for an answer, ${many.toFixed(1)} ms for 32`);
  }
  writeCosts(found, to);
}

/** An answer to be measured. */
interface Wanted {
  rows: readonly ResultRow[];
  orbit: number;
  oversampling: number;
}

interface Setting {
  folders: RunFolders;
  digits: Digits;
  spheres: number;
  by: Measured;
  /** folder of the measurements */
  to: string;
}

async function measureAllAnswers(
  rows: readonly ResultRow[],
  setting: Setting,
  context: Context,
): Promise<void> {
  const wanted = tasks.flatMap((task) => answersOf(contestantsOf(rows, task)));
  if (wanted.length === 0) throw new UsageError('no finished experiment of the study in this run');
  for (const answer of wanted) await measureOne(answer, setting, context);
}

/** What is asked of each: more rotations of all, more networks of the CNNs, finer grids of the S2CNN. */
function answersOf({ equivariant, plain, ensemble }: ReturnType<typeof contestantsOf>): Wanted[] {
  const over = (list: readonly ResultRow[], orbits: readonly number[]) =>
    orbits.map((count) => ({ rows: list, orbit: count, oversampling: 1 }));
  return [
    ...(equivariant ? over([equivariant], [1, 4, 16]) : []),
    ...(equivariant ? [1.5, 2].map((oversampling) => ({ rows: [equivariant], orbit: 1, oversampling })) : []),
    ...(plain ? over([plain], [1, 4, 16, 64]) : []),
    ...(ensemble.length > 1 ? over(ensemble, [1, 4, 16]) : []),
  ];
}

async function measureOne(
  { rows, orbit: count, oversampling }: Wanted,
  { folders, digits, spheres, by, to }: Setting,
  { status, signal }: Context,
): Promise<void> {
  const [first] = rows;
  const ids = rows.map(({ id }) => id);
  const key = { ids, orbit: count, oversampling, spheres };
  const known = readAnswers(to);
  const isSame = (row: AnswerRow) =>
    Object.entries(key).every(([k, v]) => String(row[k as keyof AnswerRow]) === String(v));
  if (known.some(isSame)) return;
  const change = first.family === 's2cnn' ? { oversampling } : {};
  const experiments = rows.map((row) => experimentOf(folders.results, row));
  const models: tf.LayersModel[] = experiments.map((e) => trainedModel(folders.runs, e, change));
  const { task, bandwidth, dataset } = experiments[0];
  const { rotated } = testSets(digits, {
    ...experiments[0],
    testImages: Math.min(spheres, digits.test.count),
  });
  const answerer = { models, task, bandwidth, rotations: orbit(count, 1) };
  const measures = await measureAnswers(answerer, rotated, { signal });
  for (const model of models) model.dispose();
  const names = rows.map((row) => row.model);
  const parameters = rows.reduce((sum, row) => sum + row.parameters, 0);
  const { family, images, rotations } = first;
  writeAnswers(
    [
      ...known,
      { task, dataset, family, models: names, parameters, images, rotations, ...key, ...measures, ...by },
    ],
    to,
  );
  status.log(
    `${task}, ${names.join(' + ')}, over ${count}, grid ${oversampling}: ${measures.score.toFixed(1)}, ` +
      `error ${measures.equivarianceError.toFixed(3)}, ${measures.milliseconds.toFixed(2)} ms`,
  );
}
