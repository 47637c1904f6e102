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
  return hidden[name] ?? all[checkOneOf('tier', name, tierNames)];
}

/** Names of the models of a tier. */
export function modelsOf(tier: Tier): string[] {
  return [...new Set(tier.series.map((series) => series.model))];
}

/** Names of the parts of a tier, as in `E1`. */
export function partsOf(tier: Tier): string[] {
  return [...new Set(tier.series.map((series) => series.part))];
}
