/**
 * The version of the numbers: raised whenever a change of code moves results by more than rounding does
 * (test/experiments/numbers_version.test.ts fails then). Results of different versions are never averaged.
 */
export const numbersVersion = 1;
