import type { Annotation, Shape } from 'plotly.js-dist';
import { bandOf, redrawCurves } from '../../analysis/bootstrap';
import type { Point } from '../../analysis/points';
import { reach, scoreAt } from '../../analysis/saturation';
import { imagesWorth } from '../../analysis/worth';
import { scoreName, type Task } from '../../datasets/task';
import { Random } from '../../util/random';
import { type CountAxis, countAxis } from '../parts/count_axis';
import type { Cell, Figure } from '../parts/figure';
import { labelledFrame } from '../parts/frame';
import { type EndLabel, labelColumn } from '../parts/label_column';
import { score } from '../parts/numbers';
import { type ScoreAxis, scoreAxis } from '../parts/score_axis';
import {
  type ChartOptions,
  fontSizes,
  isNarrow,
  mutedInk,
  seriesStyle,
  wideWidth,
  wrap,
} from '../parts/theme';
import { scoreAxisTitle, taskTitle } from '../parts/wording';
import { worthText } from '../parts/worth_wording';
import {
  bandTrace,
  crossingTrace,
  curveTrace,
  type DrawnNetwork,
  levelTraces,
  pointTrace,
} from './saturation_traces';
import { curveLines, finding, notes } from './saturation_words';

/** Plain networks in order of size, and the equivariant one whose level they are to reach. */
export interface SaturationStudy {
  task: Task;
  /** Where the numbers come from, in one line. */
  source: string;
  networks: { label: string; points: Point[] }[];
  level: { label: string; images: string; runs: Point[] };
}

/** Pixels right of the plot, for labels that say what a curve tends to, and the letters that a telephone has for them. */
const [labelRoom, narrowLetters] = [180, 17];
const share = 0.9;
const levelStyle = seriesStyle('s2cnn', 0);

/**
 * Points, fitted curves with their bands, the level with its band, and where the curves meet it. The ground is grey
 * beyond the largest number of images that was tried.
 */
export function saturationChart(study: SaturationStudy, { width = wideWidth }: ChartOptions = {}): Figure {
  const { task, level } = study;
  const drawn = study.networks.map((network, rank) => drawnOf(network, rank, level.runs));
  const amounts = drawn.flatMap(({ points }) => points.map(({ images }) => images));
  const { layout, inside } = labelledFrame({
    title: `${taskTitle(task)}: ${finding(drawn)}`,
    subtitle: [study.source, ...notes(drawn, level.runs, share)],
    width,
    labelRoom,
    plotHeight: isNarrow(width) ? 400 : 336,
  });
  const lines = (all: string[]) =>
    isNarrow(width) ? all.flatMap((line) => wrap(line, narrowLetters, ' ')) : all;
  const x = countAxis('Rotated training images', [...amounts, reach * largest(drawn)], inside.width);
  const y = scoreAxis(scoreAxisTitle(task), drawn.flatMap(heights));
  const atHeight = (value: number) => (inside.height * (y.range[1] - value)) / (y.range[1] - y.range[0]);
  const labels: EndLabel[] = [
    {
      lines: lines([level.label, `${score(drawn[0].level.score)} with ${level.images}`, 'unrotated images']),
      color: levelStyle.textColor,
      x: inside.width,
      y: atHeight(drawn[0].level.score),
    },
    ...drawn.map((one) => ({
      lines: lines([one.network, ...curveLines(one)]),
      color: one.style.textColor,
      x: inside.width * x.position(one.amounts[one.amounts.length - 1]),
      y: atHeight(one.scores[one.scores.length - 1]),
    })),
  ];
  return {
    data: [
      ...levelTraces(drawn[0].level, level.label, levelStyle, x.range),
      ...drawn.flatMap(bandTrace),
      ...drawn.flatMap((one) => [curveTrace(one), pointTrace(one), ...crossingTrace(one, x.range)]),
    ],
    layout: {
      ...layout,
      xaxis: x.layout,
      yaxis: y.layout,
      shapes: [greyZone(drawn, x)],
      annotations: [zoneLabel(drawn, x, y), ...labelColumn(labels, inside, { x: x.layout, y: y.layout })],
    },
    alt: `Scores on rotated test spheres (${scoreName(task)} in percent) over rotated training images, with fitted curves. ${drawn.map(worthText).join('. ')}.`,
    rows: drawn.flatMap(tableRows),
  };
}

function drawnOf(
  { label, points }: SaturationStudy['networks'][0],
  rank: number,
  runs: readonly Point[],
): DrawnNetwork {
  const random = Random.of(1, 'saturation', label);
  const worth = imagesWorth(points, runs, { random, level: share });
  const { first, last } = worth.fit.span;
  const steps = 60;
  const amounts = Array.from(
    { length: steps + 1 },
    (_, i) => first * ((reach * last) / first) ** (i / steps),
  );
  const redrawn = redrawCurves(points, worth.fit, { random });
  return {
    ...worth,
    network: label,
    style: seriesStyle('cnn', rank),
    points,
    amounts,
    scores: amounts.map((n) => Math.min(100, scoreAt(worth.fit, n))),
    band:
      'reason' in redrawn
        ? redrawn
        : { ranges: bandOf(redrawn.curves, amounts, share), meaning: redrawn.meaning },
  };
}

/** What the axis of scores must have room for; bands may run off the plot. */
function heights({ points, scores, level }: DrawnNetwork): number[] {
  const { score, interval } = level;
  const ends = interval.given ? [Math.max(0, interval.low), Math.min(100, interval.high)] : [];
  return [...points.map((point) => point.score), ...scores, score, ...ends];
}

function largest(drawn: readonly DrawnNetwork[]): number {
  return Math.max(...drawn.map(({ fit }) => fit.span.last));
}

function greyZone(drawn: readonly DrawnNetwork[], x: CountAxis): Partial<Shape> {
  return {
    type: 'rect',
    layer: 'below',
    xref: 'paper',
    yref: 'paper',
    x0: x.position(largest(drawn)),
    x1: 1,
    y0: 0,
    y1: 1,
    fillcolor: '#F1F1F1',
    line: { width: 0 },
  };
}

/** Stands at the bottom or at the top, where the nearest curve or level ends farther away. */
function zoneLabel(
  drawn: readonly DrawnNetwork[],
  x: CountAxis,
  { range: [low, high] }: ScoreAxis,
): Partial<Annotation> {
  const ends = drawn.flatMap(({ scores, level }) => [scores[scores.length - 1], level.score]);
  const shares = ends.map((end) => (end - low) / (high - low));
  const atTop = 1 - Math.max(...shares) > Math.min(...shares);
  return {
    text: 'beyond<br>the data',
    xref: 'paper',
    yref: 'paper',
    x: (x.position(largest(drawn)) + 1) / 2,
    y: atTop ? 1 : 0,
    xanchor: 'center',
    yanchor: atTop ? 'top' : 'bottom',
    yshift: atTop ? -4 : 4,
    showarrow: false,
    font: { size: fontSizes.tick, color: mutedInk },
  };
}

/** A row for each training, with the curve of its network. */
function tableRows({ network, points, fit, level, answer }: DrawnNetwork): Record<string, Cell>[] {
  return points.map(({ images, score, converged = null }) => ({
    network,
    images,
    score,
    converged,
    fitted: scoreAt(fit, images),
    family: fit.family,
    limit: Number.isFinite(fit.limit) ? fit.limit : null,
    rmse: fit.rmse,
    held_out: fit.heldOut,
    at_bound: fit.atBound,
    level: level.score,
    images_for_level: answer.answerable ? answer.images : null,
    not_answerable: answer.answerable ? null : answer.reason,
  }));
}
