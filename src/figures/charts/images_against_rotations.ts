import { selectStudy, type TaskChoice } from '../../analysis/selection';
import { type Summary, summarise } from '../../analysis/summary';
import { imagesWithRotations } from '../../analysis/two_way';
import { checkTask, scoreName } from '../../datasets/task';
import type { ResultRow } from '../../results/rows';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { compactCount, fullCount, score } from '../parts/numbers';
import { summaryRow } from '../parts/summary_row';
import { type ChartOptions, seriesStyle } from '../parts/theme';
import {
  convergenceNote,
  modelLabel,
  noteOf,
  provenance,
  scoreAxisTitle,
  seedsNote,
  seenNote,
} from '../parts/wording';
import { countChart } from './count_chart';

/** A choice of one task, and of one network where rows hold several. */
export type NetworkChoice = TaskChoice & { model?: string };

/**
 * What saturates, images or rotations? A CNN's score over the number of distinct rotations among its training images, a
 * line per number of images. The paper's generator had 120 rotations in 60,000 images.
 * @param rows of a study; those of a CNN are shown, at the numbers of images that it was given with fewer rotations
 * @throws UsageError if the rows mix studies, or hold none or several of such networks
 */
export function imagesAgainstRotations(
  rows: readonly ResultRow[],
  choice: NetworkChoice,
  options: ChartOptions = {},
): Figure {
  const task = checkTask(choice.task);
  const own = imagesWithRotations(selectStudy(rows, choice));
  const models = [...new Set(own.map((row) => row.model))];
  check(models.length > 0, `no results of ${task} with fewer rotations than images`);
  check(models.length === 1, `these results mix model ${models.join(' and ')}: choose one`);
  const lines = linesOf(summarise(own));
  const shown = lines.flat();
  const chart = countChart({
    ...options,
    title: finding(lines) ?? `${modelLabel(shown[0])}: images against rotations`,
    subtitle: [
      noteOf(provenance(shown), modelLabel(shown[0])),
      noteOf(seedsNote(shown), convergenceNote(shown), seenNote(shown)),
    ],
    xTitle: 'Distinct rotations among the training images',
    unit: 'rotations',
    yTitle: scoreAxisTitle(task),
    curves: lines.map((line, rank) => ({
      label: `${compactCount(line[0].images)} images`,
      style: seriesStyle('cnn', lines.length - rank), // the most images are drawn as the largest network is
      points: line.map(({ rotations, rotated: spread, converged }) => ({
        count: rotations,
        score: spread,
        converged,
      })),
    })),
    levels: [],
  });
  const texts = lines.map((line) => {
    const points = line.map((s) => `${score(s.rotated.mean)} with ${fullCount(s.rotations)} rotations`);
    return `${fullCount(line[0].images)} images: ${points.join(', ')}`;
  });
  return {
    ...chart,
    alt: `Line chart of a CNN's ${scoreName(task)} in percent on rotated test spheres. ${texts.join('. ')}.`,
    caption:
      'At the right end of a line each image has a rotation of its own. In the title, rotations count along the line of ' +
      'the most images, images as the mean over equal numbers of rotations.',
    rows: shown.map(summaryRow),
  };
}

/** One for each number of images, from few to many, each with its rotations from few to many. */
function linesOf(summaries: Summary[]): Summary[][] {
  const amounts = [...new Set(summaries.map((s) => s.images))].sort((a, b) => a - b);
  return amounts.map((images) =>
    summaries.filter((s) => s.images === images).sort((a, b) => a.rotations - b.rotations),
  );
}

/** What more rotations add to the most images, and what more images add to as many rotations. */
function finding(lines: Summary[][]): string | undefined {
  const [fewest, most] = [lines[0], lines[lines.length - 1]];
  const [first, last] = [most[0], most[most.length - 1]];
  const pairs = fewest.flatMap((a) => most.filter((b) => b.rotations === a.rotations).map((b) => [a, b]));
  if (fewest === most || first === last || pairs.length === 0) return undefined;
  const byRotations = last.rotated.mean - first.rotated.mean;
  const byImages = pairs.reduce((sum, [a, b]) => sum + b.rotated.mean - a.rotated.mean, 0) / pairs.length;
  const times = (a: number, b: number) => fullCount(b / a);
  return (
    `${times(first.rotations, last.rotations)} times the rotations: ${signed(byRotations)} points; ` +
    `${times(fewest[0].images, most[0].images)} times the images: ${signed(byImages)}`
  );
}

/** With a sign that the font has. */
function signed(points: number): string {
  return `${points < 0 ? '−' : '+'}${score(Math.abs(points))}`;
}
