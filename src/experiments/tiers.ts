import type { Task } from '../datasets/task';
import { checkOneOf } from '../util/check';
import { paper } from './paper';
import { quick } from './quick';
import { smoke } from './smoke';
import { study } from './study';
import type { Tier } from './tier';
import { tuning } from './tuning';

const all: Record<string, Tier> = { quick, study, tuning, paper };

/** Of no use to people. */
const hidden: Record<string, Tier> = { smoke };

export const tierNames: readonly string[] = Object.keys(all);

/** @throws UsageError for an unknown name */
export function tierOf(name: string): Tier {
  return Object.hasOwn(hidden, name) ? hidden[name] : all[checkOneOf('tier', name, tierNames)];
}

/** Names of the models of a tier. */
export function modelsOf(tier: Tier): string[] {
  return [...new Set(tier.series.map((series) => series.model))];
}

/** Names of the models that a tier trains for a task. */
export function modelsFor(tier: Tier, task: Task): string[] {
  return modelsOf({ ...tier, series: tier.series.filter((series) => series.task === task) });
}

/**
 * The first tier, from the shortest trainings to the longest, that trains a model for a task and tests it.
 * @throws UsageError if none does
 */
export function tierWith(task: Task, model: string): Tier {
  const tested = Object.values(all).filter(({ testImages }) => testImages > 0);
  const known = [...new Set(tested.flatMap((tier) => modelsFor(tier, task)))];
  checkOneOf(`model for ${task}`, model, known);
  return tested.find((tier) => modelsFor(tier, task).includes(model))!;
}

/** Names of the parts of a tier, as in `E1`. */
export function partsOf(tier: Tier): string[] {
  return [...new Set(tier.series.map((series) => series.part))];
}
