import { contestOf } from '../analysis/contest';
import { pointsOf } from '../analysis/points';
import { checkUnmixed, studyKeys } from '../analysis/selection';
import { imagesWorth } from '../analysis/worth';
import { modelLabel } from '../figures/parts/wording';
import type { NamedWorth } from '../figures/parts/worth_wording';
import type { ResultRow } from '../results/rows';
import { Random } from '../util/random';

/**
 * What the S2CNN's score is worth to each CNN of a study, in rotated images; empty where there is nothing to compare.
 * @throws UsageError if what is compared mixes studies: tasks, tiers, data sets, versions of the numbers, ...
 */
export function worthOf(rows: readonly ResultRow[]): NamedWorth[] {
  const { equivariant, plain } = contestOf(rows);
  if (equivariant.length === 0) return [];
  checkUnmixed('results', [...equivariant, ...plain.flat()], ['task', ...studyKeys], 'choose one');
  return plain.map((own) => ({
    network: modelLabel(own[0]),
    ...imagesWorth(pointsOf(own), pointsOf(equivariant), { random: Random.of(1, 'worth', own[0].model) }),
  }));
}
