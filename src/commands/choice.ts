import { type DatasetName, type Digits, datasetNames } from '../datasets/digits';
import { loadDigits } from '../datasets/load';
import type { Experiment } from '../experiments/experiment';
import { type GridChoice, gridOf } from '../experiments/grid';
import { modelsOf, type Tier, tierOf } from '../experiments/tiers';
import type { StoredResult } from '../results/store';
import { checkOneOf } from '../util/check';
import { integersOf, listOf, wordOf } from './arguments';
import type { Context, Option, Values } from './command';
import { engineOption } from './engine';
import { resultsFolder, resultsOption } from './folders';
import { jobsOption, machineOf, runInJobs } from './jobs';

/** Options of all commands that need digits. */
export const digitsOptions = {
  dataset: {
    type: 'string',
    value: 'NAME',
    help: 'mnist, fashion-mnist or glyphs. If not given: mnist or, without files and\nnetwork, glyphs in its place, and the results say so',
  },
  offline: { type: 'boolean', help: 'do not try to download' },
} as const satisfies Record<string, Option>;

/** Options of the commands that run a tier. */
export const studyOptions = {
  tier: { type: 'string', value: 'NAME', help: 'quick, laptop or paper (quick)' },
  ...digitsOptions,
  task: { type: 'string', value: 'LIST', help: 'classification, segmentation (both)' },
  models: { type: 'string', value: 'LIST', help: "some of the tier's models, separated by commas (all)" },
  seeds: { type: 'string', value: 'LIST', help: "seeds in place of the tier's, as in 1,2,3" },
  ...resultsOption,
  ...engineOption,
  ...jobsOption,
} as const satisfies Record<string, Option>;

/** What the options of a study come to. */
export interface Study {
  tier: Tier;
  dataset: DatasetName;
  choice: Omit<GridChoice, 'dataset'>;
  results: string;
}

/** @throws UsageError for a tier, data set, task, model, seed, engine or number of jobs that cannot be */
export function studyOf(values: Values): Study {
  machineOf(values);
  const tier = tierOf(wordOf(values.tier) ?? 'quick');
  const dataset = datasetOf(values);
  const choice = {
    tasks: listOf(values.task),
    models: listOf(values.models),
    seeds: integersOf('seeds', values.seeds),
  };
  gridOf(tier, { dataset, ...choice });
  return { tier, dataset, choice, results: resultsFolder(values) };
}

export function datasetOf(values: Values): DatasetName {
  return checkOneOf('data set', wordOf(values.dataset) ?? 'mnist', datasetNames);
}

/** Gets digits and says which; glyphs in place of others only where none were asked for. */
export async function getDigits(
  values: Values,
  { status }: Context,
  onFallback: 'glyphs' | 'error' = values.dataset === undefined ? 'glyphs' : 'error',
): Promise<Digits> {
  const digits = await loadDigits(datasetOf(values), {
    download: !values.offline,
    onFallback,
    log: status.log,
  });
  status.log(
    `digits: ${digits.source}, ${digits.train.count} to train and ${digits.test.count} to test with`,
  );
  return digits;
}

/** Gets the digits, and runs what `select` keeps of the tier's experiments. */
export async function runStudy(
  values: Values,
  context: Context,
  select: (experiments: Experiment[]) => Experiment[] = (all) => all,
): Promise<StoredResult[]> {
  const { tier, choice } = studyOf(values);
  const digits = await getDigits(values, context);
  const experiments = select(gridOf(tier, { dataset: digits.name, ...choice }));
  return runInJobs(experiments, tier, digits, values, context);
}

/** The tiers, a line each with its models: part of --help. */
export function tiersHelp(): string {
  return ['quick', 'laptop', 'paper']
    .map(tierOf)
    .map((tier) => `  ${tier.name.padEnd(7)} ${tier.about}\n          (${modelsOf(tier).join(', ')})`)
    .join('\n');
}
