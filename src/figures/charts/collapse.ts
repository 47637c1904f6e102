import type { Annotation, Data } from 'plotly.js-dist';
import { selectStudy, type TaskChoice } from '../../analysis/selection';

import { type Spread, type Summary, summarise } from '../../analysis/summary';
import { checkTask, scoreName, type Task } from '../../datasets/task';
import type { ResultRow } from '../../results/rows';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { fullCount, score } from '../parts/numbers';
import { axis, baseLayout, fontSizes, leaderColor, mutedInk, seriesStyle } from '../parts/theme';
import { modelLabel, provenance, scoreAxisTitle, seedsNote, taskTitle } from '../parts/wording';

const rowHeight = 62;

/** One network, trained on unrotated spheres. */
interface Dumbbell {
  label: string;
  color: string;
  unrotated: Spread;
  rotated: Spread;
}

/**
 * Networks that never saw a rotated sphere, tested on unrotated and on rotated ones: a row each, the two scores tied
 * by a line. Of each network the experiments with the most training images are shown. Segmentation is scored with
 * pixels weighted by area: pixels crowd at the poles, where the unrotated digits lie.
 * @throws UsageError if the rows mix studies or hold no experiment without rotations
 */
export function collapse(rows: readonly ResultRow[], choice: TaskChoice): Figure {
  const task = checkTask(choice.task);
  const shown = selectStudy(rows, choice).filter((row) => row.rotations === 0);
  check(shown.length > 0, `no results of networks trained on unrotated spheres for ${task}`);
  const summaries = largestPerModel(summarise(shown.map(byArea)));
  const bells = summaries.map((summary) => dumbbellOf(summary, summaries));
  const seeds = seedsNote(Math.max(...summaries.map((s) => s.seeds.length)));
  const subtitle = [
    provenance(shown),
    task === 'segmentation' ? `${seeds} · Pixels weighted by area` : seeds,
  ];
  const layout = baseLayout({
    title: `${taskTitle(task)}: trained without rotations`,
    subtitle,
    height: 186 + rowHeight * bells.length,
    margin: { l: 150, r: 44 },
  });
  return {
    data: [connections(bells), testTrace(bells, 'unrotated'), testTrace(bells, 'rotated')],
    layout: {
      ...layout,
      xaxis: axis(scoreAxisTitle(task, 'test spheres'), {
        range: [-11, 104],
        tickvals: [0, 20, 40, 60, 80, 100],
      }),
      yaxis: {
        range: [bells.length - 0.5, -0.75],
        tickvals: bells.map((_, i) => i),
        ticktext: bells.map((bell) => bell.label),
        tickfont: { size: fontSizes.label },
        showgrid: false,
        zeroline: false,
      },
      annotations: [...bells.flatMap(valueLabels), ...testLabels(bells)],
    },
    alt: altText(task, bells),
    rows: summaries.map(tableRow),
  };
}

function byArea(row: ResultRow): ResultRow {
  return { ...row, scoreRotated: row.areaRotated, scoreUnrotated: row.areaUnrotated };
}

function largestPerModel(summaries: Summary[]): Summary[] {
  return summaries.filter((s) => !summaries.some((o) => o.model === s.model && o.images > s.images));
}

function dumbbellOf(summary: Summary, all: Summary[]): Dumbbell {
  const rank = all.filter((s) => s.family === summary.family).indexOf(summary);
  return {
    label: `<b>${modelLabel(summary)}</b><br>${fullCount(summary.images)} images`,
    color: seriesStyle(summary.family, rank).color,
    unrotated: summary.unrotated,
    rotated: summary.rotated,
  };
}

function connections(bells: Dumbbell[]): Data {
  return {
    type: 'scatter',
    mode: 'lines',
    name: 'loss by rotation',
    x: bells.flatMap(({ unrotated, rotated }) => [unrotated.mean, rotated.mean, null]),
    y: bells.flatMap((_, i) => [i, i, null]),
    line: { color: leaderColor, width: 3 },
    hoverinfo: 'skip',
  };
}

/** Hollow circles for the unrotated tests, filled diamonds for the rotated ones. */
function testTrace(bells: Dumbbell[], test: 'unrotated' | 'rotated'): Data {
  const colors = bells.map((bell) => bell.color);
  const hollow = test === 'unrotated';
  return {
    type: 'scatter',
    mode: 'markers',
    name: `tested ${test}`,
    x: bells.map((bell) => bell[test].mean),
    y: bells.map((_, i) => i),
    error_x: {
      type: 'data',
      symmetric: false,
      array: bells.map((bell) => bell[test].high - bell[test].mean),
      arrayminus: bells.map((bell) => bell[test].mean - bell[test].low),
      color: mutedInk,
      thickness: 1.5,
      width: 5,
    },
    marker: {
      symbol: hollow ? 'circle' : 'diamond',
      size: 13,
      color: hollow ? 'white' : colors,
      line: { color: colors, width: 2.5 },
    },
    hovertemplate: '%{x:.1f} %<extra>%{fullData.name}</extra>',
  };
}

/** The two scores, each on the outer side of its marker. */
function valueLabels({ unrotated, rotated }: Dumbbell, row: number): Partial<Annotation>[] {
  const rotatedOnLeft = rotated.mean < unrotated.mean;
  return [
    valueLabel(unrotated, row, rotatedOnLeft ? 'left' : 'right'),
    valueLabel(rotated, row, rotatedOnLeft ? 'right' : 'left'),
  ];
}

function valueLabel({ mean, low, high }: Spread, row: number, anchor: 'left' | 'right'): Partial<Annotation> {
  const outward = anchor === 'left' ? 1 : -1;
  return {
    text: score(mean),
    x: outward > 0 ? high : low,
    y: row,
    xanchor: anchor,
    xshift: 11 * outward,
    showarrow: false,
    font: { size: fontSizes.label },
  };
}

/** What the markers mean, above the first row where they lie far apart, else where they lie farthest apart. */
function testLabels(bells: Dumbbell[]): Partial<Annotation>[] {
  const distances = bells.map(({ unrotated, rotated }) => Math.abs(rotated.mean - unrotated.mean));
  const wide = distances.findIndex((distance) => distance >= 35);
  const row = wide >= 0 ? wide : distances.indexOf(Math.max(...distances));
  const { unrotated, rotated } = bells[row];
  const near = wide < 0;
  const label = (test: string, own: Spread, other: Spread): Partial<Annotation> => ({
    text: near ? test : `tested ${test}`,
    x: own.mean,
    y: row,
    yshift: 20,
    xanchor: near ? (own.mean < other.mean ? 'right' : 'left') : 'center',
    xshift: near ? (own.mean < other.mean ? -4 : 4) : 0,
    showarrow: false,
    font: { size: fontSizes.tick, color: mutedInk },
  });
  return [label('unrotated', unrotated, rotated), label('rotated', rotated, unrotated)];
}

function altText(task: Task, bells: Dumbbell[]): string {
  const rows = bells.map(({ label, unrotated, rotated }) => {
    const name = label.replace(/<br>/g, ', ').replace(/<\/?b>/g, '');
    return `${name}: ${score(unrotated.mean)} on unrotated, ${score(rotated.mean)} on rotated test spheres`;
  });
  return `Dumbbell chart of ${scoreName(task)} in percent, networks trained on unrotated spheres. ${rows.join('. ')}.`;
}

function tableRow(s: Summary) {
  return {
    model: s.model,
    parameters: s.parameters,
    images: s.images,
    seeds: s.seeds.length,
    unrotated_mean: s.unrotated.mean,
    unrotated_low: s.unrotated.low,
    unrotated_high: s.unrotated.high,
    rotated_mean: s.rotated.mean,
    rotated_low: s.rotated.low,
    rotated_high: s.rotated.high,
    tier: s.tier,
    dataset: s.dataset,
  };
}
