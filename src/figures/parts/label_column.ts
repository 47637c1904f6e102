import type { Annotation, LayoutAxis } from 'plotly.js-dist';
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

/** The axes that the curves are drawn on, with their ranges. */
export interface LabelAxes {
  x: Partial<LayoutAxis>;
  y: Partial<LayoutAxis>;
  /** which of several plots' axes they are */
  xref?: 'x' | 'x2';
  yref?: 'y' | 'y2';
}

/**
 * Labels in a column right of the plot, each beside the end of its curve, moved apart where they would overlap and
 * tied to the end by a thin line where it is not near. They hold on to the ends when a reader changes the axes' ranges.
 */
export function labelColumn(
  labels: EndLabel[],
  inside: Inside,
  { x: xaxis, y: yaxis, xref = 'x', yref = 'y' }: LabelAxes,
): Partial<Annotation>[] {
  const heights = labels.map(({ lines }) => lines.length * lineHeight + 6);
  const centres = spread(
    labels.map((label) => label.y),
    heights,
    inside.height,
  );
  return labels.map(({ lines: [head, ...rest], color, x, y }, i) => ({
    text: [`<b>${head}</b>`, ...rest].join('<br>'),
    font: { size: fontSizes.tick, color },
    align: 'left',
    xref,
    yref,
    x: valueAt(xaxis, x / inside.width),
    y: valueAt(yaxis, 1 - y / inside.height),
    xanchor: 'left',
    yanchor: 'middle',
    ax: inside.width - x + gapToPlot,
    ay: centres[i] - y,
    showarrow: true,
    arrowhead: 0,
    arrowwidth: 1,
    arrowcolor: leaderColor,
    startstandoff: 2,
    standoff: 7,
    borderpad: 1,
  }));
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
