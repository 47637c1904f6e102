import type { Spread } from '../../analysis/summary';
import { extent } from '../../util/extent';
import type { Trained } from './marks';
import { fullCount } from './numbers';

/** A score reached with so many of something: training images, unless said otherwise. */
export interface Amount extends Trained {
  count: number;
  score: Spread;
  /** Training spheres seen, where they may be fewer than the images. */
  seen?: number;
  /** Mean score on rotated validation spheres, in percent; the paper gives none. */
  validation?: number;
}

/** The amount that validates best, or where nobody knows that, scores best: nothing of ours is chosen on test data. */
export function bestOf<A extends Amount>(amounts: readonly A[]): A {
  const rank = ({ validation, score }: A) => validation ?? score.mean;
  return amounts.reduce((best, amount) => (rank(amount) > rank(best) ? amount : best));
}

/** How many of the images a training saw. */
function imagesSeen({ count, seen = count }: Amount): number {
  return Math.min(count, seen);
}

export interface Comparison {
  /** The equivariant network's score that the others are held against. */
  level?: Amount;
  /** What the numbers say in one sentence; not there where they say nothing clear. */
  finding?: string;
}

/** Points of score that a difference must have to be called one: two standard errors on 4,000 test spheres. */
const LEAST_MARGIN = 1;

/**
 * Holds an equivariant network, trained on unrotated images, against plain ones, trained on rotated ones.
 *
 * The level is its score with the fewest images that no plain network comes near. If there is none, it is its score with
 * as many images as the plain ones begin with, or with the most it has. A sentence is made only of what holds for the
 * whole ranges over seeds, and with as many rotated images as unrotated ones at least; "so far" is said where plain
 * networks had not converged, and images that no training saw do not count.
 * @param things what is counted, as in "digits"
 */
export function comparison(
  unrotated: readonly Amount[],
  rotated: readonly Amount[],
  things: string,
): Comparison {
  const rising = [...unrotated].sort((a, b) => a.count - b.count);
  if (rising.length === 0 || rotated.length === 0) return { level: rising[0] };
  const [fewest] = extent(rotated.map(({ count }) => count));
  const [, most] = extent(rotated.map(imagesSeen));
  const [, best] = extent(rotated.map(({ score }) => score.high));
  const winner = rising.find(({ score }) => score.low >= best + LEAST_MARGIN);
  if (winner) {
    const soFar = rotated.some(({ converged }) => converged === false) ? ' so far' : '';
    const finding = `${fullCount(winner.count)} unrotated ${things} beat ${fullCount(most)} rotated ones${soFar}`;
    return winner.count <= most ? { level: winner, finding } : { level: winner };
  }
  const level = rising.find(({ count }) => count >= fewest) ?? rising[rising.length - 1];
  const equals = rotated.filter(({ score }) => score.low >= level.score.high);
  const [needed] = extent(equals.map(imagesSeen));
  if (equals.length === 0 || needed <= level.count) return { level };
  const finding = `${fullCount(needed)} rotated ${things} do what ${fullCount(level.count)} unrotated ones do`;
  return { level, finding };
}
