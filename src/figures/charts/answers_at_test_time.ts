import type { Data } from 'plotly.js-dist';
import { checkUnmixed } from '../../analysis/selection';
import { checkTask, scoreName, type Task } from '../../datasets/task';
import { datasetTitle } from '../../datasets/title';
import type { AnswerRow } from '../../results/measurements';
import { check } from '../../util/check';
import { extent } from '../../util/extent';
import type { Figure } from '../parts/figure';
import { labelledFrame } from '../parts/frame';
import { type EndLabel, labelColumn } from '../parts/label_column';
import { compactCount, fullCount, score } from '../parts/numbers';
import { scoreAxis } from '../parts/score_axis';
import { axis, type ChartOptions, markerSize, type SeriesStyle, seriesStyle } from '../parts/theme';
import { capitalised, modelLabel, taskTitle } from '../parts/wording';

/** Answers of the same networks that differ in how much work goes into them. */
interface Line {
  name: string;
  style: SeriesStyle;
  /** from little work to much */
  rows: AnswerRow[];
  /** what is written beside a mark */
  word: (row: AnswerRow) => string;
  /** on which side of it */
  below?: boolean;
}

/** Shares of the plot's height: errors below, scores above. */
const domains = { error: [0, 0.4], score: [0.5, 1] } as const;

/**
 * What more work at test time buys: score and equivariance error over the time of an answer, for answers that are means
 * over rotations of the sphere and over several CNNs, and for an S2CNN whose ReLU acts on finer grids.
 * @param rows measured on one data set, with one engine and as many spheres each
 * @throws UsageError if there are none of the task, or if they mix those
 */
export function answersAtTestTime(
  rows: readonly AnswerRow[],
  choice: { task: string },
  options: ChartOptions = {},
): Figure {
  const task = checkTask(choice.task);
  const own = rows.filter((row) => row.task === task);
  check(own.length > 0, () => `no measured answers of ${task}`);
  checkUnmixed('answers', own, ['dataset', 'spheres', 'engine', 'processor'], 'measure them anew');
  const lines = linesOf(own);
  const { dataset, spheres, engine, processor } = own[0];
  const { layout, inside } = labelledFrame({
    ...options,
    plotHeight: 470,
    title: finding(own) ?? `${taskTitle(task)}: what more work at test time buys`,
    subtitle: [
      `${taskTitle(task)} · ${datasetTitle(dataset)} · ${fullCount(spheres)} rotated test spheres · one network each`,
      `Numbers beside marks: rotations that an answer is the mean over; ×: how much finer the grid of ReLU`,
      `${engine} (${processor})`,
    ],
  });
  const [least, most] = extent(own.map((row) => row.milliseconds));
  const range: [number, number] = [Math.log10(least / 1.6), Math.log10(most * 1.9)];
  const y = scoreAxis(
    `${capitalised(scoreName(task))} (%)`,
    own.map((row) => row.score),
  );
  const [low, high] = extent(own.map((row) => row.equivarianceError));
  const errors: [number, number] = [Math.log10(low / 1.5), Math.log10(high * 1.5)];
  const labels = lines.map((line): EndLabel => {
    const end = line.rows[line.rows.length - 1];
    const share = (end.score - y.range[0]) / (y.range[1] - y.range[0]);
    return {
      lines: [line.name, ...trainedOn(end)],
      color: line.style.textColor,
      x: (inside.width * (Math.log10(end.milliseconds) - range[0])) / (range[1] - range[0]),
      y: inside.height * (1 - domains.score[0] - share * (domains.score[1] - domains.score[0])),
    };
  });
  const xaxis = axis('Time of an answer in milliseconds a sphere', {
    type: 'log',
    range,
    anchor: 'y2',
    ...ticks(range),
  });
  const yaxis = { ...y.layout, domain: [...domains.score] as [number, number], anchor: 'x' as const };
  return {
    data: lines.flatMap((line) => [
      trace(line, 'y', (row) => row.score),
      trace(line, 'y2', (row) => row.equivarianceError),
    ]),
    layout: {
      ...layout,
      xaxis,
      yaxis,
      yaxis2: axis('Equivariance error', {
        type: 'log',
        range: errors,
        domain: [...domains.error],
        anchor: 'x',
        ...ticks(errors),
      }),
      annotations: labelColumn(labels, inside, { x: xaxis, y: yaxis }),
    },
    alt: altText(task, lines),
    caption:
      'An answer is the mean of the probabilities over rotations of the sphere, the first of them none; masks are turned back. ' +
      'To turn a sphere its image is projected anew; by spectrum: its samples are turned, which loses what the grid does not ' +
      'resolve. Equivariance error: relative distance of the probabilities of a turned sphere from the turned probabilities.',
    rows: own.map((row) => ({
      networks: row.models.join(' + '),
      images: row.images,
      rotations: row.rotations,
      orbit: row.orbit,
      turning: row.turning,
      trained_oversampling: row.trainedOversampling,
      oversampling: row.oversampling,
      score: row.score,
      equivariance_error: row.equivarianceError,
      milliseconds: row.milliseconds,
    })),
  };
}

/** 1, 2, 5, 10, ... in a range of logarithms; powers of ten alone where it is wide. */
function ticks([from, to]: [number, number]): { tickvals: number[]; ticktext: string[] } {
  const steps = to - from > 2 ? [1] : [1, 2, 5];
  const decades = Array.from(
    { length: Math.ceil(to) - Math.floor(from) + 1 },
    (_, i) => Math.floor(from) + i,
  );
  const tickvals = decades
    .flatMap((decade) => steps.map((step) => step * 10 ** decade))
    .filter((value) => Math.log10(value) >= from && Math.log10(value) <= to);
  return { tickvals, ticktext: tickvals.map((value) => String(Number(value.toPrecision(1)))) };
}

function linesOf(rows: readonly AnswerRow[]): Line[] {
  const byWork = (list: AnswerRow[]) =>
    [...list].sort((a, b) => a.orbit - b.orbit || a.oversampling - b.oversampling);
  const projected = rows.filter((row) => row.turning === 'projection');
  const s2cnns = projected.filter((row) => row.family === 's2cnn');
  const equivariant = s2cnns.filter((row) => row.trainedOversampling === 1);
  const trainedFiner = byWork(s2cnns.filter((row) => row.trainedOversampling > 1));
  const finer = byWork(equivariant.filter((row) => row.orbit === 1));
  const turned = byWork(equivariant.filter((row) => row.oversampling === 1));
  const isPlain = (row: AnswerRow) => row.family === 'cnn' && row.models.length === 1;
  const plain = byWork(projected.filter(isPlain));
  const bySpectrum = byWork(rows.filter((row) => isPlain(row) && row.turning === 'spectrum'));
  const ensemble = byWork(projected.filter((row) => row.models.length > 1));
  const nameOf = ([row]: AnswerRow[]) => (row ? modelLabel({ ...row, variant: '' }) : '');
  const orbit = ({ orbit: count }: AnswerRow) => String(count);
  const further = ({ orbit: count }: AnswerRow) => (count > 1 ? String(count) : ''); // the first is the other line's as well
  const lines: Line[] = [
    {
      name: 'S2CNN, finer grid',
      style: seriesStyle('s2cnn', 0),
      rows: finer,
      word: (row) => `×${row.oversampling}`,
      below: true,
    },
    { name: 'S2CNN, rotations', style: seriesStyle('s2cnn', 1), rows: turned, word: further },
    {
      name: `S2CNN, trained ×${trainedFiner[0]?.trainedOversampling}`,
      style: seriesStyle('s2cnn', 2),
      rows: trainedFiner,
      word: orbit,
    },
    {
      name: nameOf(plain),
      style: seriesStyle('cnn', 1),
      rows: plain,
      word: orbit,
    },
    {
      name: `${nameOf(bySpectrum)}, by spectrum`,
      style: seriesStyle('cnn', 0),
      rows: bySpectrum,
      word: orbit,
      below: true,
    },
    {
      name: `${ensemble[0]?.models.length} CNNs`,
      style: seriesStyle('cnn', 2),
      rows: ensemble,
      word: orbit,
    },
  ];
  return lines.filter((line) => line.rows.length > 0);
}

function trace(
  { name, style, rows, word, below }: Line,
  yaxis: 'y' | 'y2',
  value: (row: AnswerRow) => number,
): Data {
  return {
    type: 'scatter',
    mode: 'text+lines+markers',
    name,
    yaxis,
    x: rows.map((row) => row.milliseconds),
    y: rows.map(value),
    text: rows.map(word),
    textposition: below ? 'bottom center' : 'top center',
    textfont: { size: 10.5, color: style.textColor },
    cliponaxis: false,
    line: { color: style.color, dash: style.dash, width: 2 },
    marker: { symbol: style.symbol, size: markerSize(style.symbol), color: style.color, opacity: 1 },
    hovertemplate: '%{y:.3~r} in %{x:.2~r} ms<extra>%{fullData.name}</extra>',
  };
}

function trainedOn({ images, rotations }: AnswerRow): string[] {
  return [compactCount(images), rotations > 0 ? 'rotated' : 'unrotated'];
}

/** One answer of the S2CNN beside the best that CNNs reach with any work; without CNNs, what a finer grid does for it. */
function finding(rows: readonly AnswerRow[]): string | undefined {
  const equivariant = rows.filter((row) => row.family === 's2cnn' && row.orbit === 1);
  const one = equivariant.find((row) => row.oversampling === 1);
  const plains = rows.filter((row) => row.family === 'cnn');
  const finest = equivariant.find((row) => row.oversampling === 2 && row.trainedOversampling === 1);
  const trained = equivariant.find((row) => row.trainedOversampling > 1);
  if (one && finest && plains.length === 0)
    return `ReLU on a grid twice as fine: an S2CNN goes from ${score(one.score)} to ${score(finest.score)}`;
  if (!one || plains.length === 0) return undefined;
  const best = plains.reduce((a, b) => (b.score > a.score ? b : a));
  const networks = best.models.length > 1 ? `${best.models.length} CNNs` : 'a CNN';
  const turns = best.orbit > 1 ? ` over ${best.orbit} rotations` : '';
  const finer = trained ? `, with a finer grid for ReLU ${score(trained.score)}` : '';
  return `One answer of an S2CNN: ${score(one.score)}${finer}; the best of ${networks}${turns}: ${score(best.score)}`;
}

function altText(task: Task, lines: Line[]): string {
  const texts = lines.map(({ name, rows, word }) => {
    const points = rows.map(
      (row) =>
        `${word(row)}: ${score(row.score)}, error ${row.equivarianceError.toPrecision(2)}, ${row.milliseconds.toPrecision(2)} ms`,
    );
    return `${name}: ${points.join('; ')}`;
  });
  return `${scoreName(task)} in percent and equivariance error over the time of an answer. ${texts.join('. ')}.`;
}
