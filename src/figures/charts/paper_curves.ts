import type { PaperPoint } from '../../analysis/paper';
import type { DatasetName } from '../../datasets/digits';
import { checkTask, scoreName, type Task } from '../../datasets/task';
import type { ResultRow } from '../../results/rows';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { comparison } from '../parts/headline';
import { compactCount, fullCount, score } from '../parts/numbers';
import { type ChartOptions, seriesStyle } from '../parts/theme';
import { scoreAxisTitle, taskTitle, thingsOf } from '../parts/wording';
import { type Curve, countChart, type Level } from './count_chart';
import { unrotatedToo } from './equivariance_versus_augmentation';

/** The paper's data sets as people call them. */
export const datasetTitles: Record<string, string> = {
  mnist: 'MNIST',
  'fashion-mnist': 'FashionMNIST',
  'mnist-4digits': 'MNIST, 4 digits a sphere',
};

export interface PaperKind {
  task: Task;
  /** 'mnist', 'fashion-mnist' or 'mnist-4digits'; default the first. */
  dataset?: string;
}

/** The paper's data set that is like that of a study; undefined if it has none. */
export function paperDatasetOf({
  dataset,
  digitsPerSphere,
}: Pick<ResultRow, 'dataset' | 'digitsPerSphere'>): string | undefined {
  if (digitsPerSphere === 1) return dataset in datasetTitles ? dataset : undefined;
  return dataset === 'mnist' && digitsPerSphere === 4 ? 'mnist-4digits' : undefined;
}

/** The paper's curves of one task and data set, scored on rotated spheres. @throws UsageError if it has none */
export function paperKind(points: readonly PaperPoint[], { task, dataset = 'mnist' }: PaperKind) {
  checkTask(task);
  const shown = points.filter(
    (p) => p.task === task && p.dataset === dataset && p.testRotated && !p.model.includes('('),
  );
  check(shown.length > 0, `the paper has no curves of ${task} for ${dataset}`);
  const equivariant = curvesOf(
    shown.filter((p) => !p.trainRotated),
    's2cnn',
  );
  const augmented = curvesOf(
    shown.filter((p) => p.trainRotated),
    'cnn',
  );
  const [unrotated, rotated] = [equivariant, augmented].map((curves) => curves.flatMap((c) => c.points));
  const several = dataset === 'mnist-4digits';
  const things = thingsOf({
    dataset: several ? 'mnist' : (dataset as DatasetName),
    digitsPerSphere: several ? 4 : 1,
  });
  return { shown, equivariant, augmented, compared: comparison(unrotated, rotated, things) };
}

/**
 * The paper's own curves, to stand beside ours: score on rotated spheres over training images, and the level that its
 * S2CNN reaches with few unrotated images.
 * @throws UsageError if the paper has no such curve
 */
export function paperCurves(
  points: readonly PaperPoint[],
  kind: PaperKind,
  options: ChartOptions = {},
): Figure {
  const { task, dataset = 'mnist' } = kind;
  const { shown, equivariant, augmented, compared } = paperKind(points, kind);
  const figures = [...new Set(shown.map((p) => p.source.replace(/ \(.*\)/, '')))].join('; ');
  const chart = countChart({
    ...options,
    title: compared.finding ? `In the paper, ${compared.finding}` : `${taskTitle(task)} in the paper`,
    subtitle: [
      `${taskTitle(task)} · ${datasetTitles[dataset]} · bandwidth 50 · the paper's own curves (Gerken et al., ICML 2022)`,
      `Read off its figures (${figures}); no error bars there`,
    ],
    xTitle: unrotatedToo,
    yTitle: scoreAxisTitle(task),
    curves: [...equivariant, ...augmented],
    levels: levelsOf(equivariant, compared.level?.count),
  });
  const ends = [...equivariant, ...augmented].map(({ label, points: own }) => {
    const last = own[own.length - 1];
    return `${label} ends at ${score(last.score.mean)} with ${fullCount(last.count)} images`;
  });
  return {
    ...chart,
    alt: `Line chart of the paper's own numbers: ${scoreName(task)} in percent on rotated test spheres. ${ends.join('. ')}.`,
    rows: shown.map((p) => ({
      model: p.model,
      train_rotated: p.trainRotated,
      images: p.images,
      score: p.score,
      read_error: p.readError,
      source: p.source,
    })),
  };
}

function curvesOf(points: PaperPoint[], family: 's2cnn' | 'cnn'): Curve[] {
  const models = [...new Set(points.map((p) => p.model))];
  return models.map((model, rank) => ({
    label: model,
    style: seriesStyle(family, rank),
    points: points
      .filter((p) => p.model === model)
      .map((p) => ({ count: p.images, score: { mean: p.score, low: p.score, high: p.score } })),
  }));
}

function levelsOf(equivariant: Curve[], images: number | undefined): Level[] {
  return equivariant.flatMap(({ style, points }) => {
    const point = points.find((p) => p.count === images);
    if (!point) return [];
    const label = [`Level ${score(point.score.mean)}`, `${compactCount(point.count)} unrotated`];
    return [{ label, style: { ...style, dash: 'dot' as const }, score: point.score }];
  });
}
