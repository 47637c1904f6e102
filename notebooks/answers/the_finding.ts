/** Answers to the exercises of 01-the-finding, as they stand in it. */
import type { LayersModel } from '@tensorflow/tfjs';
import * as es from '../../src/index';

/** In how many of 20 random rotations a network gives a digit the answer that it gives it upright. */
export async function sameAnswers(model: LayersModel, image: Uint8Array, bandwidth: number): Promise<number> {
  const digit = { count: 1, size: 28, pixels: image, labels: Uint8Array.of(0) } as const;
  const random = es.Random.of(1, 'turns');
  const turns = [es.identity, ...Array.from({ length: 20 }, () => es.randomRotation(random))];
  const answers: number[] = [];
  for (const turn of turns) {
    const sphere = es.lessons.turnedSpheres(digit, { bandwidth, images: 1, turn });
    const { predictions } = await es.evaluate(model, sphere, 'classification', { predictions: true });
    answers.push(predictions![0]);
  }
  return answers.slice(1).filter((answer) => answer === answers[0]).length;
}

/** The scores of a network on 200 digits that are turned about the axis through their own middle, every 30 degrees. */
export async function scoresBySpin(
  model: LayersModel,
  digits: es.ImageSet,
  bandwidth: number,
): Promise<number[]> {
  const scores: number[] = [];
  for (let spin = 0; spin < 360; spin += 30) {
    const turn = es.rotationZYZ((Math.PI * spin) / 180, 0, 0);
    const set = es.lessons.turnedSpheres(digits, { bandwidth, images: 200, turn });
    scores.push((await es.evaluate(model, set, 'classification')).score);
  }
  return scores;
}

/** What rotations take from each network that was trained without them, in points, the largest loss first. */
export function losses(rows: readonly es.ResultRow[]): { model: string; loss: number }[] {
  const unrotated = es.summarise(rows.filter((row) => row.rotations === 0));
  return unrotated
    .map(({ model, areaUnrotated, areaRotated }) => ({ model, loss: areaUnrotated.mean - areaRotated.mean }))
    .sort((a, b) => b.loss - a.loss);
}

/** With how many rotated images each CNN of the paper first has the score of its S2CNN with 10,000 unrotated ones. */
export function firstLevel(task: string): { model: string; images: number | undefined }[] {
  const points = es
    .readPaperCurves()
    .filter((p) => p.task === task && p.dataset === 'mnist' && p.testRotated);
  const level = points.find((p) => !p.trainRotated && p.images === 10_000)!.score;
  const cnns = points.filter((p) => p.trainRotated);
  return [...new Set(cnns.map((p) => p.model))].map((model) => {
    const own = cnns.filter((p) => p.model === model && p.score >= level);
    return { model, images: own.length > 0 ? Math.min(...own.map((p) => p.images)) : undefined };
  });
}

/** The share of points where a mask is right, background included. */
export function pointsRight(mask: Uint8Array, prediction: Uint8Array): number {
  return mask.filter((label, i) => label === prediction[i]).length / mask.length;
}

/** By how many points the paper's best CNN stays below its S2CNN with 10,000 unrotated images, for each data set. */
export function paperGaps(task: string): { dataset: string; gap: number }[] {
  const points = es.readPaperCurves().filter((p) => p.task === task && p.testRotated);
  return [...new Set(points.map((p) => p.dataset))].map((dataset) => {
    const own = points.filter((p) => p.dataset === dataset);
    const level = own.find((p) => !p.trainRotated && p.images === 10_000)!.score;
    const best = Math.max(...own.filter((p) => p.trainRotated).map((p) => p.score));
    return { dataset, gap: level - best };
  });
}

/** The pairs of digits that are taken for each other, the most frequent first, with the number of errors. */
export function confusedPairs(confusion: readonly ArrayLike<number>[]): { pair: string; errors: number }[] {
  const pairs = confusion.flatMap((row, a) =>
    confusion.slice(0, a).map((other, b) => ({ pair: `${b} and ${a}`, errors: row[b] + other[a] })),
  );
  return pairs.sort((a, b) => b.errors - a.errors);
}
