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
import { axis, type ChartOptions, isNarrow, markerSize, type SeriesStyle, seriesStyle } from '../parts/theme';
import { capitalised, modelLabel, taskTitle } from '../parts/wording';

/** Answers of the same networks that are means over more and more rotations. */
interface Line {
  name: string;
  style: SeriesStyle;
  /** from few rotations to many */
  rows: AnswerRow[];
}

/** Shares of the plot's height: errors below, scores above. */
const domains = { error: [0, 0.42], score: [0.5, 1] } as const;

/**
 * What more work at test time buys: score and equivariance error over the time of an answer, which is a mean over more and
 * more rotations, of one CNN and of several, and of S2CNNs, one of them with its ReLU on a finer grid.
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
  const counts = [...new Set(own.map((row) => row.orbit))].sort((a, b) => a - b);
  const { layout, inside } = labelledFrame({
    ...options,
    plotHeight: 520,
    title: finding(own) ?? `${taskTitle(task)}: what more work at test time buys`,
    subtitle: [
      `${taskTitle(task)} · ${datasetTitle(dataset)} · ${fullCount(spheres)} rotated test spheres · one network each`,
      `Marks: means over ${counts.join(', ')} rotations · ${engine} (${processor})`,
    ],
  });
  const narrow = isNarrow(layout.width!);
  const { xaxis, yaxis, yaxis2, time, scores, errors } = axesOf(task, own, narrow);
  const data = lines.flatMap((line) => [
    trace(line, 'y', (row) => row.score),
    trace(line, 'y2', (row) => row.equivarianceError),
  ]);
  const labelsOn = (value: (row: AnswerRow) => number, range: Range, domain: Range) =>
    lines.map((line): EndLabel => {
      const end = line.rows[line.rows.length - 1];
      const height = domain[0] + share(value(end), range) * (domain[1] - domain[0]);
      return {
        lines: [...(narrow ? line.name.split(', ') : [line.name]), trainedOn(end), orbitsOf(line)],
        color: line.style.textColor,
        x: inside.width * share(Math.log10(end.milliseconds), time),
        y: inside.height * (1 - height),
      };
    });
  const labels = labelsOn((row) => row.score, scores, domains.score);
  const below = labelsOn((row) => Math.log10(row.equivarianceError), errors, domains.error);
  const axes = { x: xaxis, y: yaxis };
  const annotations = narrow // no room within its plots
    ? labelColumn(labels, inside, axes)
    : labelColumn(labels, inside, axes, data, [{ labels: below, axes: { x: xaxis, y: yaxis2, yref: 'y2' } }]);
  return {
    data,
    layout: { ...layout, xaxis, yaxis, yaxis2, annotations },
    alt: altText(task, lines),
    caption:
      'An answer is the mean of the probabilities over rotations of the sphere, the first of them none; masks are turned back. ' +
      'To turn a sphere its image is projected anew; by spectrum: its samples are turned, which loses what the grid does not ' +
      'resolve. ×: how much finer the grid of ReLU. Equivariance error: relative ' +
      'distance of the probabilities of a turned sphere from the turned probabilities.',
    rows: own.map(tableRow),
  };
}

type Range = readonly [from: number, to: number];

/** Where a value lies in a range, from 0 to 1. */
function share(value: number, [from, to]: Range): number {
  return (value - from) / (to - from);
}

/** The axes, and what they span: time and error as powers of ten. */
function axesOf(task: Task, rows: readonly AnswerRow[], narrow: boolean) {
  const powers = (values: number[], room: number): [number, number] => {
    const [least, most] = extent(values);
    return [Math.log10(least / room), Math.log10(most * room)];
  };
  const time = powers(
    rows.map((row) => row.milliseconds),
    1.2,
  );
  const errors = powers(
    rows.map((row) => row.equivarianceError),
    1.5,
  );
  const y = scoreAxis(
    `${capitalised(scoreName(task))} (%)`,
    rows.map((row) => row.score),
  );
  const xaxis = axis('Time of an answer in milliseconds a sphere', {
    type: 'log',
    range: time,
    anchor: 'y2',
    ...ticks(time),
  });
  const yaxis = { ...y.layout, domain: [...domains.score] as [number, number], anchor: 'x' as const };
  const yaxis2 = axis(narrow ? 'Error' : 'Equivariance error', {
    type: 'log',
    range: errors,
    domain: [...domains.error],
    anchor: 'x',
    ...ticks(errors),
  });
  return { xaxis, yaxis, yaxis2, time, scores: y.range, errors };
}

function tableRow(row: AnswerRow) {
  return {
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
  };
}

/** 1, 2, 5, 10, ... in a range of logarithms; powers of ten alone where it is wide. */
function ticks([from, to]: Range): { tickvals: number[]; ticktext: string[] } {
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
  const turned = byWork(equivariant.filter((row) => row.oversampling === 1));
  const isPlain = (row: AnswerRow) => row.family === 'cnn' && row.models.length === 1;
  const plain = byWork(projected.filter(isPlain));
  const bySpectrum = byWork(rows.filter((row) => isPlain(row) && row.turning === 'spectrum'));
  const ensemble = byWork(projected.filter((row) => row.models.length > 1));
  const nameOf = ([row]: AnswerRow[]) => (row ? modelLabel({ ...row, variant: '' }) : '');
  const lines: Line[] = [
    { name: 'S2CNN', style: seriesStyle('s2cnn', 1), rows: turned },
    {
      name: `S2CNN, trained ×${trainedFiner[0]?.trainedOversampling}`,
      style: seriesStyle('s2cnn', 0),
      rows: trainedFiner,
    },
    { name: nameOf(plain), style: seriesStyle('cnn', 1), rows: plain },
    { name: `${nameOf(bySpectrum)}, by spectrum`, style: seriesStyle('cnn', 0), rows: bySpectrum },
    { name: `${ensemble[0]?.models.length} CNNs`, style: seriesStyle('cnn', 2), rows: ensemble },
  ];
  return lines.filter((line) => line.rows.length > 0);
}

function trace({ name, style, rows }: Line, yaxis: 'y' | 'y2', value: (row: AnswerRow) => number): Data {
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name,
    yaxis,
    x: rows.map((row) => row.milliseconds),
    y: rows.map(value),
    customdata: rows.map((row) => [row.orbit, milliseconds(row)]),
    cliponaxis: false,
    line: { color: style.color, dash: style.dash, width: 2 },
    marker: { symbol: style.symbol, size: markerSize(style.symbol), color: style.color, opacity: 1 },
    hovertemplate: '%{y:.3~r}, %{customdata[0]} rotations in %{customdata[1]}<extra>%{fullData.name}</extra>',
  };
}

function trainedOn({ images, rotations }: AnswerRow): string {
  return `${compactCount(images)} ${rotations > 0 ? 'rotated' : 'unrotated'}`;
}

/** "1 to 16 rotations": of a line's first mark and its last. */
function orbitsOf({ rows }: Line): string {
  const [first, last] = [rows[0].orbit, rows[rows.length - 1].orbit];
  return first === last
    ? `${first} ${first === 1 ? 'rotation' : 'rotations'}`
    : `${first} to ${last} rotations`;
}

function milliseconds({ milliseconds: time }: AnswerRow): string {
  return `${Number(time.toPrecision(2))} ms`;
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
  const texts = lines.map(({ name, rows }) => {
    const points = rows.map(
      (row) =>
        `${row.orbit}: ${score(row.score)}, error ${row.equivarianceError.toPrecision(2)}, ${milliseconds(row)}`,
    );
    return `${name}: ${points.join('; ')}`;
  });
  return `${scoreName(task)} in percent and equivariance error over the time of an answer, which is a mean over rotations. ${texts.join('. ')}.`;
}
