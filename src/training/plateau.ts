/**
 * When a training has come to its end, judged by its validations alone: when a trapezoid's learning rate begins to
 * fall, and whether a finished training may be called converged.
 */
import { classCount, type Task } from '../datasets/task';
import { meanOfNumbers } from '../util/mean';

/** Points of score that the last third must gain for a training to be still on its way. */
const LEAST_GAIN = 1;

/** By which part the mean of the last third must lie above that of the third before it for a climb to be still going on. */
const LEAST_RISE = 0.1;

/** The part of a validation that the rules look at. */
export interface ScoreAt {
  /** steps done */
  step: number;
  /** percent; NaN is no score */
  score: number;
}

/** The linear fall of the learning rate that ends a trapezoid; other schedules have none, only an end. */
export interface Fall {
  /** steps done when it begins */
  from: number;
  /** steps done when it ends: a quarter more, never above the budget */
  end: number;
  /** whether a plateau began it, not the end of the budget */
  atPlateau: boolean;
}

/** Of a schedule that does not fall: the training ends with its budget. */
export function noFall(steps: number): Fall {
  return { from: steps, end: steps, atPlateau: false };
}

/** The fall that ends with the budget: its last fifth. */
export function latestFall(steps: number): Fall {
  return fallFrom(Math.ceil(0.8 * steps), steps, false);
}

/**
 * The fall as it is planned after a validation: begun by it, at a plateau, or as it was.
 *
 * A plateau: at least a third of the budget is done, the scores have left chance, and the last third of the steps
 * gained less than a point and lies less than a tenth above the third before it, in the mean. (From a low level scores
 * may rise for long by less than a point in a third.)
 * @param scores all validations so far, in their order
 */
export function fallAfter(scores: readonly ScoreAt[], fall: Fall, steps: number, task: Task): Fall {
  const { step } = scores[scores.length - 1];
  const isUndecided = 3 * step >= steps && step <= fall.from;
  return isUndecided && standsStill(scores, task) && !climbs(scores) ? fallFrom(step, steps, true) : fall;
}

/**
 * Whether a training that was not ended by a trapezoid had converged: its scores had left chance, and its best step
 * lies in the first two thirds, or the last third gained less than a point.
 */
export function hasConverged(scores: readonly ScoreAt[], bestStep: number, task: Task): boolean {
  const { step } = scores[scores.length - 1];
  return hasLeftChance(scores, task) && (3 * bestStep <= 2 * step || standsStill(scores, task));
}

function fallFrom(from: number, steps: number, atPlateau: boolean): Fall {
  return { from, end: Math.min(steps, from + Math.floor(from / 4)), atPlateau };
}

/** Whether the last third of the steps gained less than a point; not if nothing was scored before it. */
function standsStill(scores: readonly ScoreAt[], task: Task): boolean {
  const { step } = scores[scores.length - 1];
  const before = scores.filter((score) => 3 * score.step <= 2 * step);
  return hasLeftChance(scores, task) && best(scores) - best(before) < LEAST_GAIN;
}

/** Whether the last third of the steps lies well above the third before it. */
function climbs(scores: readonly ScoreAt[]): boolean {
  const { step } = scores[scores.length - 1];
  const last = scores.filter((score) => 3 * score.step > 2 * step);
  const middle = scores.filter((score) => 3 * score.step > step && 3 * score.step <= 2 * step);
  const meanOf = (some: readonly ScoreAt[]) => meanOfNumbers(some.map(({ score }) => score));
  return meanOf(last) >= (1 + LEAST_RISE) * meanOf(middle);
}

/** Guessing gets one label in ten right, and an untrained segmentation little more than nothing. */
function hasLeftChance(scores: readonly ScoreAt[], task: Task): boolean {
  return best(scores) > (task === 'classification' ? 200 / classCount(task) : 2);
}

function best(scores: readonly ScoreAt[]): number {
  return scores.reduce((most, { score }) => (score > most ? score : most), Number.NEGATIVE_INFINITY);
}
