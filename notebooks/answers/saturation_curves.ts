/** Answers to the exercises of 08-saturation-curves, as they stand in it. */
import * as es from '../../src/index';

/** The fewest images with which the mean score of a network reaches some percent; Infinity if none does. */
export function fewestImages(points: readonly es.Point[], score: number): number {
  return Math.min(...points.filter((point) => point.score >= score).map(({ images }) => images));
}

/** How many points of the score a doubling of the images brings, if it always brought as much. */
export function gainPerDoubling(points: readonly es.Point[]): number {
  const fit = es.fitSaturation(points, { family: 'straight' });
  return es.scoreAt(fit, 2000) - es.scoreAt(fit, 1000);
}

/** How far a family foretells the score at the largest amount, from those below a given one. */
export function missBy(
  points: readonly es.Point[],
  family: 'straight' | 'power' | 'logistic',
  below: number,
) {
  const fit = es.fitSaturation(
    points.filter(({ images }) => images < below),
    { family: family },
  );
  const last = points.reduce((most, point) => (point.images > most.images ? point : most));
  return es.scoreAt(fit, last.images) - last.score;
}

/** The limit that the first points of a curve suggest, for more and more of them. */
export function limitsOverTime(points: readonly es.Point[]): { images: number; limit: number }[] {
  const sorted = [...points].sort((a, b) => a.images - b.images);
  return sorted.slice(5).map(({ images }, i) => {
    const fit = es.fitSaturation(sorted.slice(0, i + 6), { family: 'logistic' });
    return { images, limit: fit.limit };
  });
}

/** What a two-way table adds at a number of images when the rotations grow from the fewest to the most. */
export function byRotations({ rotationEffects }: ReturnType<typeof es.twoWayTable>): number {
  return rotationEffects[rotationEffects.length - 1] - rotationEffects[0];
}

/** The highest whole score for which a curve says how many images it takes. */
export function lastAnswerable(points: readonly es.Point[]): number {
  const fit = es.fitSaturation(points);
  const scores = Array.from({ length: 101 }, (_, score) => score);
  return Math.max(
    ...scores.filter((score) => es.equivalentImages(fit, score, { converged: true }).answerable),
  ); // in percent
}

/** How many images a curve says that a score takes, or why it does not say. */
export function imagesFor(points: readonly es.Point[], score: number): number | string {
  const answer = es.equivalentImages(es.fitSaturation(points), score);
  return answer.answerable ? Math.round(answer.images) : answer.reason;
}

/** By how many points the most rotations at the test change the score of each network alone. */
export function gainOfTurning(answers: readonly es.AnswerRow[], turning: es.AnswerRow['turning']) {
  const single = answers.filter((row) => row.models.length === 1 && row.oversampling === 1);
  const own = single.filter((row) => row.turning === turning).sort((a, b) => a.orbit - b.orbit);
  return [...new Set(own.map((row) => row.models[0]))].map((network) => {
    const scores = own.filter((row) => row.models[0] === network).map(({ score }) => score);
    return { network, gain: scores[scores.length - 1] - scores[0] };
  });
}
