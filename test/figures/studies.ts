import { readPaperCurves } from '../../src/analysis/paper';
import { besideThePaper } from '../../src/figures/charts/beside_the_paper';
import { collapse } from '../../src/figures/charts/collapse';
import { costVersusScore } from '../../src/figures/charts/cost_versus_score';
import { equivarianceVersusAugmentation } from '../../src/figures/charts/equivariance_versus_augmentation';
import { gapByTask } from '../../src/figures/charts/gap_by_task';
import { imagesAgainstRotations } from '../../src/figures/charts/images_against_rotations';
import { paperCurves } from '../../src/figures/charts/paper_curves';
import { paperSaturation, saturation } from '../../src/figures/charts/saturation';
import { trainingCurves } from '../../src/figures/charts/training_curves';
import type { Figure } from '../../src/figures/parts/figure';
import type { ResultRow } from '../../src/results/rows';
import { row, study } from '../analysis/synthetic';

const segmentation = { task: 'segmentation' } as const;

/** The made-up study as if on MNIST, which the paper has, too; the CNNs with the most images had not converged. */
export function mnistStudy(): ResultRow[] {
  return study().map((result) => ({ ...result, dataset: 'mnist', converged: result.images < 8000 }));
}

/** One CNN at two numbers of images, each with few rotations, with more, and with one for each image. */
export function imagesAndRotations(): ResultRow[] {
  const model = { model: 'cnn-quick-large', parameters: 1_042_013 } as const;
  return [2000, 8000].flatMap((images, i) =>
    [20, 200, images].map((rotations, j) =>
      row({ ...model, images, rotations, scoreRotated: 10 + 20 * j + i, converged: j < 2 }),
    ),
  );
}

/** Validations of two networks, one of them on two kinds of data, one of which ends before its plateau. */
export function validations() {
  return [
    { model: 'S2CNN 23k', data: '2k unrotated', converged: true },
    { model: 'CNN 1M', data: '2k unrotated', converged: true },
    { model: 'CNN 1M', data: '8k rotated', converged: false },
  ].flatMap((training) =>
    [1, 2, 3].map((n) => ({ ...training, spheres: 1000 * n, trainLoss: 2 / n, validationScore: 20 * n })),
  );
}

/** Every chart of scores, of that width. */
export function chartsOfWidth(width: number): Record<string, Figure> {
  const [rows, paper, options] = [mnistStudy(), readPaperCurves(), { width }];
  return {
    augmentation: equivarianceVersusAugmentation(rows, segmentation, options),
    paper: besideThePaper(rows, paper, segmentation, options),
    rotations: imagesAgainstRotations(imagesAndRotations(), segmentation, options),
    saturation: saturation(rows, segmentation, options),
    printedSaturation: paperSaturation(paper, segmentation, options),
    collapse: collapse(rows, segmentation, options),
    cost: costVersusScore(rows, segmentation, options),
    gap: gapByTask(rows, paper, {}, options),
    training: trainingCurves(validations(), { note: 'A note', ...options }),
    printed: paperCurves(paper, segmentation, options),
  };
}
