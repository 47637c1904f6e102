import type { DatasetName } from '../datasets/digits';
import { tasks } from '../datasets/task';
import { type GridChoice, gridOf } from '../experiments/grid';
import type { Tier } from '../experiments/tier';
import { modelsOf, tierNames, tierOf } from '../experiments/tiers';
import { integersOf, listOf, wordOf } from './arguments';
import type { Option, Values } from './command';
import { datasetOf, digitsOptions } from './digits';
import { engineOption } from './engine';
import { outOption, type RunFolders, runFolders } from './folders';
import { jobsOption, type Machine, machineOf } from './jobs';

/** Options of the commands that run a tier. */
export const choiceOptions = {
  tier: { type: 'string', value: 'NAME', help: `${tierNames.join(', ')} (quick)` },
  ...digitsOptions,
  task: { type: 'string', value: 'LIST', help: `${tasks.join(', ')} (both)` },
  models: { type: 'string', value: 'LIST', help: "some of the tier's models, separated by commas (all)" },
  only: { type: 'string', value: 'LIST', help: "some of the tier's parts, as in E1,E2 (all)" },
  seeds: { type: 'string', value: 'LIST', help: "seeds in place of the tier's, as in 1,2,3" },
  ...outOption,
  ...engineOption,
  ...jobsOption,
} as const satisfies Record<string, Option>;

/** What the options of a command that runs a tier come to. */
export interface StudyChoice {
  tier: Tier;
  dataset: DatasetName;
  parts: Omit<GridChoice, 'dataset'>;
  folders: RunFolders;
  machine: Machine;
}

/** @throws UsageError for a tier, data set, task, model, part, seed, engine or number of jobs that cannot be */
export function choiceOf(values: Values): StudyChoice {
  const tier = tierOf(wordOf(values.tier) ?? 'quick');
  const dataset = datasetOf(values);
  const parts = {
    tasks: listOf('task', values),
    models: listOf('models', values),
    parts: listOf('only', values),
    seeds: integersOf('seeds', values),
  };
  gridOf(tier, { dataset, ...parts });
  return { tier, dataset, parts, folders: runFolders(values), machine: machineOf(values) };
}

/** The tiers, a line each with its models: part of --help. */
export function tiersHelp(): string {
  return tierNames
    .map(tierOf)
    .map((tier) => `  ${tier.name.padEnd(7)} ${tier.about}\n          (${modelsOf(tier).join(', ')})`)
    .join('\n');
}
