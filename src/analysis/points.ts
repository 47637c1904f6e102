import type { ResultRow } from '../results/rows';
import type { PaperPoint } from './paper';
import { checkSameNumbers } from './selection';

/** A score, in percent, reached with a number of training images. */
export interface Point {
  images: number;
  score: number;
  /** Whether the training had come to its end; left out where nobody knows. */
  converged?: boolean;
}

/**
 * Scores on rotated spheres over the number of training images, of result rows or of points of the paper.
 * @throws UsageError for result rows of different versions of the numbers
 */
export function pointsOf(from: readonly (ResultRow | PaperPoint)[]): Point[] {
  checkSameNumbers(from.filter((one): one is ResultRow => !('readError' in one)));
  return from.map((one) => {
    const { images } = one;
    if ('readError' in one) return { images, score: one.score };
    return { images, score: one.scoreRotated, converged: one.converged };
  });
}

/** How many of some trainings had come to their end. */
export interface Convergence {
  runs: number;
  unconverged: number;
  unknown: number;
}

export function convergenceOf(runs: readonly { converged?: boolean }[]): Convergence {
  return {
    runs: runs.length,
    unconverged: runs.filter(({ converged }) => converged === false).length,
    unknown: runs.filter(({ converged }) => converged === undefined).length,
  };
}

/** The same in words: "3 of 12 runs had not converged". */
export function convergenceText({ runs, unconverged, unknown }: Convergence): string {
  const count = runs === 1 ? '1 run' : `${runs} runs`;
  if (unconverged > 0) return `${unconverged} of ${count} had not converged`;
  if (unknown === runs) return `whether the ${count} had converged is not known`;
  return unknown > 0 ? `${unknown} of ${count} may not have converged` : `all ${count} had converged`;
}
