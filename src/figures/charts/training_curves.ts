import type { Data } from 'plotly.js-dist';
import { check } from '../../util/check';
import { extent } from '../../util/extent';
import type { Figure } from '../parts/figure';
import { labelledFrame } from '../parts/frame';
import { type EndLabel, labelColumn } from '../parts/label_column';
import { compactCount, fullCount, score } from '../parts/numbers';
import { PlotsOverTraining, rangeOf } from '../parts/over_training';
import { type ChartOptions, markerSize, type SeriesStyle, seriesStyle } from '../parts/theme';
import { convergenceNote, noteOf } from '../parts/wording';

/** One validation of one network's training. */
export interface TrainingRow {
  /** The network; "S2CNN..." or "s2cnn..." is drawn as an equivariant one. */
  model: string;
  /** What it learns from, if that sets trainings apart: "60k rotated". */
  data?: string;
  /** Training spheres seen so far. */
  spheres: number;
  /** Mean cross-entropy in nats. */
  trainLoss: number;
  /** In percent. */
  validationScore: number;
  /** Whether the training reached its plateau; the same in all its rows. */
  converged?: boolean;
  /** Place of the network among those of its family, from small to large; default: in the order of the rows. */
  rank?: number;
}

export interface TrainingOptions extends ChartOptions {
  title?: string;
  note?: string;
  scoreName?: string;
  caption?: string;
}

/** The validations of one network on one kind of data. */
interface Training {
  model: string;
  data?: string;
  style: SeriesStyle;
  rows: TrainingRow[];
}

/** 1, 2 and 5 of each decade, written out. */
const lossTicks = (() => {
  const tickvals = [-6, -5, -4, -3, -2, -1, 0, 1].flatMap((e) => [1, 2, 5].map((m) => Number(`${m}e${e}`)));
  return { tickvals, ticktext: tickvals.map(String) };
})();

const dashes = ['solid', 'dot', 'dash', 'dashdot', 'longdash'] as const;

/**
 * Training loss above, score on the validation set below, over the training spheres seen: a colour per network, a dash
 * per kind of training data. The end of a training that had not reached its plateau is hollow.
 * @throws UsageError if there are no rows
 */
export function trainingCurves(
  rows: readonly TrainingRow[],
  { title = 'Training', note = '', scoreName = 'Validation score', caption, width }: TrainingOptions = {},
): Figure {
  check(rows.length > 0, 'trainingCurves: no validations');
  const trainings = trainingsOf(rows);
  const ends = trainings.map(endOf);
  const severalKinds = new Set(trainings.map(({ data }) => data)).size > 1;
  const subtitle = [
    note,
    noteOf(severalKinds ? 'Colour: network · dash: training data' : '', convergenceNote(ends)),
  ].filter(Boolean);
  const { layout, inside } = labelledFrame({ title, subtitle, width, plotHeight: 420 });
  const plots = new PlotsOverTraining(
    inside,
    extent(rows.map((row) => row.spheres))[1],
    valuesOf(rows, scoreName),
    0.56,
  );
  const labelAt = (
    { model, data, style }: Training,
    place: { x: number; y: number },
    end: TrainingRow,
  ): EndLabel => ({
    lines: [
      ...model.split(', '),
      ...(data ? [data] : []),
      `${score(end.validationScore)} after ${compactCount(end.spheres)}`,
    ],
    color: style.textColor,
    ...place,
  });
  const labels = trainings.map((training, i) =>
    labelAt(training, plots.place('below', ends[i].spheres, ends[i].validationScore), ends[i]),
  );
  const labelsOfLoss = trainings.map((training, i) =>
    labelAt(training, plots.place('above', ends[i].spheres, Math.log10(ends[i].trainLoss)), ends[i]),
  );
  const data = trainings.flatMap((training) => [
    trace(training, 'trainLoss'),
    trace(training, 'validationScore'),
  ]);
  const { xaxis, yaxis, xaxis2, yaxis2 } = plots.axes;
  return {
    data,
    layout: {
      ...layout,
      ...plots.axes,
      annotations: labelColumn(labels, inside, { x: xaxis2, y: yaxis2, xref: 'x2', yref: 'y2' }, data, [
        { labels: labelsOfLoss, axes: { x: xaxis, y: yaxis } },
      ]),
    },
    alt: altText(trainings),
    caption,
    rows: trainings.flatMap(tableRows),
  };
}

function valuesOf(rows: readonly TrainingRow[], scoreName: string) {
  const losses = rows.map((row) => Math.log10(row.trainLoss)).filter(Number.isFinite);
  return {
    above: { title: 'Training loss (nats)', range: rangeOf(losses), further: { type: 'log', ...lossTicks } },
    below: { title: `${scoreName} (%)`, range: rangeOf(rows.map((row) => row.validationScore)) },
  } as const;
}

function tableRows({ model, data, rows }: Training) {
  return rows.map(({ spheres, trainLoss, validationScore }) => ({
    model,
    data: data ?? null,
    spheres,
    train_loss: trainLoss,
    validation_score: validationScore,
  }));
}

function trainingsOf(rows: readonly TrainingRow[]): Training[] {
  const groups = new Map<string, TrainingRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.model, row.data]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const isEquivariant = (model: string) => /^s2cnn/i.test(model);
  const models = [...new Set(rows.map((row) => row.model))];
  const kinds = [...new Set(rows.map((row) => row.data))];
  return [...groups.values()].map((own) => {
    const [{ model, data, rank }] = own;
    const family = models.filter((name) => isEquivariant(name) === isEquivariant(model));
    const style = seriesStyle(isEquivariant(model) ? 's2cnn' : 'cnn', rank ?? family.indexOf(model));
    const dash = kinds.length > 1 ? dashes[kinds.indexOf(data) % dashes.length] : style.dash;
    const bySpheres = [...own].sort((a, b) => a.spheres - b.spheres);
    return { model, data, style: { ...style, dash }, rows: bySpheres };
  });
}

function endOf({ rows }: Training): TrainingRow {
  return rows[rows.length - 1];
}

/** A mark at each validation while they are few, and a large one at the last. */
function trace({ model, data, style, rows }: Training, measure: 'trainLoss' | 'validationScore'): Data {
  const { color, dash, symbol } = style;
  const isBelow = measure === 'validationScore';
  const isEnd = (_: unknown, i: number) => i === rows.length - 1;
  const hollow = rows.map((row, i) => isEnd(row, i) && row.converged === false);
  const small = rows.length > 12 ? 0 : 5;
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: [model, data].filter(Boolean).join(', '),
    x: rows.map((row) => row.spheres),
    y: rows.map((row) => row[measure]),
    xaxis: isBelow ? 'x2' : 'x',
    yaxis: isBelow ? 'y2' : 'y',
    line: { color, dash, width: 2 },
    marker: {
      symbol,
      opacity: 1,
      size: rows.map((row, i) => (isEnd(row, i) ? markerSize(symbol, 9) : small)),
      color: hollow.map((isHollow) => (isHollow ? 'white' : color)),
      line: { color, width: hollow.map((isHollow) => (isHollow ? 2 : 0)) },
    },
    hovertemplate: '%{x:,} spheres: %{y:.4g}<extra>%{fullData.name}</extra>',
  };
}

function altText(trainings: Training[]): string {
  const ends = trainings.map((training) => {
    const { spheres, trainLoss, validationScore, converged } = endOf(training);
    const plateau = converged === false ? ', before its plateau' : '';
    const name = [training.model, training.data].filter(Boolean).join(', ');
    return `${name} ends after ${fullCount(spheres)} spheres${plateau} at a training loss of ${trainLoss.toPrecision(3)} and a validation score of ${score(validationScore)}`;
  });
  return `Two line charts over the training spheres seen: training loss above, validation score in percent below. ${ends.join('. ')}.`;
}
