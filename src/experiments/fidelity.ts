import { releasedRotationIndex } from '../datasets/draws';
import { type Faults, faultsOf } from '../datasets/faults';
import { check, checkOneOf } from '../util/check';

/** The faults of the released generator, each a fidelity of its own. */
export const faultNames: readonly string[] = Object.keys(faultsOf());

/**
 * How true the data are to the paper's text, in a word: `corrected`, `released` (all faults of the released generator),
 * or the names of single faults joined by `+`.
 * @returns the one spelling of it: faults in their order
 * @throws UsageError for a name that is none, or stands there twice
 */
export function canonicalFidelity(fidelity: string): string {
  if (fidelity === 'corrected' || fidelity === 'released') return fidelity;
  const names = String(fidelity).split('+');
  const known = names.length > 1 ? faultNames : ['corrected', 'released', ...faultNames];
  for (const name of names) checkOneOf('fidelity', name, known);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  check(twice === undefined, `fidelity "${fidelity}": "${twice}" stands there twice`);
  const ordered = faultNames.filter((name) => names.includes(name));
  return ordered.length === faultNames.length ? 'released' : ordered.join('+');
}

/** The faults that a fidelity stands for. */
export function faultsIn(fidelity: string): Faults {
  if (fidelity === 'corrected' || fidelity === 'released') return faultsOf(fidelity);
  return faultsOf('corrected', Object.fromEntries(fidelity.split('+').map((name) => [name, true])));
}

/** Distinct rotations where each image has its own; the released generator draws one for 500. */
export function rotationsOfEach(images: number, fidelity: string): number {
  return faultsIn(fidelity).rotations ? releasedRotationIndex(images - 1) + 1 : images;
}
