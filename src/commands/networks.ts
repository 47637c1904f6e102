import { join } from 'node:path';
import { bestOnValidation } from '../analysis/contestants';
import { isUsualData } from '../analysis/selection';
import { networkName } from '../analysis/summary';
import { measureAnswers, orbit } from '../analysis/test_time';
import { datasetTitle } from '../datasets/title';
import { startEngine } from '../engine/start';
import { testSets } from '../experiments/sets';
import {
  loadNetwork,
  type NetworkCard,
  networkNames,
  networksFolder,
  readNetwork,
  saveNetwork,
} from '../results/networks';
import { experimentOf, readResults } from '../results/read';
import type { ResultRow } from '../results/rows';
import { trainedModel } from '../running/trained';
import { makeWritable, writeFileAtomic } from '../util/files';
import type { Command, Context, Values } from './command';
import { datasetOf, digitsOptions, getDigits } from './digits';
import { engineOf, engineOption } from './engine';
import { outOption, runFolders } from './folders';

export const command: Command = {
  name: 'networks',
  about: 'publish trained networks of the study, with a card each',
  help: [
    'Takes the weights of finished experiments of the study from a run, those with the best score on rotated validation',
    'spheres, tests them as they will be loaded, and writes data/networks/NAME.weights and NAME.md. A published network',
    'that did at least as well on validation spheres stays.',
  ].join('\n'),
  options: { ...outOption, ...digitsOptions, ...engineOption },
  run: publishNetworks,
};

/** What is published: both families, trained with and without rotations, and S2CNNs whose ReLUs act on finer grids. */
const published: readonly (Pick<NetworkCard, 'name' | 'precision'> &
  Pick<ResultRow, 'model'> & { variant?: string; rotated: boolean })[] = [
  { name: 's2cnn-204k', model: 's2cnn-204k', rotated: false, precision: 'float32' },
  {
    name: 's2cnn-204k-finer',
    model: 's2cnn-204k',
    variant: 'oversampling 1.5',
    rotated: false,
    precision: 'float32',
  },
  { name: 'cnn-218k-rotated', model: 'cnn-218k', rotated: true, precision: 'float32' },
  { name: 'cnn-218k-unrotated', model: 'cnn-218k', rotated: false, precision: 'float32' },
  { name: 's2cnn-150k', model: 's2cnn-150k', rotated: false, precision: 'float32' },
  {
    name: 's2cnn-150k-finer',
    model: 's2cnn-150k',
    variant: 'oversampling 1.5',
    rotated: false,
    precision: 'float32',
  },
  { name: 'cnn-114k-rotated', model: 'cnn-114k', rotated: true, precision: 'float32' },
  { name: 'cnn-114k-unrotated', model: 'cnn-114k', rotated: false, precision: 'float32' },
  { name: 'cnn-0.5m-rotated', model: 'cnn-0.5m', rotated: true, precision: 'float16' },
  { name: 'cnn-0.5m-unrotated', model: 'cnn-0.5m', rotated: false, precision: 'float16' },
];

async function publishNetworks(values: Values, context: Context): Promise<void> {
  const { status, signal } = context;
  const { results, runs } = runFolders(values);
  const engine = engineOf(values);
  datasetOf(values);
  const rows = readResults(results).rows.filter(
    (row) =>
      row.tier === 'study' && isUsualData(row) && (row.rotations === 0 || row.rotations === row.images),
  );
  makeWritable(networksFolder);
  const digits = await getDigits(values, context);
  await startEngine({ engine });
  let count = 0;
  for (const { name, model: preset, variant = '', rotated, precision } of published) {
    const own = rows.filter((r) => r.model === preset && r.variant === variant && r.dataset === digits.name);
    const row = bestOnValidation(own.filter((r) => r.rotations > 0 === rotated));
    if (!row) {
      status.log(`${name}: no finished experiment of it`);
      continue;
    }
    if (staysPublished(name, row)) {
      status.log(`${name}: the published one is as good on validation spheres, and stays`);
      continue;
    }
    const experiment = experimentOf(results, row);
    const model = trainedModel(runs, experiment);
    const card: NetworkCard = {
      name,
      experiment,
      result: row,
      precision,
      score: Number.NaN,
      equivarianceError: Number.NaN,
    };
    await saveNetwork(model, card);
    model.dispose();
    const loaded = loadNetwork(name).model;
    const { task, bandwidth } = experiment;
    const answerer = { models: [loaded], task, bandwidth, rotations: orbit(1, 1) };
    const { rotated: test } = testSets(digits, experiment);
    const { score, equivarianceError } = await measureAnswers(answerer, test, { signal });
    await saveNetwork(loaded, { ...card, score, equivarianceError });
    writeFileAtomic(join(networksFolder, `${name}.md`), cardText({ ...card, score, equivarianceError }));
    loaded.dispose();
    status.log(
      `${name}: ${score.toFixed(1)} on rotated spheres, equivariance error ${equivarianceError.toFixed(3)}`,
    );
    count++;
  }
  status.log(`${count} networks in ${networksFolder}`);
}

/** Whether the published network of that name stays: it did at least as well on the same data. */
export function staysPublished(name: string, row: ResultRow): boolean {
  if (!networkNames().includes(name)) return false;
  const { result } = readNetwork(name).card;
  return result.dataset === row.dataset && bestOnValidation([result, row]) === result;
}

/** A model card. */
function cardText({ name, experiment: e, result, precision, score, equivarianceError }: NetworkCard): string {
  const rotations = e.rotations === 0 ? 'none of them rotated' : `${e.rotations} distinct rotations`;
  const test = `${e.testImages} test spheres`;
  const rows: [string, string][] = [
    ['task', e.task],
    ['network', `${networkName(result)}, ${result.parameters} parameters, at bandwidth ${e.bandwidth}`],
    ['data', `${datasetTitle(e.dataset)}, ${e.images} training images, ${rotations}`],
    [
      'recipe',
      `Adam, rate ${e.learningRate}, batches of ${e.batchSize}, ${e.schedule}, ${result.spheres} spheres seen`,
    ],
    ['converged', result.converged ? 'yes' : 'no: the budget ended before the plateau'],
    ['score, rotated', `${result.scoreRotated.toFixed(1)} % on ${test}`],
    ['score, unrotated', `${result.scoreUnrotated.toFixed(1)} %`],
    ['weights', `${precision}; from this file ${score.toFixed(1)} % on rotated spheres`],
    [
      'equivariance error',
      `${equivarianceError.toFixed(3)}, relative, of its probabilities on rotated test spheres`,
    ],
    ['experiment', `${result.id}, seed ${e.seed}, commit ${result.commit}, ${result.engine}`],
  ];
  const table = rows.map(([what, value]) => `| ${what} | ${value} |`).join('\n');
  return (
    `# ${name}\n\n| | |\n| --- | --- |\n${table}\n\n` +
    'For teaching and for comparison with the paper. It knows ten classes drawn in one style on an otherwise empty sphere of ' +
    `${2 * e.bandwidth} x ${2 * e.bandwidth} points, and nothing else.\n\n` +
    `    const { model, card } = es.loadNetwork('${name}');\n`
  );
}
