import type { Task } from '../../src/datasets/task';
import type { Experiment } from '../../src/experiments/experiment';
import type { Family } from '../../src/models/network';
import type { StoredResult } from '../../src/results/format';
import { check } from '../../src/util/check';

/** The trials of a family on a task, and the one that the rule picks. */
export interface Tuned {
  family: Family;
  task: Task;
  trials: number;
  best: Experiment;
  /** of the best, in percent */
  validationRotated: number;
}

/**
 * Picks recipes: for each family and task, of its longest trials the one with the highest score on rotated validation
 * spheres.
 * @param results of which the finished ones count, each a trial that saw no test image
 * @throws UsageError for one that did, trials of several settings that differ in their data or in the version of their
 * numbers, or a tie
 */
export function bestTrials(results: readonly StoredResult[]): Tuned[] {
  const groups = new Map<string, StoredResult[]>();
  for (const result of results) {
    const { task, network, testImages, model, images } = result.sittings[0].experiment;
    if (!result.final) continue;
    check(testImages === 0, `a trial must not see test images: ${task}, ${model}, ${images} images`);
    const key = `${network.family} ${task}`;
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].map(pick);
}

function pick(trials: readonly StoredResult[]): Tuned {
  const longest = Math.max(...trials.map(plannedSpheres));
  const [first, second] = trials
    .filter((trial) => plannedSpheres(trial) === longest)
    .sort((a, b) => b.final!.validationRotated - a.final!.validationRotated);
  const { experiment: best } = first.sittings[0];
  const { task, network } = best;
  const validationRotated = first.final!.validationRotated;
  check(
    validationRotated !== second?.final?.validationRotated,
    `the two best trials of ${network.family} for ${task} are as good`,
  );
  for (const { sittings } of trials)
    check(
      sittings[0].numbers === first.sittings[0].numbers,
      `trials of ${network.family} for ${task} mix versions of the numbers`,
    );
  for (const key of ['dataset', 'images', 'rotations', 'validationImages', 'bandwidth', 'seed'] as const)
    for (const { sittings } of trials)
      check(sittings[0].experiment[key] === best[key], `trials of ${network.family} for ${task} mix ${key}`);
  return { family: network.family, task, trials: trials.length, best, validationRotated };
}

function plannedSpheres({ sittings: [{ experiment }] }: StoredResult): number {
  return experiment.steps * experiment.batchSize;
}
