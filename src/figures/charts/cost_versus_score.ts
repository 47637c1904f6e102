import type { Data } from 'plotly.js-dist';
import { selectStudy, type TaskChoice } from '../../analysis/selection';

import { type Summary, summarise } from '../../analysis/summary';
import { checkTask, scoreName, type Task } from '../../datasets/task';
import type { ResultRow } from '../../results/rows';
import { formatSeconds } from '../../util/duration';
import type { Figure } from '../parts/figure';
import { type EndLabel, labelColumn } from '../parts/label_column';
import { compactCount, fullCount, score } from '../parts/numbers';
import { scoreAxis } from '../parts/score_axis';
import { axis, baseLayout, markerSize, seriesStyle } from '../parts/theme';
import { modelLabel, provenance, scoreAxisTitle, seedsNote, taskTitle } from '../parts/wording';

const [width, height] = [700, 460];
const margin = { l: 64, r: 158, b: 58 };

/**
 * What a score costs: training time on a logarithmic axis against the score on rotated spheres; a line per network
 * joins its amounts of training data.
 * @throws UsageError if the rows mix studies
 */
export function costVersusScore(rows: readonly ResultRow[], choice: TaskChoice): Figure {
  const task = checkTask(choice.task);
  const shown = selectStudy(rows, choice).filter((row) => (row.family === 'cnn') === row.rotations > 0);
  const summaries = summarise(shown);
  const models = [...new Set(summaries.map((s) => s.model))];
  const groups = models.map((model) => summaries.filter((s) => s.model === model));
  const engines = [...new Set(shown.map((row) => row.engine))].join(', ');
  const subtitle = [
    provenance(shown),
    `Along a line: ${amounts(summaries)} rotated training images · time on ${engines}`,
    seedsNote(Math.max(...summaries.map((s) => s.seeds.length))),
  ];
  const base = baseLayout({
    title: `${taskTitle(task)}: what a score costs`,
    subtitle,
    width,
    height,
    margin,
  });
  const inside = { width: width - margin.l - margin.r, height: height - margin.b - base.margin!.t! };
  const x = timeAxis(summaries.flatMap((s) => [s.seconds.low, s.seconds.high]));
  const y = scoreAxis(
    scoreAxisTitle(task),
    summaries.flatMap((s) => [s.rotated.low, s.rotated.high]),
  );
  const labels = groups.map((group): EndLabel => {
    const end = group[group.length - 1];
    return {
      lines: [
        modelLabel(end),
        `${score(end.rotated.mean)} in ${formatSeconds(end.seconds.mean)}`,
        trainedOn(end),
      ],
      color: styleOf(group, groups).textColor,
      x: inside.width * x.position(end.seconds.mean),
      y: (inside.height * (y.range[1] - end.rotated.mean)) / (y.range[1] - y.range[0]),
    };
  });
  return {
    data: groups.map((group) => trace(group, groups)),
    layout: { ...base, xaxis: x.layout, yaxis: y.layout, annotations: labelColumn(labels, inside) },
    alt: altText(task, groups),
    rows: summaries.map(tableRow),
  };
}

function trainedOn({ images, rotations }: Summary): string {
  return `${compactCount(images)} ${rotations > 0 ? 'rotated' : 'unrotated'} images`;
}

function amounts(summaries: Summary[]): string {
  const images = new Set(summaries.filter((s) => s.rotations > 0).map((s) => s.images));
  return [...images]
    .sort((a, b) => a - b)
    .map(compactCount)
    .join(', ');
}

function styleOf([first]: Summary[], groups: Summary[][]) {
  const family = groups.filter(([other]) => other.family === first.family);
  return seriesStyle(
    first.family,
    family.findIndex(([other]) => other.model === first.model),
  );
}

function trace(group: Summary[], groups: Summary[][]): Data {
  const { color, dash, symbol } = styleOf(group, groups);
  const spread = (of: (s: Summary) => { mean: number; low: number; high: number }) => ({
    type: 'data' as const,
    symmetric: false,
    array: group.map((s) => of(s).high - of(s).mean),
    arrayminus: group.map((s) => of(s).mean - of(s).low),
    color,
    thickness: 1.5,
    width: 4,
  });
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: modelLabel(group[0]),
    x: group.map((s) => s.seconds.mean),
    y: group.map((s) => s.rotated.mean),
    error_x: spread((s) => s.seconds),
    error_y: spread((s) => s.rotated),
    text: group.map((s) => compactCount(s.images)),
    line: { color, dash, width: 2 },
    marker: { color, symbol, size: markerSize(symbol), line: { color: 'white', width: 1 } },
    hovertemplate: '%{text} images: %{y:.1f} % in %{x:.0f} s<extra>%{fullData.name}</extra>',
  };
}

const ticks = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 18000, 36000, 86400, 172800, 604800];

/** A logarithmic axis of times with ticks as people say them. */
function timeAxis(seconds: number[]) {
  const range: [number, number] = [
    Math.log10(0.7 * Math.min(...seconds)),
    Math.log10(1.4 * Math.max(...seconds)),
  ];
  return {
    layout: axis('Training time', { type: 'log', range, tickvals: ticks, ticktext: ticks.map(shortTime) }),
    position: (value: number) => (Math.log10(value) - range[0]) / (range[1] - range[0]),
  };
}

function shortTime(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${seconds / 60} min`;
  return seconds < 86400 ? `${seconds / 3600} h` : `${seconds / 86400} d`;
}

function altText(task: Task, groups: Summary[][]): string {
  const networks = groups.map((group) => {
    const points = group.map(
      (s) =>
        `${score(s.rotated.mean)} in ${formatSeconds(s.seconds.mean)} with ${fullCount(s.images)} images`,
    );
    return `${modelLabel(group[0])}: ${points.join(', ')}`;
  });
  return `Training time against ${scoreName(task)} in percent on rotated test spheres. ${networks.join('. ')}.`;
}

function tableRow(s: Summary) {
  return {
    model: s.model,
    parameters: s.parameters,
    images: s.images,
    rotations: s.rotations,
    seeds: s.seeds.length,
    seconds_mean: s.seconds.mean,
    seconds_low: s.seconds.low,
    seconds_high: s.seconds.high,
    score_mean: s.rotated.mean,
    score_low: s.rotated.low,
    score_high: s.rotated.high,
    tier: s.tier,
    dataset: s.dataset,
  };
}
