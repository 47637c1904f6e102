import { checkKeys, checkOneOf } from '../util/check';

/** `corrected`: as the paper describes the data. `released`: with every fault of the released generator. */
export type Mode = 'corrected' | 'released';

/**
 * The faults of the released generator, each to be switched on alone.
 *
 * A sixth one leaves no trace: a constant image is rescaled by 0/0, and the bytes come out as 0 all the same.
 */
export interface Faults {
  /** reads the pixels at -1 and +1 of trunc(u), weights that add up to 4: blurs over diagonal neighbours */
  sampling: boolean;
  /** beta_i = pi i/(2b), first row on the pole, in place of the network's grid */
  grid: boolean;
  /** projects the northern half as well: the pole itself meets the digit's centre */
  pole: boolean;
  /** one rotation per 500 consecutive images, where nothing else is asked for */
  rotations: boolean;
  /** network input 0..255 in place of 0..1 */
  input: boolean;
}

const names: readonly (keyof Faults)[] = ['sampling', 'grid', 'pole', 'rotations', 'input'];

/** The faults of a mode, with single ones switched. @throws UsageError for an unknown mode or fault */
export function faultsOf(mode: Mode = 'corrected', switched: Partial<Faults> = {}): Faults {
  checkOneOf('mode', mode, ['corrected', 'released']);
  checkKeys('faults', switched, names);
  const all = mode === 'released';
  return { sampling: all, grid: all, pole: all, rotations: all, input: all, ...switched };
}
