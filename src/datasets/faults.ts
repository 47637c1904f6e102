import { check, checkKeys, checkOneOf } from '../util/check';

/** `corrected`: as the paper describes the data. `released`: with every fault of the released generator. */
export type Mode = 'corrected' | 'released';

/**
 * The faults of the released generator, each to be switched on alone.
 *
 * A seventh one leaves no trace: a constant image is rescaled by 0/0, and the bytes come out as 0 all the same.
 */
export interface Faults {
  /** reads the pixels at -1 and +1 of trunc(u), weights that add up to 4: blurs over diagonal neighbours */
  sampling: boolean;
  /** beta_i = pi i/(2b), first row on the pole, in place of the network's grid */
  grid: boolean;
  /** projects the northern half as well: the pole itself meets the digit's centre */
  pole: boolean;
  /** the pole meets row and column 14 of the image in place of its centre, 13.5 */
  centre: boolean;
  /** image i has rotation floor(i/500), where no number of rotations is asked for */
  rotations: boolean;
  /** network input 0..255 in place of 0..1 */
  input: boolean;
}

/**
 * The faults of a mode, with single ones switched; undefined switches nothing.
 * @throws UsageError for an unknown mode or fault, or a switch that is neither true nor false
 */
export function faultsOf(mode: Mode = 'corrected', switched: Partial<Faults> = {}): Faults {
  checkOneOf('mode', mode, ['corrected', 'released']);
  const all = mode === 'released';
  const faults = { sampling: all, grid: all, pole: all, centre: all, rotations: all, input: all };
  checkKeys('faults', switched, faults);
  const given = Object.entries(switched).filter(([, value]) => value !== undefined);
  for (const [name, value] of given)
    check(typeof value === 'boolean', () => `faults: ${name}: expected true or false, got ${value}`);
  return { ...faults, ...Object.fromEntries(given) };
}
