import { contestOf } from '../../analysis/contest';
import type { PaperPoint } from '../../analysis/paper';
import { pointsOf } from '../../analysis/points';
import { selectStudy, type TaskChoice } from '../../analysis/selection';
import { summarise } from '../../analysis/summary';
import { checkTask } from '../../datasets/task';
import type { ResultRow } from '../../results/rows';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { compactCount } from '../parts/numbers';
import type { ChartOptions } from '../parts/theme';
import { modelLabel, noteOf, provenance, seenNote } from '../parts/wording';
import { datasetTitles } from './paper_curves';
import { saturationChart } from './saturation_chart';

/**
 * How far augmentation goes: each CNN's scores over its rotated images with the curve that foretells them best, drawn on
 * beyond the data, against the level of the S2CNN with the fewest unrotated images.
 * @throws UsageError if the rows mix studies, or hold no S2CNN, or no CNN with three amounts of rotated images
 */
export function saturation(
  rows: readonly ResultRow[],
  choice: TaskChoice,
  options: ChartOptions = {},
): Figure {
  const task = checkTask(choice.task);
  const shown = selectStudy(rows, choice);
  const { equivariant, plain } = contestOf(shown);
  check(equivariant.length > 0, `no results of an S2CNN trained on unrotated images for ${task}`);
  check(plain.length > 0, `no results of a CNN with three amounts of rotated images for ${task}`);
  const study = {
    task,
    source: noteOf(provenance(shown), seenNote(summarise(plain.flat()))),
    networks: plain.map((own) => ({ label: modelLabel(own[0]), points: pointsOf(own) })),
    level: {
      label: modelLabel(equivariant[0]),
      images: compactCount(equivariant[0].images),
      runs: pointsOf(equivariant),
    },
  };
  return saturationChart(study, options);
}

/**
 * The same of the paper's own curves.
 * @throws UsageError if the paper has no such curves
 */
export function paperSaturation(
  points: readonly PaperPoint[],
  { task, dataset = 'mnist' }: { task: string; dataset?: string },
  options: ChartOptions = {},
): Figure {
  const shown = points.filter(
    (p) => p.task === checkTask(task) && p.dataset === dataset && p.testRotated && !p.model.includes('('),
  );
  const augmented = shown.filter((p) => p.trainRotated);
  const [first] = shown.filter((p) => !p.trainRotated).sort((a, b) => a.images - b.images);
  check(augmented.length > 0 && first, `the paper has no curves of ${task} for ${dataset}`);
  const models = [...new Set(augmented.map((p) => p.model))];
  const study = {
    task: checkTask(task),
    source: `Gerken et al., ICML 2022, read off the paper · ${datasetTitles[dataset]} · bandwidth 50`,
    networks: models.map((model) => ({
      label: model,
      points: pointsOf(augmented.filter((p) => p.model === model)),
    })),
    level: { label: first.model, images: compactCount(first.images), runs: pointsOf([first]) },
  };
  return saturationChart(study, options);
}
