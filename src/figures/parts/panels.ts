import type { Annotation, Data, LayoutAxis, Shape } from 'plotly.js-dist';
import { classScale, greyScale } from './color_scales';
import { centreOf, hemisphere } from './hemisphere';
import { classColors, fontSizes, hiddenAxis, ink, isNarrow, leaderColor, mutedInk } from './theme';

/** How a sphere is drawn: as its grid (beta downwards, alpha to the right), or as half a ball. */
export type SphereView = 'grid' | 'sphere';

/** A rectangle of a figure without margins, in pixels from the left and the top. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A picture of one sphere. */
export interface Panel {
  place: Place;
  /** [size, size], beta then alpha: grey values 0..255, or classes 0..10. */
  values: Uint8Array;
  size: number;
  kind: 'grey' | 'classes';
  /** What to turn the view of half a ball to: [size, size]. */
  facing: Uint8Array;
}

/** Heatmaps, their axes and their outlines, for a figure of `width` x `height` pixels without margins. */
export function drawPanels(panels: Panel[], view: SphereView, width: number, height: number) {
  const axes: Record<string, Partial<LayoutAxis>> = {};
  const data = panels.map((panel, i): Data => {
    const { left, top, width: w, height: h } = panel.place;
    const id = i === 0 ? '' : String(i + 1);
    const z =
      view === 'grid'
        ? rowsOf(panel)
        : hemisphere(panel.values, panel.size, centreOf(panel.facing, panel.size));
    const range: [number, number] = [-0.5, z.length - 0.5];
    axes[`xaxis${id}`] = {
      ...hiddenAxis,
      range,
      domain: [left / width, (left + w) / width],
      anchor: `y${id}` as 'y',
    };
    axes[`yaxis${id}`] = {
      ...hiddenAxis,
      range: [range[1], range[0]],
      domain: [1 - (top + h) / height, 1 - top / height],
      anchor: `x${id}` as 'x',
    };
    return {
      type: 'heatmap',
      z,
      xaxis: `x${id}` as 'x',
      yaxis: `y${id}` as 'y',
      showscale: false,
      ...colours(panel.kind),
    };
  });
  const shapes = panels.map(({ place }) =>
    outline(place, view === 'grid' ? 'rect' : 'circle', width, height),
  );
  return { data, axes, shapes };
}

/** Text in a figure without margins; (x, y) in pixels from the left and the top. */
export function textAt(
  text: string,
  x: number,
  y: number,
  width: number,
  height: number,
  more: Partial<Annotation> = {},
): Partial<Annotation> {
  return {
    text,
    xref: 'paper',
    yref: 'paper',
    x: x / width,
    y: 1 - y / height,
    xanchor: 'center',
    yanchor: 'top',
    showarrow: false,
    font: { size: fontSizes.tick, color: ink },
    ...more,
  };
}

/** The colours of the classes with their digits, in a strip from (left, top); its title above it in a narrow figure. */
export function classLegend(left: number, top: number, width: number, height: number) {
  const [cell, box] = [isNarrow(width) ? 29 : 34, 16];
  const [across, down] = isNarrow(width) ? [6, 20] : [104, 0];
  const entries = classColors.map((color, i) => ({
    color,
    label: i === 0 ? 'none' : String(i - 1),
    x: left + across + i * cell,
  }));
  const shapes = entries.map(
    ({ color, x }): Partial<Shape> => ({
      ...outline({ left: x, top: top + down, width: box, height: box }, 'rect', width, height),
      fillcolor: color,
    }),
  );
  const annotations = entries.map(({ label, x }) =>
    textAt(label, x + box / 2, top + down + box, width, height),
  );
  const title = textAt('class of a point', left, top - 2, width, height, {
    xanchor: 'left',
    align: 'left',
    font: { size: fontSizes.tick, color: mutedInk },
  });
  return { shapes, annotations: [title, ...annotations] };
}

/** Rows of a grid, from beta = 0 on. */
function rowsOf({ values, size }: Panel): number[][] {
  return Array.from({ length: size }, (_, j) => Array.from(values.subarray(j * size, (j + 1) * size)));
}

function colours(kind: Panel['kind']): Partial<Extract<Data, { type?: 'heatmap' }>> {
  if (kind === 'grey')
    return { zmin: 0, zmax: 255, colorscale: greyScale, hovertemplate: '%{z}<extra></extra>' };
  const zmax = classColors.length - 0.5;
  return { zmin: -0.5, zmax, colorscale: classScale, hovertemplate: 'class %{z}<extra></extra>' };
}

/** A line around a place. */
export function outline(
  place: Place,
  type: 'rect' | 'circle',
  width: number,
  height: number,
): Partial<Shape> {
  return {
    type,
    xref: 'paper',
    yref: 'paper',
    x0: place.left / width,
    x1: (place.left + place.width) / width,
    y0: 1 - (place.top + place.height) / height,
    y1: 1 - place.top / height,
    line: { color: leaderColor, width: 1 },
  };
}
