import { type Faults, faultsOf } from '../datasets/faults';
import { checkOneOf } from '../util/check';

/** The faults of the released generator, each a fidelity of its own. */
export const faultNames: readonly string[] = Object.keys(faultsOf());

/**
 * How true the data are to the paper's text, in a word: `corrected`, `released` (all faults of the released generator),
 * or the names of single faults joined by `+`.
 * @throws UsageError for a name that is none
 */
export function checkFidelity(fidelity: string): string {
  if (fidelity !== 'corrected' && fidelity !== 'released')
    for (const name of fidelity.split('+'))
      checkOneOf('fidelity', name, ['corrected', 'released', ...faultNames]);
  return fidelity;
}

/** The faults that a fidelity stands for. */
export function faultsIn(fidelity: string): Faults {
  if (fidelity === 'corrected' || fidelity === 'released') return faultsOf(fidelity);
  return faultsOf('corrected', Object.fromEntries(fidelity.split('+').map((name) => [name, true])));
}
