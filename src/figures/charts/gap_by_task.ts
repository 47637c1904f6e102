import type { PaperPoint } from '../../analysis/paper';
import { type Choice, finerGridsOf, selectStudy, studiesOf, type TaskChoice } from '../../analysis/selection';
import { summarise } from '../../analysis/summary';
import type { Task } from '../../datasets/task';
import { fits } from '../../results/read';
import type { ResultRow } from '../../results/rows';
import { check } from '../../util/check';
import { dumbbells } from '../parts/dumbbells';
import type { Figure } from '../parts/figure';
import { type Amount, bestOf } from '../parts/headline';
import { fullCount, score } from '../parts/numbers';
import { type ChartOptions, seriesStyle } from '../parts/theme';
import { convergenceNote, dataTitle, noteOf, seedsNote, taskTitle } from '../parts/wording';
import type { Curve } from './count_chart';
import {
  type ComparedCurves,
  comparedCurves,
  finerCurves,
  isCompared,
  isCurve,
} from './equivariance_versus_augmentation';
import { paperDatasetOf, paperKind } from './paper_curves';

/** The best S2CNN against the best CNN, for one task and data set. */
interface Gap {
  task: Task;
  data: string;
  source: 'ours' | 'paper';
  /** Whether the S2CNN's ReLUs act on grids finer than its band limits. */
  isFiner: boolean;
  seeds: number[];
  equivariant: Amount;
  plain: Amount;
  network: string;
}

/**
 * How far augmentation falls short of equivariance, task by task: the best score of an S2CNN with unrotated images, and
 * of a CNN with rotated ones; below it the same for an S2CNN with finer grids, and the paper's own, where there are such.
 * @param choice what the studies must have in common, as in `{ tier: 'study' }`; single faults stay away
 * @throws UsageError if no study holds both
 */
export function gapByTask(
  rows: readonly ResultRow[],
  paper: readonly PaperPoint[],
  choice: Omit<Choice, 'task'>,
  options: ChartOptions = {},
): Figure {
  const sound = rows.filter((row) => row.fidelity === 'corrected' && fits(row, choice));
  const gaps = studiesOf(sound).flatMap((study) => gapsOf(sound, paper, { ...study, task: study.task! }));
  check(gaps.length > 0, 'no study holds both an S2CNN and a CNN trained on rotated images');
  const ours = gaps.filter(({ source }) => source === 'ours');
  const coarse = ours.filter(({ isFiner }) => !isFiner);
  const [equivariant, plain] = [seriesStyle('s2cnn', 0).color, seriesStyle('cnn', 2).color];
  return {
    ...dumbbells({
      ...options,
      title: finding(coarse) ?? 'Equivariance and augmentation, task by task',
      subtitle: [
        noteOf(choice.tier ? `${choice.tier} tier` : '', 'rotated test spheres', seedsNote(ours)),
        noteOf(convergenceNote(coarse.map((gap) => gap.plain)), openNote(ours)),
      ].filter(Boolean),
      xTitle: 'Accuracy or non-background mIoU (%)',
      ends: ['best S2CNN, unrotated images', 'best CNN, rotated images'],
      rows: gaps.map((gap) => ({
        label: `<b>${taskTitle(gap.task)}</b><br>${whereOf(gap).join('<br>')}`,
        ends: [
          { score: gap.equivariant.score, color: equivariant },
          { score: gap.plain.score, color: plain, isHollow: gap.plain.converged === false },
        ],
      })),
    }),
    alt: altText(gaps),
    ...(ours.some(({ isFiner }) => isFiner)
      ? { caption: "Finer grids: the S2CNN's ReLUs act on grids finer than their signals' band limits." }
      : {}),
    rows: gaps.map(tableRow),
  };
}

/** Ours, with finer grids, and the paper's. */
function gapsOf(rows: readonly ResultRow[], paper: readonly PaperPoint[], study: TaskChoice): Gap[] {
  const chosen = selectStudy(rows, study);
  const compared = chosen.filter(isCompared);
  if (new Set(compared.map((row) => row.family)).size < 2) return [];
  const [{ task }] = compared;
  const data = dataTitle(compared[0]);
  const own = comparedCurves(compared, study);
  if (!own.augmented.some(isCurve)) return [];
  const seeds = own.summaries.map((summary) => summary.seeds).sort((a, b) => b.length - a.length)[0];
  const ours: Gap = { task, data, source: 'ours', isFiner: false, seeds, ...endsOf(own) };
  const finer = finerCurves(summarise(finerGridsOf(rows, own.summaries[0])), own.equivariant.length);
  const mine = finer.length > 0 ? [ours, { ...ours, isFiner: true, equivariant: bestPoint(finer) }] : [ours];
  const dataset = paperDatasetOf(compared[0]);
  if (!paper.some((point) => point.task === task && point.dataset === dataset)) return mine;
  const theirs = paperKind(paper, { task, dataset });
  return [...mine, { task, data, source: 'paper', isFiner: false, seeds: [], ...endsOf(theirs) }];
}

/** The best of either family: ours by validation, the paper's by its scores. */
function endsOf({ equivariant, augmented }: Pick<ComparedCurves, 'equivariant' | 'augmented'>) {
  const { label, ...plain } = bestPoint(augmented);
  return { equivariant: bestPoint(equivariant), plain, network: label };
}

function bestPoint(curves: readonly Curve[]) {
  const shown = curves.filter(({ isRun }) => !isRun);
  return bestOf(shown.flatMap(({ label, points }) => points.map((point) => ({ ...point, label }))));
}

/** The data set or the paper, and what is special about the S2CNN. */
function whereOf({ source, data, isFiner }: Gap): string[] {
  return [source === 'paper' ? 'in the paper' : data, ...(isFiner ? ['finer grids'] : [])];
}

/** How many S2CNNs had not converged: a ring is hollow either way. */
function openNote(gaps: readonly Gap[]): string {
  const open = gaps.filter((gap) => gap.equivariant.converged === false).length;
  return open > 0 ? `S2CNN not converged, ${open} of ${gaps.length}` : '';
}

function differenceOf({ equivariant, plain }: Gap): number {
  return equivariant.score.mean - plain.score.mean;
}

/** By how much augmentation falls short, task by task if there is one study of each; undefined unless it does in all. */
function finding(gaps: Gap[]): string | undefined {
  const rising = [...gaps].sort((a, b) => differenceOf(a) - differenceOf(b));
  if (rising.length === 0 || differenceOf(rising[0]) < 1) return undefined;
  const points = rising.map((gap) => score(differenceOf(gap)));
  const isOneEach = new Set(gaps.map(({ task }) => task)).size === gaps.length;
  const where = rising.map(({ task }, i) => `${points[i]}${i === 0 ? ' points' : ''} in ${task}`).join(', ');
  const range = `${points[0]} to ${points[points.length - 1]} points in ${gaps.length} studies`;
  return `Augmentation falls short by ${isOneEach ? where : range}`;
}

function altText(gaps: Gap[]): string {
  const rows = gaps.map((gap) => {
    const { task, equivariant, plain, network } = gap;
    const [a, b] = [score(equivariant.score.mean), score(plain.score.mean)];
    return `${taskTitle(task)}, ${whereOf(gap).join(', ')}: S2CNN ${a} with ${fullCount(equivariant.count)} unrotated images, ${network} ${b} with ${fullCount(plain.count)} rotated ones`;
  });
  return `Dumbbell chart of scores in percent on rotated test spheres. ${rows.join('. ')}.`;
}

function tableRow({ task, data, source, isFiner, equivariant, plain, network }: Gap) {
  return {
    task,
    data,
    source,
    finer_grids: isFiner,
    s2cnn_images: equivariant.count,
    s2cnn_score: equivariant.score.mean,
    cnn: network,
    cnn_images: plain.count,
    cnn_score: plain.score.mean,
    cnn_converged: plain.converged ?? null,
  };
}
