import type { PaperPoint } from '../../analysis/paper';
import type { TaskChoice } from '../../analysis/selection';
import { checkTask, scoreName } from '../../datasets/task';
import type { ResultRow } from '../../results/rows';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { type Amount, bestOf } from '../parts/headline';
import { compactCount, fullCount, score } from '../parts/numbers';
import { type ChartOptions, type SeriesStyle, seriesStyle } from '../parts/theme';
import { capitalised, convergenceNote, noteOf, provenance, seedsNote, seenNote } from '../parts/wording';
import { type Curve, countChart } from './count_chart';
import { checkAmounts, comparedCurves } from './equivariance_versus_augmentation';
import { paperDatasetOf, paperKind } from './paper_curves';

/**
 * Our CNNs and the paper's on one scale: the score with rotated images in percent of what the S2CNN of the same source
 * scores with unrotated ones, as many in both (10,000 if they have them), else with those of each one's level.
 * @throws UsageError if the rows mix studies or hold no such comparison, or if the paper has no curves like it
 */
export function besideThePaper(
  rows: readonly ResultRow[],
  paper: readonly PaperPoint[],
  choice: TaskChoice,
  options: ChartOptions = {},
): Figure {
  const task = checkTask(choice.task);
  const own = comparedCurves(rows, choice);
  checkAmounts(own.augmented, task);
  const dataset = paperDatasetOf(own.summaries[0]);
  check(dataset, `the paper has no curves of ${task} for ${own.summaries[0].dataset}`);
  const theirs = paperKind(paper, { task, dataset });
  const levels = levelsOf(own.equivariant, theirs.equivariant);
  const [ours, printed] = levels ?? [own.compared.level, theirs.compared.level];
  check(ours && printed, `no results of an S2CNN trained on unrotated images for ${task}`);
  const drawn = own.augmented.map((curve) => dashed('solid', relativeTo(ours, curve)));
  const behind = theirs.augmented.map((curve) => fainter(relativeTo(printed, curve)));
  const curves = [...drawn, ...behind];
  const cnns = own.summaries.filter((s) => s.family === 'cnn');
  const [best, bestPrinted] = [drawn, behind].map((some) => bestOf(some.flatMap(({ points }) => points)));
  const chart = countChart({
    ...options,
    title: `CNNs reach ${percent(best)} of the S2CNN at ${compactCount(best.count)}, ${percent(bestPrinted)} at ${compactCount(bestPrinted.count)} in the paper`,
    subtitle: [
      provenance(own.summaries),
      noteOf(
        seedsNote(cnns),
        ours.score.high > ours.score.low ? "band: our S2CNN's seeds" : '',
        convergenceNote(cnns),
        seenNote(cnns),
      ),
      "Solid: ours · dotted: the paper's own curves (Gerken et al., ICML 2022), bandwidth 50",
    ],
    xTitle: 'Rotated training images',
    yTitle: `${capitalised(scoreName(task))} in % of the S2CNN's`,
    curves,
    levels: [
      {
        label: ["S2CNN's score", ...openNote(ours), `ours ${levelText(ours)}`, `paper ${levelText(printed)}`],
        style: seriesStyle('s2cnn', 0),
        score: inPercentOf(ours, ours).score,
      },
    ],
  });
  return {
    ...chart,
    alt: `Line chart of the CNNs' score in ${task} on rotated test spheres, in percent of the S2CNN's. ${curves.map(endText).join('. ')}.`,
    caption: `100 is the S2CNN's score with unrotated images: ours ${levelText(ours)}, the paper's ${levelText(printed)}.`,
    rows: curves.flatMap(({ label, isFaint, points }) =>
      points.map((point) => ({
        source: isFaint ? 'paper' : 'ours',
        model: label.replace(paperMark, ''),
        images: point.count,
        percent_of_s2cnn: point.score.mean,
        low: point.score.low,
        high: point.score.high,
        converged: point.converged ?? null,
      })),
    ),
  };
}

const paperMark = ', paper';

/** The largest number of unrotated images that both have, up to the 10,000 that the paper speaks of. */
function levelsOf(ours: Curve[], theirs: Curve[]): [Amount, Amount] | undefined {
  const [own, other] = [ours, theirs].map((curves) => curves[0]?.points ?? []);
  const shared = own.filter(({ count }) => count <= 10_000 && other.some((p) => p.count === count));
  const level = shared[shared.length - 1];
  return level && [level, other.find((p) => p.count === level.count)!];
}

function relativeTo(level: Amount, curve: Curve): Curve {
  return { ...curve, points: curve.points.map((point) => inPercentOf(level, point)) };
}

function inPercentOf({ score: { mean: unit } }: Amount, point: Amount): Amount {
  const { mean, low, high } = point.score;
  return {
    ...point,
    score: { mean: (100 * mean) / unit, low: (100 * low) / unit, high: (100 * high) / unit },
  };
}

function fainter(curve: Curve): Curve {
  return { ...dashed('dot', curve), label: `${curve.label}${paperMark}`, isFaint: true };
}

function dashed(dash: SeriesStyle['dash'], curve: Curve): Curve {
  return { ...curve, style: { ...curve.style, dash } };
}

function percent({ score: { mean } }: Amount): string {
  return `${Math.round(mean)} %`;
}

/** A level has no mark that could be hollow. */
function openNote({ converged }: Amount): string[] {
  return converged === false ? ['ours not converged'] : [];
}

function levelText({ count, score: { mean } }: Amount): string {
  return `${score(mean)} at ${compactCount(count)}`;
}

function endText({ label, points }: Curve): string {
  const end = points[points.length - 1];
  return `${label} ends at ${score(end.score.mean)} with ${fullCount(end.count)} images`;
}
