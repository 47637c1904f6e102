import { selectStudy, type TaskChoice } from '../../analysis/selection';

import { type Summary, summarise } from '../../analysis/summary';
import { checkTask, scoreName, type Task } from '../../datasets/task';
import type { ResultRow } from '../../results/rows';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { compactCount, fullCount, score } from '../parts/numbers';
import { seriesStyle } from '../parts/theme';
import { modelLabel, provenance, scoreAxisTitle, seedsNote, taskTitle } from '../parts/wording';
import { augmentationChart, type Curve, type Level } from './augmentation_chart';

/**
 * The paper's main figure: score on rotated spheres over the number of rotated training images, a curve per CNN, and
 * the level that the S2CNN reaches with unrotated images (with the fewest, if there are several amounts; the others
 * then make a curve of its own).
 * @param rows of one study, or of several with `choice` naming one
 * @throws UsageError if the rows mix studies or hold no CNN trained on rotated images
 */
export function equivarianceVersusAugmentation(rows: readonly ResultRow[], choice: TaskChoice): Figure {
  const task = checkTask(choice.task);
  const shown = selectStudy(rows, choice).filter((row) => (row.family === 'cnn') === row.rotations > 0);
  const summaries = summarise(shown);
  const augmented = curvesOf(summaries.filter((s) => s.family === 'cnn'));
  const equivariant = curvesOf(summaries.filter((s) => s.family === 's2cnn'));
  check(augmented.length > 0, `no results of a CNN trained on rotated images for ${task}`);
  const levels = equivariant.map(levelOf);
  const seeds = Math.max(...summaries.map((s) => s.seeds.length));
  const chart = augmentationChart({
    title: `${taskTitle(task)}: equivariance versus augmentation`,
    subtitle: [provenance(shown), seedsNote(seeds, levels.length > 0 ? 'Bars and band' : 'Bars')],
    xTitle: xTitle(equivariant),
    yTitle: scoreAxisTitle(task),
    curves: [...equivariant.filter(({ points }) => points.length > 1), ...augmented],
    levels,
  });
  return { ...chart, alt: altText(task, augmented, levels), rows: summaries.map(tableRow) };
}

/** One curve per network and number of images to a rotation. */
function curvesOf(summaries: Summary[]): Curve[] {
  const models = [...new Set(summaries.map((s) => s.model))];
  const groups = new Map<string, Summary[]>();
  for (const summary of summaries) {
    const key = `${summary.model} ${imagesPerRotation(summary)}`;
    groups.set(key, [...(groups.get(key) ?? []), summary]);
  }
  return [...groups.values()].map((group) => ({
    label: modelLabel(group[0]) + rotationsNote(group[0]),
    style: seriesStyle(group[0].family, models.indexOf(group[0].model)),
    points: group.map(({ images, rotated }) => ({ images, score: rotated })),
  }));
}

/** 1 where each image has a rotation of its own; 0 where none is rotated. */
function imagesPerRotation({ images, rotations }: Summary): number {
  return rotations === 0 ? 0 : Math.round(images / rotations);
}

function rotationsNote(summary: Summary): string {
  const shared = imagesPerRotation(summary);
  return shared > 1 ? `, ${fullCount(shared)} images a rotation` : '';
}

function levelOf({ label, style, points: [first] }: Curve): Level {
  const images = compactCount(first.images);
  return {
    label: [label, `${score(first.score.mean)} with ${images}`, 'unrotated images'],
    style,
    score: first.score,
  };
}

function xTitle(equivariant: Curve[]): string {
  const alsoUnrotated = equivariant.some(({ points }) => points.length > 1);
  return alsoUnrotated ? 'Training images (CNN: rotated; S2CNN: unrotated)' : 'Rotated training images';
}

function altText(task: Task, curves: Curve[], levels: Level[]): string {
  const rises = curves.map(({ label, points }) => {
    const [first, last] = [points[0], points[points.length - 1]];
    return `${label} goes from ${score(first.score.mean)} at ${fullCount(first.images)} rotated training images to ${score(last.score.mean)} at ${fullCount(last.images)}`;
  });
  const marks = levels.map(({ label }) => `${label.join(' ')}`);
  return `Line chart of ${scoreName(task)} in percent on rotated test spheres. ${[...rises, ...marks].join('. ')}.`;
}

function tableRow(s: Summary) {
  return {
    model: s.model,
    parameters: s.parameters,
    images: s.images,
    rotations: s.rotations,
    seeds: s.seeds.length,
    score_mean: s.rotated.mean,
    score_low: s.rotated.low,
    score_high: s.rotated.high,
    tier: s.tier,
    dataset: s.dataset,
  };
}
