import { checkTask, tasks } from '../datasets/task';
import { processorName } from '../engine/contract/processor';
import { engineLabel } from '../engine/contract/report';
import { startEngine } from '../engine/start';
import { type Measured, measuredFolder } from '../results/measurements';
import { currentProvenance } from '../results/provenance';
import { readResults } from '../results/read';
import type { ResultRow } from '../results/rows';
import { check, checkOneOf } from '../util/check';
import { makeWritable } from '../util/files';
import { integerOf, listOf, wordOf } from './arguments';
import type { Command, Context, Values } from './command';
import { datasetOf, digitsOptions, getDigits } from './digits';
import { engineOf, engineOption } from './engine';
import { outOption, runFolders } from './folders';
import { measureAnswersOf } from './measured_answers';
import { measureCosts } from './measured_costs';
import { measureRelu } from './measured_relu';
import { measureTrainings } from './measured_training';
import { measuredTier } from './measuring';
import { networksOfRun, publishedNetworks } from './trained_networks';

const kinds = ['cost', 'answers', 'relu', 'training'] as const;

/** Those of some minutes. */
const usual = ['cost', 'answers', 'relu'] as const;

export const command: Command = {
  name: 'measure',
  about: "measure the study's trained networks: what they cost, how they answer",
  help: [
    'cost: parameters, multiply-adds, bytes, time of an answer and of training. answers: score, equivariance error and',
    'time of answers that are means over rotations of the test sphere and over several CNNs, and of an S2CNN whose ReLU',
    'acts on a finer grid. relu: such grids for every S2CNN, on unrotated spheres as well. training: the S2CNNs trained',
    'again, with their equivariance error at each validation, which takes hours. The networks are those of data/networks,',
    'or of a run (--out); what is measured goes to data/measured. Measured answers are kept: interrupted, the same',
    'command goes on. Times mean something only if nothing else runs.',
  ].join('\n'),
  options: {
    only: { type: 'string', value: 'LIST', help: `${kinds.join(', ')} (${usual.join(', ')})` },
    task: { type: 'string', value: 'LIST', help: `${tasks.join(', ')} (both)` },
    images: {
      type: 'string',
      value: 'N',
      help: 'training images of the trainings that are done again (10000)',
    },
    spheres: { type: 'string', value: 'N', help: 'test spheres of each answer (1000)' },
    to: { type: 'string', value: 'FOLDER', help: 'where the measurements go (data/measured)' },
    out: { ...outOption.out, help: 'a run whose networks are measured (the published ones)' },
    ...digitsOptions,
    ...engineOption,
  },
  run: measure,
};

async function measure(values: Values, context: Context): Promise<void> {
  const only = (listOf('only', values) ?? usual).map((kind) => checkOneOf('measurement', kind, kinds));
  const spheres = integerOf('spheres', values, 32, 1e5) ?? 1000;
  const images = integerOf('images', values, 1) ?? 10000;
  const trained = wordOf(values.out) === undefined ? publishedNetworks() : networksOfRun(runFolders(values));
  const to = wordOf(values.to) ?? measuredFolder;
  const wanted = engineOf(values);
  const ofTasks = (listOf('task', values) ?? tasks).map(checkTask);
  datasetOf(values);
  makeWritable(to);
  const digits = await getDigits(values, context);
  const engine = await startEngine({ engine: wanted });
  const by: Measured = {
    engine: engineLabel(engine),
    processor: processorName(),
    commit: currentProvenance().commit,
  };
  const isWanted = (row: ResultRow) =>
    row.tier === measuredTier.name && row.dataset === digits.name && ofTasks.includes(row.task);
  const rows = trained.rows.filter(isWanted);
  check(
    rows.length > 0,
    `no network of the study that was trained on ${digits.name}, under ${trained.results}`,
  );
  const measuring = { trained, digits, spheres, by, to };
  const all = readResults(trained.results).rows.filter(isWanted); // those whose weights are not at hand as well
  if (only.includes('cost')) await measureCosts(all, measuring, context);
  if (only.includes('answers')) await measureAnswersOf(rows, measuring, context);
  if (only.includes('relu')) await measureRelu(rows, measuring, context);
  if (only.includes('training'))
    await measureTrainings(
      all.filter((row) => row.images === images),
      measuring,
      context,
    );
}
