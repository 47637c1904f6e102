import type { Annotation, Data, LayoutAxis, ScatterData } from 'plotly.js-dist';
import type { Box, Pixel } from './plane_geometry';
import { boxAt, type Offset, roomBeside } from './room_beside';
import { fontSizes, leaderColor } from './theme';

/** A label for the point at which a curve ends. */
export interface EndLabel {
  /** Lines of text; the first is bold. */
  lines: string[];
  color: string;
  /** The end in pixels from the left and from the top of the plot. */
  x: number;
  y: number;
}

/** Size of the plot's inside in pixels. */
export interface Inside {
  width: number;
  height: number;
}

const lineHeight = 16;
const gapToPlot = 12;
/** Of bold letters, a little more than the mean. */
const letterWidth = 7.4;
/** Share of the plot's width from which on a curve ends far from the column. */
const farFromColumn = 0.25;

/** The axes that the curves are drawn on, with their ranges. */
export interface LabelAxes {
  x: Partial<LayoutAxis>;
  y: Partial<LayoutAxis>;
  /** which of several plots' axes they are */
  xref?: 'x' | 'x2';
  yref?: 'y' | 'y2';
}

/** The ends of curves in one plot of a figure. */
export interface EndsInPlot {
  labels: EndLabel[];
  axes: LabelAxes;
}

/**
 * Labels in a column right of the plot, each beside the end of its curve, moved apart where they would overlap and
 * tied to the end by a thin line where it is not near. Those of curves that end far from the column stand within the
 * plot, where there is room beside the end. They hold on to the ends when a reader changes the axes' ranges.
 * @param drawn the figure's traces; those on the same axes are kept clear
 * @param again the same curves in other plots of the figure: a label stands beside an end there, if only there is room
 */
export function labelColumn(
  labels: EndLabel[],
  inside: Inside,
  axes: LabelAxes,
  drawn: readonly Data[] = [],
  again: EndsInPlot[] = [],
): Partial<Annotation>[] {
  const plots = [{ labels, axes }, ...again].map((plot) => ({
    ...plot,
    curves: curvesOf(drawn, inside, plot.axes),
  }));
  const isFar = ({ x }: EndLabel) => drawn.length > 0 && inside.width - x > farFromColumn * inside.width;
  const far = [...labels.keys()].filter((i) => isFar(labels[i])).sort((i, j) => labels[i].y - labels[j].y);
  // A label can take the only room of another: from above and from below, whichever leaves fewer to the column.
  const [withinPlots] = [placed(far, plots, inside), placed(far.reverse(), plots, inside)].sort(
    (one, other) => other.size - one.size,
  );
  const others = labels.filter((_, i) => !withinPlots.has(i));
  const centres = spread(
    others.map(({ y }) => y),
    others.map((label) => sizeOf(label).height),
    inside.height,
  );
  const inColumn = others.map((label, i) =>
    annotation(label, { x: inside.width - label.x + gapToPlot, y: centres[i] - label.y }, inside, axes),
  );
  return labels.map((label, i) => withinPlots.get(i) ?? inColumn[others.indexOf(label)]);
}

/** Labels within plots, one after the other, each in the first plot that has room for it. */
function placed(
  order: readonly number[],
  plots: readonly (EndsInPlot & { curves: Pixel[][] })[],
  inside: Inside,
): Map<number, Partial<Annotation>> {
  const taken = plots.map((): Box[] => []);
  const found = new Map<number, Partial<Annotation>>();
  for (const i of order)
    for (const [p, { labels, axes, curves }] of plots.entries()) {
      const [end, size]: [Pixel, Inside] = [[labels[i].x, labels[i].y], sizeOf(labels[i])];
      const offset = roomBeside(end, size, boundsOf(inside, axes), curves, taken[p]);
      if (!offset) continue;
      taken[p].push(boxAt(end, offset, size));
      found.set(i, annotation(labels[i], offset, inside, axes));
      break;
    }
  return found;
}

function annotation(
  { lines: [head, ...rest], color, x, y }: EndLabel,
  offset: Offset,
  inside: Inside,
  { x: xaxis, y: yaxis, xref = 'x', yref = 'y' }: LabelAxes,
): Partial<Annotation> {
  return {
    text: [`<b>${head}</b>`, ...rest].join('<br>'),
    font: { size: fontSizes.tick, color },
    align: 'left',
    xref,
    yref,
    x: valueAt(xaxis, x / inside.width),
    y: valueAt(yaxis, 1 - y / inside.height),
    xanchor: 'left',
    yanchor: 'middle',
    ax: offset.x,
    ay: offset.y,
    showarrow: true,
    arrowhead: 0,
    arrowwidth: 1,
    arrowcolor: leaderColor,
    startstandoff: 2,
    standoff: 7,
    borderpad: 1,
  };
}

function sizeOf({ lines }: EndLabel): Inside {
  return {
    width: Math.max(...lines.map((line) => line.length)) * letterWidth,
    height: lines.length * lineHeight + 6,
  };
}

/** Where labels may stand: the plot that the axes span, and a little above. */
function boundsOf({ width, height }: Inside, { x, y }: LabelAxes): Box {
  const [[left, right], [low, high]] = [x.domain ?? [0, 1], y.domain ?? [0, 1]];
  return {
    left: left * width,
    right: right * width,
    top: (1 - high) * height - 10,
    bottom: (1 - low) * height,
  };
}

/** The traces on these axes, in pixels. */
function curvesOf(drawn: readonly Data[], { width, height }: Inside, axes: LabelAxes): Pixel[][] {
  const { x: xaxis, y: yaxis, xref = 'x', yref = 'y' } = axes;
  const own = (drawn as readonly Partial<ScatterData>[]).filter(
    (trace) => (trace.xaxis ?? 'x') === xref && (trace.yaxis ?? 'y') === yref,
  );
  return own.map(({ x, y }) =>
    Array.from(x as number[], (value, i): Pixel => {
      const [across, up] = [shareAt(xaxis, value), shareAt(yaxis, (y as number[])[i])];
      return [width * across, height * (1 - up)];
    }),
  );
}

/** At which share of all plots together an axis has a value. */
function shareAt({ range, type, domain = [0, 1] }: Partial<LayoutAxis>, value: number): number {
  const [low, high] = range as [number, number];
  const along = ((type === 'log' ? Math.log10(value) : value) - low) / (high - low);
  return domain[0] + along * (domain[1] - domain[0]);
}

/** What an axis has at a share of all plots together. */
function valueAt({ range, domain = [0, 1] }: Partial<LayoutAxis>, share: number): number {
  const [low, high] = range as [number, number];
  return low + ((share - domain[0]) / (domain[1] - domain[0])) * (high - low);
}

/**
 * Centres of boxes one below the other, in the order of the wanted ones, between 0 and `total`, without overlaps, and
 * with the least sum of squared distances to the wanted ones: boxes that collide are pooled about their mean.
 */
export function spread(wanted: number[], heights: number[], total: number): number[] {
  const order = wanted.map((_, i) => i).sort((i, j) => wanted[i] - wanted[j]);
  const pools: Pool[] = [];
  for (const i of order) {
    let pool: Pool = {
      members: [i],
      height: heights[i],
      top: clamp(wanted[i] - heights[i] / 2, heights[i], total),
    };
    for (let last = pools.pop(); last; last = pools.pop()) {
      if (last.top + last.height <= pool.top) {
        pools.push(last);
        break;
      }
      pool = pooled([...last.members, ...pool.members], wanted, heights, total);
    }
    pools.push(pool);
  }
  const centres = [...wanted];
  for (const { members, top } of pools) {
    let edge = top;
    for (const i of members) {
      centres[i] = edge + heights[i] / 2;
      edge += heights[i];
    }
  }
  return centres;
}

/** Boxes that touch each other. */
interface Pool {
  members: number[];
  height: number;
  top: number;
}

function pooled(members: number[], wanted: number[], heights: number[], total: number): Pool {
  let [height, sum] = [0, 0];
  for (const i of members) {
    sum += wanted[i] - heights[i] / 2 - height;
    height += heights[i];
  }
  return { members, height, top: clamp(sum / members.length, height, total) };
}

function clamp(top: number, height: number, total: number): number {
  return Math.max(0, Math.min(top, total - height));
}
