import type { Data, LayoutAxis } from 'plotly.js-dist';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { type EndLabel, labelColumn } from '../parts/label_column';
import { compactCount, fullCount, score } from '../parts/numbers';
import { axis, baseLayout, markerSize, seriesStyle } from '../parts/theme';

/** One validation of one network's training. */
export interface TrainingRow {
  /** What the line is labelled with; "S2CNN..." or "s2cnn..." is drawn as an equivariant network. */
  model: string;
  /** Training spheres seen so far. */
  spheres: number;
  /** Mean cross-entropy in nats. */
  trainLoss: number;
  /** In percent. */
  validationScore: number;
}

/** 1, 2 and 5 of each decade, written out. */
const lossTicks = (() => {
  const tickvals = [-6, -5, -4, -3, -2, -1, 0, 1].flatMap((e) => [1, 2, 5].map((m) => Number(`${m}e${e}`)));
  return { tickvals, ticktext: tickvals.map(String) };
})();

type Measure = 'trainLoss' | 'validationScore';

const [width, panel, gap] = [700, 190, 44];
const margin = { l: 64, r: 150, b: 54 };

/**
 * Training loss above, score on the validation set below, over the training spheres seen; a line per network.
 * @throws UsageError if there are no rows
 */
export function trainingCurves(
  rows: readonly TrainingRow[],
  { title = 'Training', note = '', scoreName = 'Validation score' } = {},
): Figure {
  check(rows.length > 0, 'trainingCurves: no validations');
  const models = [...new Set(rows.map((row) => row.model))];
  const height = 58 + (note ? 18 : 0) + 2 * panel + gap + margin.b;
  const base = baseLayout({ title, subtitle: note ? [note] : [], width, height, margin });
  const inside = { width: width - margin.l - margin.r, height: height - margin.b - base.margin!.t! };
  const share = (inside.height - gap) / 2 / inside.height;
  const last = Math.max(...rows.map((row) => row.spheres));
  const spheres: Partial<LayoutAxis> = { range: [-0.03 * last, 1.03 * last], tickformat: ',d' };
  const scoreRange = rangeOf(rows.map((row) => row.validationScore));
  const lossRange = rangeOf(rows.map((row) => Math.log10(row.trainLoss)));
  const labels = models.map((model): EndLabel => {
    const end = lastOf(rows, model);
    const depth = (scoreRange[1] - end.validationScore) / (scoreRange[1] - scoreRange[0]);
    return {
      lines: [...model.split(', '), `${score(end.validationScore)} after ${compactCount(end.spheres)}`],
      color: styleOf(model, models).textColor,
      x: (inside.width * (end.spheres - spheres.range![0])) / (spheres.range![1] - spheres.range![0]),
      y: inside.height * (1 - share + share * depth),
    };
  });
  return {
    data: models.flatMap((model) => [
      trace(rows, model, models, 'trainLoss'),
      trace(rows, model, models, 'validationScore'),
    ]),
    layout: {
      ...base,
      xaxis: { ...axis('', spheres), showticklabels: false, anchor: 'y' },
      yaxis: axis('Training loss (nats)', {
        type: 'log',
        range: lossRange,
        domain: [1 - share, 1],
        ...lossTicks,
      }),
      xaxis2: axis('Training spheres seen', { ...spheres, anchor: 'y2' }),
      yaxis2: axis(`${scoreName} (%)`, { range: scoreRange, domain: [0, share], anchor: 'x2' }),
      annotations: labelColumn(labels, inside),
    },
    alt: altText(rows, models),
    rows: rows.map(({ model, spheres, trainLoss, validationScore }) => ({
      model,
      spheres,
      train_loss: trainLoss,
      validation_score: validationScore,
    })),
  };
}

function trace(rows: readonly TrainingRow[], model: string, models: string[], measure: Measure): Data {
  const { color, dash, symbol } = styleOf(model, models);
  const own = rows.filter((row) => row.model === model);
  const below = measure === 'validationScore';
  return {
    type: 'scatter',
    mode: own.length > 30 ? 'lines' : 'lines+markers',
    name: model,
    x: own.map((row) => row.spheres),
    y: own.map((row) => row[measure]),
    xaxis: below ? 'x2' : 'x',
    yaxis: below ? 'y2' : 'y',
    line: { color, dash, width: 2 },
    marker: { color, symbol, size: markerSize(symbol, 7), line: { color: 'white', width: 1 } },
    hovertemplate: `%{x:,} spheres: %{y:.4g}<extra>${model}</extra>`,
  };
}

function styleOf(model: string, models: string[]) {
  const equivariant = (name: string) => /^s2cnn/i.test(name);
  const family = models.filter((name) => equivariant(name) === equivariant(model));
  return seriesStyle(equivariant(model) ? 's2cnn' : 'cnn', family.indexOf(model));
}

function lastOf(rows: readonly TrainingRow[], model: string): TrainingRow {
  return rows
    .filter((row) => row.model === model)
    .reduce((last, row) => (row.spheres > last.spheres ? row : last));
}

function rangeOf(values: number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = 0.08 * (high - low || 1);
  return [low - room, high + room];
}

function altText(rows: readonly TrainingRow[], models: string[]): string {
  const ends = models.map((model) => {
    const { spheres, trainLoss, validationScore } = lastOf(rows, model);
    return `${model} ends after ${fullCount(spheres)} spheres at a training loss of ${trainLoss.toPrecision(3)} and a validation score of ${score(validationScore)}`;
  });
  return `Two line charts over the training spheres seen: training loss above, validation score in percent below. ${ends.join('. ')}.`;
}
