import type { PaperPoint } from '../../analysis/paper';
import { checkTask, scoreName, type Task } from '../../datasets/task';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { compactCount, fullCount, score } from '../parts/numbers';
import { seriesStyle } from '../parts/theme';
import { scoreAxisTitle, taskTitle } from '../parts/wording';
import { augmentationChart, type Curve, type Level } from './augmentation_chart';

/** The paper's data sets. */
export const datasetTitles: Record<string, string> = {
  mnist: 'MNIST',
  'fashion-mnist': 'FashionMNIST',
  'mnist-4digits': 'four MNIST digits a sphere',
};

/**
 * The paper's own curves, to stand beside ours: score on rotated spheres over training images, and the level of its
 * S2CNN with the fewest unrotated images.
 * @throws UsageError if the paper has no such curve
 */
export function paperCurves(
  points: readonly PaperPoint[],
  { task, dataset = 'mnist' }: { task: Task; dataset?: string },
): Figure {
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
  const figures = [...new Set(shown.map((p) => p.source.replace(/ \(.*\)/, '')))].join('; ');
  const chart = augmentationChart({
    title: `${taskTitle(task)}: the paper's own curves`,
    subtitle: [
      `Gerken et al., ICML 2022 · ${datasetTitles[dataset] ?? dataset} · bandwidth 50`,
      `Read off the paper (${figures}); no error bars there`,
    ],
    xTitle: 'Training images (CNN: rotated; S2CNN: unrotated)',
    yTitle: scoreAxisTitle(task),
    curves: [...equivariant, ...augmented],
    levels: equivariant.map(levelOf),
  });
  const ends = [...equivariant, ...augmented].map(({ label, points }) => {
    const last = points[points.length - 1];
    return `${label} ends at ${score(last.score.mean)} with ${fullCount(last.images)} images`;
  });
  return {
    ...chart,
    alt: `Line chart of the paper's own numbers: ${scoreName(task)} in percent on rotated test spheres. ${ends.join('. ')}.`,
    rows: shown.map((p) => ({
      model: p.model,
      train_rotated: p.trainRotated,
      images: p.trainingImages,
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
      .map((p) => ({ images: p.trainingImages, score: { mean: p.score, low: p.score, high: p.score } })),
  }));
}

function levelOf({ style, points: [first] }: Curve): Level {
  return {
    label: [`Level ${score(first.score.mean)}`, `S2CNN with ${compactCount(first.images)}`],
    style: { ...style, dash: 'dot' },
    score: first.score,
  };
}
