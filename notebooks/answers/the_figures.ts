/** Answers to the exercises of 07-the-figures, as they stand in it. */
import * as es from '../../src/index';

/** Mean intersection over union in percent, background left out. Rows: the answer; columns: the truth. */
export function meanIou(confusion: readonly ArrayLike<number>[]): number {
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
  const overlaps = confusion.map((row, c) => {
    const truth = sum(confusion.map((answers) => answers[c]));
    return row[c] / (sum(Array.from(row)) + truth - row[c]);
  });
  return (100 * sum(overlaps.slice(1))) / (overlaps.length - 1);
}

/** By how many points the S2CNN with the fewest unrotated images leads each CNN at its best. */
export function leads(rows: readonly es.ResultRow[]): { model: string; lead: number }[] {
  const means = es.summarise(rows.filter(({ variant }) => variant === ''));
  const equivariant = means.filter(({ family, rotations }) => family === 's2cnn' && rotations === 0);
  const [fewest] = [...equivariant].sort((a, b) => a.images - b.images);
  const plain = means.filter(({ family, rotations }) => family === 'cnn' && rotations > 0);
  return [...new Set(plain.map(({ model }) => model))].map((model) => {
    const own = plain.filter((summary) => summary.model === model).map(({ rotated }) => rotated.mean);
    return { model, lead: fewest.rotated.mean - Math.max(...own) };
  });
}

/** Our S2CNN's score and the paper's, at each number of unrotated images that both have. */
export function heights(rows: readonly es.ResultRow[], task: es.Task) {
  const paper = es
    .readPaperCurves()
    .filter((p) => p.task === task && p.dataset === 'mnist' && p.testRotated && !p.trainRotated);
  const ours = es
    .summarise(rows)
    .filter(({ family, rotations, variant }) => family === 's2cnn' && rotations === 0 && variant === '');
  return ours.flatMap(({ images, rotated }) =>
    paper
      .filter((p) => p.images === images)
      .map(({ score }) => ({ images, ours: rotated.mean, paper: score })),
  );
}

/** The answer that a network gives most often, and its share of all answers in percent. */
export function favourite(confusion: readonly ArrayLike<number>[]): { answer: number; share: number } {
  const given = confusion.map((row) => Array.from(row).reduce((sum, count) => sum + count, 0));
  const most = Math.max(...given);
  const all = given.reduce((sum, count) => sum + count, 0);
  return { answer: given.indexOf(most), share: (100 * most) / all };
}

/** What rotations take from each network, in points, tested with the grid that it was trained with. */
export function lossByGrid(rows: ReturnType<typeof es.readRelu>) {
  return rows
    .filter((row) => row.oversampling === row.trainedOversampling)
    .sort((a, b) => a.oversampling - b.oversampling || a.images - b.images)
    .map(({ images, oversampling: grid, scoreUnrotated, scoreRotated }) => {
      return { images, grid, loss: scoreUnrotated - scoreRotated };
    });
}

/** How many rotated images a curve asks for to reach a score, or why it does not say. */
export function imagesFor(points: readonly es.Point[], score: number): string {
  const answer = es.equivalentImages(es.fitSaturation(points), score, { converged: true });
  return answer.answerable ? `${Math.round(answer.images)}` : answer.reason;
}

/** Adds trainings of 1,000 digits, in 40 and in 1,000 rotations. */
export async function addThousand(added: es.ResultRow[], results: es.Results): Promise<void> {
  for (const rotations of [40, 1000]) {
    const asked = { model: 'cnn-quick-small', tier: 'quick', images: 1000, rotations: rotations };
    added.push(await es.runOne({ task: 'classification', ...asked }, { into: results }));
  }
}

/** What more rotations bring at each number of images: the last score less the first, in points. */
export function gainOfRotations(rows: readonly es.ResultRow[]): { images: number; gain: number }[] {
  return [...new Set(rows.map(({ images }) => images))].map((images) => {
    const own = rows.filter((row) => row.images === images).sort((a, b) => a.rotations - b.rotations);
    return { images, gain: own[own.length - 1].scoreRotated - own[0].scoreRotated };
  });
}

/** Seconds of training and validation until the validation first has a score; undefined if it never has. */
export function secondsTo(validations: readonly es.ValidationRow[], score: number): number | undefined {
  const first = validations.findIndex(({ validationScore }) => validationScore >= score);
  if (first < 0) return undefined;
  return validations.slice(0, first + 1).reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The shares of points, in percent, where the predicted masks of some spheres are wrong. */
export function sharesWrong({ masks, predictions, count }: es.Results['samples'][number]): number[] {
  const points = masks.length / count;
  return Array.from({ length: count }, (_, i) => {
    const mask = masks.subarray(i * points, (i + 1) * points);
    return (100 * mask.filter((label, k) => label !== predictions[i * points + k]).length) / points;
  });
}

/** The same figure with only those traces whose name contains a word. */
export function onlyTraces(figure: es.Figure, word: string): es.Figure {
  return { ...figure, data: figure.data.filter(({ name }) => name?.includes(word)) };
}
