import type { Data } from 'plotly.js-dist';
import { selectStudy, type TaskChoice } from '../../analysis/selection';
import { type Summary, summarise } from '../../analysis/summary';
import { checkTask, scoreName, type Task } from '../../datasets/task';
import type { ResultRow } from '../../results/rows';
import { check } from '../../util/check';
import { formatSeconds } from '../../util/duration';
import { extent } from '../../util/extent';
import type { Figure } from '../parts/figure';
import { labelledFrame } from '../parts/frame';
import { type EndLabel, labelColumn } from '../parts/label_column';
import { errorBars, hoverNotes, seriesMarker } from '../parts/marks';
import { compactCount, fullCount, score } from '../parts/numbers';
import { type LabelPlace, labelPlaces } from '../parts/point_labels';
import { scoreAxis } from '../parts/score_axis';
import { summaryRow } from '../parts/summary_row';
import { type ChartOptions, seriesStyle } from '../parts/theme';
import { roundedTime, timeAxis } from '../parts/time_axis';
import {
  convergenceNote,
  modelLabel,
  noteOf,
  provenance,
  scoreAxisTitle,
  seedsNote,
  taskTitle,
} from '../parts/wording';
import { isCompared } from './equivariance_versus_augmentation';

/**
 * What a score costs: training time on a logarithmic axis against the score on rotated spheres, a mark for each amount
 * of training images. A network's line joins what it scores best in that time or less; marks beside it took longer and
 * scored no better.
 * @throws UsageError if the rows mix studies, or hold neither S2CNNs trained on unrotated images nor CNNs on rotated ones
 */
export function costVersusScore(
  rows: readonly ResultRow[],
  choice: TaskChoice,
  options: ChartOptions = {},
): Figure {
  const task = checkTask(choice.task);
  const shown = selectStudy(rows, choice).filter(isCompared);
  check(shown.length > 0, `no results of ${task} whose cost is compared`);
  const summaries = summarise(shown);
  const models = [...new Set(summaries.map((s) => s.model))];
  const groups = models.map((model) => summaries.filter((s) => s.model === model));
  const engines = [...new Set(shown.flatMap((row) => row.engine.split(', then ')))];
  const found = engines.length === 1 ? finding(summaries) : undefined; // times of several do not compare
  const { layout, inside } = labelledFrame({
    ...options,
    title: found ?? `${taskTitle(task)}: what a score costs`,
    subtitle: [
      provenance(summaries),
      noteOf(seedsNote(summaries), convergenceNote(summaries)),
      `Times on ${engines.join('; ')}, at each training's fastest pace`,
    ],
  });
  const x = timeAxis(
    'Training time',
    summaries.flatMap((s) => [s.seconds.low, s.seconds.high]),
    inside.width,
  );
  const y = scoreAxis(
    scoreAxisTitle(task),
    summaries.flatMap((s) => [s.rotated.low, s.rotated.high]),
  );
  const place = (s: Summary) => ({
    x: inside.width * x.position(s.seconds.mean),
    y: (inside.height * (y.range[1] - s.rotated.mean)) / (y.range[1] - y.range[0]),
  });
  const places = labelPlaces(summaries.map((s) => ({ text: compactCount(s.images), ...place(s) })));
  const placeOf = new Map(summaries.map((s, i) => [s, places[i]]));
  const labels = groups.map((group) => endLabel(group, styleOf(group, groups).textColor, place));
  return {
    data: groups.map((group) => trace(group, groups, placeOf)),
    layout: {
      ...layout,
      xaxis: x.layout,
      yaxis: y.layout,
      annotations: labelColumn(labels, inside, { x: x.layout, y: y.layout }),
    },
    alt: altText(task, groups),
    caption:
      'Numbers beside marks, where there is room: training images, rotated for CNNs, unrotated for the S2CNN. A line joins what a ' +
      'network scores best in that time or less.',
    rows: summaries.map(tableRow),
  };
}

/** Of a network's line. */
function endLabel(
  group: readonly Summary[],
  color: string,
  place: (s: Summary) => { x: number; y: number },
): EndLabel {
  const line = frontier(group);
  const end = line[line.length - 1];
  const lines = [
    modelLabel(end),
    `${score(end.rotated.mean)} in ${roundedTime(end.seconds.mean)}`,
    trainedOn(end),
  ];
  return { lines, color, ...place(end) };
}

/** The results that no faster one of the same network equals, in the order of their time. */
function frontier(group: readonly Summary[]): Summary[] {
  const bySeconds = [...group].sort((a, b) => a.seconds.mean - b.seconds.mean);
  return bySeconds.filter((s, i) => bySeconds.slice(0, i).every((o) => o.rotated.mean < s.rotated.mean));
}

/** How long the S2CNN needs to beat every CNN; undefined if it does not, or not in less than the longest CNN. */
function finding(summaries: readonly Summary[]): string | undefined {
  const plain = summaries.filter((s) => s.family === 'cnn');
  const [, best] = extent(plain.map((s) => s.rotated.high));
  const [, longest] = extent(plain.map((s) => s.seconds.mean));
  const winners = summaries.filter((s) => s.family === 's2cnn' && s.rotated.low >= best + 1);
  const [fastest] = extent(winners.map((s) => s.seconds.mean));
  if (plain.length === 0 || !(fastest < longest)) return undefined;
  return `${roundedTime(fastest)} of training an S2CNN beat ${roundedTime(longest)} of training a CNN`;
}

function trainedOn({ images, rotations }: Summary): string {
  return `${compactCount(images)} ${rotations > 0 ? 'rotated' : 'unrotated'}`;
}

function styleOf([first]: Summary[], groups: Summary[][]) {
  const family = groups.filter(([other]) => other.family === first.family);
  return seriesStyle(
    first.family,
    family.findIndex(([other]) => other.model === first.model),
  );
}

/** The line, then the marks beside it, each behind a gap; amounts are written where there is a place for them. */
function trace(
  group: Summary[],
  groups: Summary[][],
  placeOf: ReadonlyMap<Summary, LabelPlace | undefined>,
): Data {
  const style = styleOf(group, groups);
  const line = frontier(group);
  const points = [
    ...line,
    ...group.filter((s) => !line.includes(s)).flatMap((s): (Summary | undefined)[] => [undefined, s]),
  ];
  const spreads = (of: (s: Summary) => Summary['seconds']) =>
    errorBars(
      points.map((s) => (s ? of(s) : { mean: 0, low: 0, high: 0 })),
      style.color,
    );
  return {
    type: 'scatter',
    mode: 'text+lines+markers',
    name: modelLabel(group[0]),
    x: points.map((s) => s?.seconds.mean ?? null),
    y: points.map((s) => s?.rotated.mean ?? null),
    error_x: spreads((s) => s.seconds),
    error_y: spreads((s) => s.rotated),
    text: points.map((s) => (s && placeOf.get(s) ? compactCount(s.images) : '')),
    textposition: points.map((s) => (s && placeOf.get(s)) ?? 'bottom right'),
    textfont: { size: 10.5, color: style.textColor },
    cliponaxis: false,
    line: { color: style.color, dash: style.dash, width: 2 },
    marker: seriesMarker(
      style,
      points.map((s) => s ?? {}),
    ),
    customdata: hoverNotes(points.map((s) => s ?? {})).map((note, i) => [points[i]?.images ?? 0, note]),
    hovertemplate:
      '%{customdata[0]:,} images: %{y:.1f} % in %{x:.0f} s%{customdata[1]}<extra>%{fullData.name}</extra>',
  };
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
  const { mean, low, high } = s.seconds;
  return { ...summaryRow(s), seconds_mean: mean, seconds_low: low, seconds_high: high };
}
