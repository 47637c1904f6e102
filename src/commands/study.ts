import { join } from 'node:path';
import { type DatasetName, type Digits, datasetNames } from '../datasets/digits';
import { loadDigits } from '../datasets/load';
import type { EngineReport } from '../engine/report';
import type { Experiment } from '../experiments/experiment';
import { type GridChoice, gridOf } from '../experiments/grid';
import { runAll } from '../experiments/reproduce';
import { openStore, type StoredResult } from '../experiments/store';
import { modelsOf, type Tier, tierOf } from '../experiments/tiers';
import { checkOneOf } from '../util/check';
import { repositoryRoot } from '../util/files';
import { integersOf, listOf, wordOf } from './arguments';
import type { Context, Option, Values } from './command';
import { engineLabel, engineOption, startEngineFor } from './engine';

/** Options of all commands that read or write results. */
export const resultsOption = {
  results: { type: 'string', value: 'FOLDER', help: 'where the results are (data/results)' },
} as const satisfies Record<string, Option>;

/** Options of all commands that need digits. */
export const digitsOptions = {
  dataset: {
    type: 'string',
    value: 'NAME',
    help: 'mnist, fashion-mnist or glyphs (mnist). Without files and network, glyphs\nstand in for the digits, and the results say so',
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
} as const satisfies Record<string, Option>;

/** What the options of a study come to. */
export interface Study {
  tier: Tier;
  dataset: DatasetName;
  choice: Omit<GridChoice, 'dataset'>;
  results: string;
}

/** @throws UsageError for a tier, data set, task, model or seed that is not there */
export function studyOf(values: Values): Study {
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

export function resultsFolder(values: Values): string {
  return wordOf(values.results) ?? join(repositoryRoot, 'data', 'results');
}

/** Checkpoints and weights: data/runs, or inside a results folder of one's own. */
export function runsFolder(values: Values): string {
  const own = wordOf(values.results);
  return own ? join(own, 'runs') : join(repositoryRoot, 'data', 'runs');
}

/** Gets digits and says which. */
export async function getDigits(values: Values, { status }: Context): Promise<Digits> {
  const digits = await loadDigits(datasetOf(values), { download: !values.offline, log: status.log });
  status.log(
    `digits: ${digits.source}, ${digits.train.count} to train and ${digits.test.count} to test with`,
  );
  return digits;
}

/** Starts the engine, gets the digits, and runs what `select` keeps of the tier's experiments. */
export async function runStudy(
  values: Values,
  context: Context,
  select: (experiments: Experiment[]) => Experiment[] = (all) => all,
): Promise<{ results: StoredResult[]; engine: EngineReport }> {
  const { tier, choice, results } = studyOf(values);
  const engine = await startEngineFor(values, context);
  const digits = await getDigits(values, context);
  const { log, update } = context.status;
  const finished = await runAll(select(gridOf(tier, { dataset: digits.name, ...choice })), {
    store: openStore(join(results, tier.name), log),
    runs: runsFolder(values),
    digits,
    engine: engineLabel(engine),
    log,
    status: update,
    signal: context.signal,
  });
  return { results: finished, engine };
}

/** The tiers, a line each with its models: part of --help. */
export function tiersHelp(): string {
  return ['quick', 'laptop', 'paper']
    .map(tierOf)
    .map((tier) => `  ${tier.name.padEnd(7)} ${tier.about}\n          (${modelsOf(tier).join(', ')})`)
    .join('\n');
}
