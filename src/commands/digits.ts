import { type DatasetName, type Digits, datasetNames } from '../datasets/digits';
import { loadDigits } from '../datasets/load';
import type { Tier } from '../experiments/tier';
import { checkOneOf } from '../util/check';
import { wordOf } from './arguments';
import type { Context, Option, Values } from './command';
import { unguarded } from './interrupt';

/** Options of all commands that need digits. */
export const digitsOptions = {
  dataset: {
    type: 'string',
    value: 'NAME',
    help: 'mnist, fashion-mnist or glyphs (mnist). Without files and network, glyphs\nstand in for the digits unless a data set is named, and the results say so',
  },
  offline: { type: 'boolean', help: 'do not try to download' },
} as const satisfies Record<string, Option>;

export function datasetOf(values: Values): DatasetName {
  return checkOneOf('data set', wordOf(values.dataset) ?? 'mnist', datasetNames);
}

/**
 * Gets digits and says which.
 * @param glyphs how many, where they serve
 * @throws UsageError if a data set that was named cannot be had; without a name the glyphs take its place
 */
export async function getDigits(
  values: Values,
  { status, signal }: Context,
  glyphs?: Tier['glyphs'],
): Promise<Digits> {
  const onFallback = values.dataset === undefined ? 'glyphs' : 'error';
  const options = { download: !values.offline, onFallback, glyphs, log: status.log } as const;
  const digits = await unguarded(signal, () => {
    if (values.dataset === 'glyphs') status.log('digits: drawing glyphs, which takes some seconds');
    return loadDigits(datasetOf(values), options);
  });
  status.log(
    `digits: ${digits.source}, ${digits.train.count} to train and ${digits.test.count} to test with`,
  );
  return digits;
}
