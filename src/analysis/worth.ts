import { check, checkNumber } from '../util/check';
import { mean } from '../util/mean';
import type { Random } from '../util/random';
import { type BootstrapOptions, checkBootstrapOptions, redrawCurves, studentScale } from './bootstrap';
import { curveInverse } from './curve_fit';
import { type Interval, intervalOf } from './interval';
import { convergenceOf, convergenceText, type Point } from './points';
import {
  type EquivalentImages,
  equivalentImages,
  fitSaturation,
  reach,
  type SaturationFit,
} from './saturation';

/** One training of an equivariant network. */
export type Run = Pick<Point, 'score' | 'converged'>;

/** What an equivariant network's score is worth to a plain one, in training images. */
export interface ImagesWorth {
  /** The plain network's curve. */
  fit: SaturationFit;
  /** The equivariant network's mean score, and what its runs tell of the true mean. */
  level: { score: number; interval: Interval };
  /** Images at which the plain network draws level, or why that cannot be told. */
  answer: EquivalentImages;
  /** Of the answer. Ends that lie too far from what was measured to be believed are 0 or Infinity. */
  interval: Interval;
}

/**
 * How many images a plain network needs to draw level with an equivariant one. The interval draws both again: the
 * plain network's curve (redrawCurves) and the equivariant one's mean (meanDraws).
 * @param points of the plain network
 * @param runs of the equivariant network, all trained alike
 * @throws UsageError as fitSaturation and checkBootstrapOptions do, without any run, and for a score that is no percentage
 */
export function imagesWorth(
  points: readonly Point[],
  runs: readonly Run[],
  bootstrapOptions: BootstrapOptions,
): ImagesWorth {
  checkBootstrapOptions('imagesWorth', bootstrapOptions);
  const { level: share = 0.9, ...options } = bootstrapOptions;
  check(runs.length > 0, 'imagesWorth: expected runs of an equivariant network, got none');
  for (const run of runs)
    checkNumber('imagesWorth: score', run.score, 'from 0 to 100', (number) => number >= 0 && number <= 100);
  const fit = fitSaturation(points, { family: options.family });
  const scores = runs.map((run) => run.score);
  const score = mean(scores);
  const answer = answerFor(fit, score, runs);
  return {
    fit,
    level: { score, interval: meanInterval(scores, share, options.random) },
    answer,
    interval: answer.answerable
      ? worthInterval(points, fit, scores, share, options)
      : { given: false, reason: answer.reason },
  };
}

/** Of the mean of some scores with normal scatter; Student's. */
export function meanInterval(scores: readonly number[], share: number, random: Random): Interval {
  const draw = meanDraws(scores, random);
  if (!draw) return { given: false, reason: oneRun };
  return intervalOf(Array.from({ length: 2000 }, draw), share, `Student's t of ${scores.length} runs`);
}

const oneRun = 'one run does not tell how the equivariant network scatters';

function answerFor(fit: SaturationFit, score: number, runs: readonly Run[]): EquivalentImages {
  const convergence = convergenceOf(runs);
  if (convergence.unconverged === 0) return equivalentImages(fit, score);
  const reason = `of the equivariant network ${convergenceText(convergence)}`;
  return { answerable: false, why: 'unconverged', reason };
}

function worthInterval(
  points: readonly Point[],
  fit: SaturationFit,
  scores: readonly number[],
  share: number,
  options: Omit<BootstrapOptions, 'level'>,
): Interval {
  const draw = meanDraws(scores, options.random);
  if (!draw) return { given: false, reason: oneRun };
  const redrawn = redrawCurves(points, fit, options);
  if ('reason' in redrawn) return { given: false, reason: redrawn.reason };
  const { first, last } = fit.span;
  const images = redrawn.curves.map((curve) => believed(curveInverse(curve, draw()), first, last));
  return intervalOf(images, share, `${redrawn.meaning}, and the level from its ${scores.length} runs`);
}

function believed(images: number, first: number, last: number): number {
  if (images < first / reach) return 0;
  return images > reach * last ? Number.POSITIVE_INFINITY : images;
}

/**
 * Draws of what the true mean of some scores may be: a Student's t of their own spread about their mean, for two
 * families of networks need not scatter alike. Undefined for a single score.
 */
function meanDraws(scores: readonly number[], random: Random): (() => number) | undefined {
  if (scores.length < 2) return undefined;
  const centre = mean(scores);
  const freedom = scores.length - 1;
  const variance = scores.reduce((sum, score) => sum + (score - centre) ** 2, 0) / freedom;
  const error = Math.sqrt(variance / scores.length);
  return () => centre + error * studentScale(freedom, random) * random.normal();
}
