import { finerGridsOf, selectStudy, type TaskChoice } from '../../analysis/selection';
import { networkName, type Summary, summarise } from '../../analysis/summary';
import { checkTask, scoreName, type Task } from '../../datasets/task';
import type { ResultRow } from '../../results/rows';
import { check } from '../../util/check';
import { extent } from '../../util/extent';
import { type Dumbbell, dumbbells } from '../parts/dumbbells';
import type { Figure } from '../parts/figure';
import { fullCount, score } from '../parts/numbers';
import { type ChartOptions, seriesStyle } from '../parts/theme';
import {
  convergenceNote,
  modelLabel,
  noteOf,
  provenance,
  scoreAxisTitle,
  seedsNote,
  taskTitle,
  thingsOf,
} from '../parts/wording';

/**
 * Networks that never saw a rotated sphere, tested on unrotated and on rotated ones: a row each, the two scores tied
 * by a line; S2CNNs with finer grids for their ReLUs among them. Of each network the experiments with the most training
 * images are shown. Segmentation is scored with pixels weighted by area: pixels crowd at the poles, where the unrotated
 * digits lie.
 * @throws UsageError if the rows mix studies or hold no experiment without rotations
 */
export function collapse(rows: readonly ResultRow[], choice: TaskChoice, options: ChartOptions = {}): Figure {
  const task = checkTask(choice.task);
  const shown = selectStudy(rows, choice).filter((row) => row.rotations === 0 && !row.variant);
  check(shown.length > 0, `no results of networks trained on unrotated spheres for ${task}`);
  const [own, finer] = [shown, finerGridsOf(rows, shown[0])].map((all) => largestOfEach(summarise(all)));
  const isEquivariant = ({ family }: Summary) => family === 's2cnn';
  const summaries = [...own.filter(isEquivariant), ...finer, ...own.filter((s) => !isEquivariant(s))];
  const area = task === 'segmentation' ? 'Pixels weighted by area' : '';
  return {
    ...dumbbells({
      ...options,
      title: finding(summaries) ?? `${taskTitle(task)}: trained without rotations`,
      subtitle: [provenance(summaries), noteOf(seedsNote(summaries), convergenceNote(summaries), area)],
      xTitle: scoreAxisTitle(task, 'test spheres'),
      ends: ['tested unrotated', 'tested rotated'],
      rows: summaries.map((summary) => dumbbellOf(summary, summaries)),
    }),
    alt: altText(task, summaries),
    caption:
      'None of these networks saw a rotated sphere in training; the test shows each digit as it is, and turned.',
    rows: summaries.map(tableRow),
  };
}

function largestOfEach(summaries: Summary[]): Summary[] {
  const isSame = (one: Summary, other: Summary) => networkName(one) === networkName(other);
  return summaries.filter((s) => !summaries.some((other) => isSame(s, other) && other.images > s.images));
}

function dumbbellOf(summary: Summary, all: Summary[]): Dumbbell {
  const rank = all.filter((s) => s.family === summary.family).indexOf(summary);
  const { color } = seriesStyle(summary.family, rank);
  return {
    label: [
      `<b>${modelLabel({ ...summary, variant: '' })}</b>`,
      ...(summary.variant ? [summary.variant] : []),
      `${fullCount(summary.images)} images`,
    ].join('<br>'),
    ends: [
      { score: summary.areaUnrotated, color },
      { score: summary.areaRotated, color, isHollow: !summary.converged },
    ],
  };
}

/** What turning the test spheres costs either family; undefined unless it costs every CNN more than any S2CNN. */
function finding(summaries: Summary[]): string | undefined {
  const [plain, equivariant] = ['cnn', 's2cnn'].map((family) => summaries.filter((s) => s.family === family));
  if (plain.length === 0 || equivariant.length === 0) return undefined;
  const losses = (of: Summary[]) => extent(of.map((s) => s.areaUnrotated.mean - s.areaRotated.mean));
  const [least, most] = losses(plain);
  const [fewest, other] = losses(equivariant);
  if (least < Math.max(0, other) + 1) return undefined;
  const points =
    Math.round(least) === Math.round(most) ? score(most) : `${Math.round(least)} to ${Math.round(most)}`;
  const few = [...new Set([fewest, other].map((loss) => (loss < 0.05 ? 'none' : score(loss))))].join(' to ');
  const own = equivariant.length > 1 ? 'S2CNNs' : 'the S2CNN';
  return `Turning the ${thingsOf(summaries[0])} costs CNNs ${points} points, ${own} ${few}`;
}

function altText(task: Task, summaries: Summary[]): string {
  const rows = summaries.map((s) => {
    const [unrotated, rotated] = [score(s.areaUnrotated.mean), score(s.areaRotated.mean)];
    return `${modelLabel(s)}, ${fullCount(s.images)} images: ${unrotated} on unrotated, ${rotated} on rotated test spheres`;
  });
  return `Dumbbell chart of ${scoreName(task)} in percent, networks trained on unrotated spheres. ${rows.join('. ')}.`;
}

function tableRow(s: Summary) {
  return {
    model: s.model,
    variant: s.variant,
    parameters: s.parameters,
    images: s.images,
    seeds: s.seeds.length,
    unrotated_mean: s.areaUnrotated.mean,
    unrotated_low: s.areaUnrotated.low,
    unrotated_high: s.areaUnrotated.high,
    rotated_mean: s.areaRotated.mean,
    rotated_low: s.areaRotated.low,
    rotated_high: s.areaRotated.high,
    converged: s.converged,
    tier: s.tier,
    dataset: s.dataset,
  };
}
