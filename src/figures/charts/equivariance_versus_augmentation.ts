import { finerGridsOf, selectStudy, type TaskChoice } from '../../analysis/selection';
import { networkName, type Summary, summarise } from '../../analysis/summary';
import { checkTask, scoreName, type Task } from '../../datasets/task';
import { faultsIn } from '../../experiments/fidelity';
import type { ResultRow } from '../../results/rows';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { type Amount, type Comparison, comparison } from '../parts/headline';
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
  taskTitle,
  thingsOf,
} from '../parts/wording';
import { type Curve, countChart, type Level } from './count_chart';

/** The experiments of the paper's comparison, one curve for each network. */
export interface ComparedCurves {
  summaries: Summary[];
  /** S2CNNs, trained on unrotated images. */
  equivariant: Curve[];
  /** CNNs, trained on rotated ones. */
  augmented: Curve[];
  compared: Comparison;
}

/**
 * The experiments that compare equivariance with augmentation: S2CNNs trained on unrotated images, and CNNs trained on
 * images that have one rotation each.
 * @throws UsageError if the rows mix studies or hold no such CNN
 */
export function comparedCurves(rows: readonly ResultRow[], choice: TaskChoice): ComparedCurves {
  const task = checkTask(choice.task);
  const summaries = summarise(selectStudy(rows, choice).filter(isCompared));
  const [equivariant, augmented] = ['s2cnn', 'cnn'].map((family) =>
    curvesOf(summaries.filter((s) => s.family === family)),
  );
  check(augmented.length > 0, `no results of a CNN trained on rotated images for ${task}`);
  const [unrotated, rotated] = [equivariant, augmented].map((curves) =>
    curves.filter((c) => !c.isRun).flatMap((c) => c.points),
  );
  const compared = comparison(unrotated, rotated, thingsOf(summaries[0]));
  return { summaries, equivariant, augmented, compared };
}

/**
 * The paper's main figure: score on rotated spheres over the number of training images, a curve per network, and the
 * level that the S2CNN reaches with few unrotated images; S2CNNs whose ReLUs act on finer grids beside it. Points of
 * networks that had not converged are hollow.
 * @param rows of one study, or of several with `choice` naming one
 * @throws UsageError if the rows mix studies or hold no CNN with two amounts of images that have one rotation each
 */
export function equivarianceVersusAugmentation(
  rows: readonly ResultRow[],
  choice: TaskChoice,
  options: ChartOptions = {},
): Figure {
  const task = checkTask(choice.task);
  const { summaries, equivariant, augmented, compared } = comparedCurves(rows, choice);
  checkAmounts(augmented, task);
  const finer = summarise(finerGridsOf(rows, summaries[0]));
  const fineCurves = finerCurves(finer, equivariant.length);
  const rising = equivariant.filter(isCurve);
  const levels = levelsOf(equivariant, compared.level);
  const note = convergenceNote([...fineCurves, ...rising, ...augmented].flatMap((curve) => curve.points));
  const isLevelOpen = summaries.some((s) => s.family === 's2cnn' && !s.converged);
  const convergence = note === 'All converged' && isLevelOpen ? 'All CNNs converged' : note;
  const chart = countChart({
    ...options,
    title: compared.finding ?? `${taskTitle(task)}: equivariance versus augmentation`,
    subtitle: [
      provenance(summaries),
      noteOf(
        seedsNote(
          summaries,
          levels.some(({ score: { low, high } }) => high > low) ? 'Bars and band' : 'Bars',
        ),
        convergence,
        seenNote(summaries.filter((s) => s.family === 'cnn')),
      ),
    ],
    xTitle: rising.length > 0 ? unrotatedToo : 'Rotated training images',
    yTitle: scoreAxisTitle(task),
    curves: [
      ...fineCurves,
      ...rising.map((curve) => ({ ...curve, isNamed: isAtEnd(curve, compared.level) })),
      ...augmented,
    ],
    levels,
  });
  return {
    ...chart,
    alt: altText(task, [...fineCurves, ...rising, ...augmented], levels),
    caption:
      'CNNs learn from images that have a random rotation each, the S2CNN from images as they are; all are tested on ' +
      'the same rotated spheres, of images that none has seen.' +
      (finer.length > 0 ? ' Oversampling: ReLU acts on grids so much finer than the band limits.' : ''),
    rows: [...summaries, ...finer].map(summaryRow),
  };
}

/** Of S2CNNs with finer grids: one for each network and grid. @param rank of the first, among the S2CNNs drawn */
export function finerCurves(summaries: readonly Summary[], rank: number): Curve[] {
  const names = [...new Set(summaries.map(networkName))];
  return names.map((name, i) => {
    const own = summaries.filter((summary) => networkName(summary) === name);
    const [curve] = curvesOf(own);
    return { ...curve, style: seriesStyle('s2cnn', rank + i) };
  });
}

/** Of charts where the S2CNN's curve and the CNNs' share an axis. */
export const unrotatedToo = 'Training images (CNN: rotated; S2CNN: unrotated)';

/** Equivariance without augmentation, or augmentation without equivariance, each image in one rotation. */
export function isCompared({ family, variant, images, rotations, fidelity }: ResultRow): boolean {
  if (variant) return false;
  if (family === 's2cnn') return rotations === 0;
  const shared = faultsIn(fidelity).rotations; // the released generator has 500 images to a rotation
  return shared ? rotations > 0 : rotations === images;
}

/** @throws UsageError if no CNN has several amounts of data: a single one shows no effect of augmentation */
export function checkAmounts(augmented: readonly Curve[], task: Task): void {
  check(augmented.some(isCurve), `no results of a CNN with two amounts of rotated images for ${task}`);
}

/** @throws UsageError if a network has two scores at the same amount of data: its curve would say nothing */
function curvesOf(summaries: Summary[]): Curve[] {
  const models = [...new Set(summaries.map((s) => s.model))];
  return models.map((model, rank) => {
    const own = summaries.filter((s) => s.model === model);
    const twice = own.find(({ images }, i) => own[i - 1]?.images === images);
    check(!twice, `two settings of ${model} at ${twice?.images} images: choose one`);
    return {
      label: modelLabel(own[0]),
      style: seriesStyle(own[0].family, rank),
      isRun: own[0].run !== undefined,
      points: own.map(({ images, rotated, validation, spheres, converged }) => ({
        count: images,
        seen: spheres.high,
        score: rotated,
        validation: validation.mean,
        converged,
      })),
    };
  });
}

/** Whether a network has several amounts of data. */
export function isCurve({ points }: Curve): boolean {
  return points.length > 1;
}

/** Whether the level is a curve's own end. */
function isAtEnd({ points }: Curve, level?: Amount): boolean {
  return points[points.length - 1] === level;
}

function levelsOf(equivariant: Curve[], level?: Amount): Level[] {
  const own = equivariant.find(({ points }) => points.some((point) => point === level));
  if (!own || !level) return [];
  const [value, images] = [score(level.score.mean), compactCount(level.count)];
  const isOpen = level.converged === false ? ['not converged'] : [];
  const label = isAtEnd(own, level)
    ? [own.label, `${value} with ${images}`, 'unrotated images', ...isOpen]
    : [`Level ${value}`, `${images} unrotated`, ...isOpen];
  return [{ label, style: own.style, score: level.score }];
}

function altText(task: Task, curves: Curve[], levels: Level[]): string {
  const rises = curves.map(({ label, points }) => {
    const [first, last] = [points[0], points[points.length - 1]];
    return `${label} goes from ${score(first.score.mean)} at ${fullCount(first.count)} training images to ${score(last.score.mean)} at ${fullCount(last.count)}`;
  });
  const marks = levels.map(({ label }) => label.join(' '));
  return `Line chart of ${scoreName(task)} in percent on rotated test spheres. ${[...rises, ...marks].join('. ')}.`;
}
