import type { Data } from 'plotly.js-dist';
import { divergingScale } from '../figures/parts/color_scales';
import type { Figure } from '../figures/parts/figure';
import { outline, type Place, textAt } from '../figures/parts/panels';
import { baseLayout, fontSizes, hiddenAxis, ink, titleHeight } from '../figures/parts/theme';
import { type Rotation, rotationZYZ } from '../math/rotation';
import { type Camera, graticule, seenAt, type Vector } from './globe';

/** The northern half, seen from above: azimuth 0 to the right. */
const fromAbove: Camera = { centre: [0, 0, 1], up: [0, 1, 0], inside: false };

/** Points of filters on one globe. */
export interface FilterGlobe {
  caption: string;
  /** As Rz(alpha) Ry(beta) Rz(gamma) takes the north pole to them; without gamma a point has no direction. */
  points: readonly (readonly [beta: number, alpha: number, gamma?: number])[];
  /** Weights of the points: their colours; default: all alike. */
  weights?: ArrayLike<number>;
  /** Where the whole filter is moved to, and from where one looks. */
  rotation?: Rotation;
  camera?: Camera;
}

const mostInRow = 5;

function altText({ caption, points }: FilterGlobe): string {
  const places = new Set(points.map(([beta, alpha]) => `${beta} ${alpha}`)).size;
  const each = points.length / places;
  return `${caption}: ${places} points${each > 1 ? ` with ${each} directions each` : ''}`;
}

/** Where the points of filters lie on the sphere; on the group each point has directions, short lines. Five a row. */
export function filterPoints(globes: readonly FilterGlobe[], title: string, note?: string): Figure {
  const [width, edge, gap, caption] = [600, 20, 20, 22];
  const subtitle = note ? [note] : [];
  const columns = Math.min(mostInRow, globes.length);
  const side = Math.min(260, (width - 2 * edge - gap * (columns - 1)) / columns);
  const pitch = side + 14 + caption;
  const first = titleHeight(subtitle) + caption;
  const height = first - caption + pitch * Math.ceil(globes.length / columns);
  const start = (width - columns * side - gap * (columns - 1)) / 2;
  const places = globes.map((_, i): Place => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return { left: start + column * (side + gap), top: first + row * pitch, width: side, height: side };
  });
  const axes = Object.fromEntries(
    places.flatMap((place, i) => {
      const id = i === 0 ? '' : String(i + 1);
      const across = [place.left / width, (place.left + side) / width] as [number, number];
      const upwards = [1 - (place.top + side) / height, 1 - place.top / height] as [number, number];
      return [
        [`xaxis${id}`, { ...hiddenAxis, range: [-1, 1], domain: across, anchor: `y${id}` }],
        [`yaxis${id}`, { ...hiddenAxis, range: [-1, 1], domain: upwards, anchor: `x${id}` }],
      ];
    }),
  );
  const margin = { l: 0, r: 0, t: 0, b: 0 };
  return {
    data: globes.flatMap((globe, i) => traces(globe, i === 0 ? '' : String(i + 1), side > 150 ? 9 : 7)),
    layout: {
      ...baseLayout({ title, subtitle, width, height, margin }),
      ...axes,
      shapes: places.map((place) => outline(place, 'circle', width, height)),
      annotations: globes.map((globe, i) =>
        textAt(globe.caption, places[i].left + side / 2, places[i].top - 20, width, height, {
          font: { size: fontSizes.label, color: ink },
        }),
      ),
    },
    alt: `${title}. ${globes.map(altText).join('; ')}.`,
  };
}

function traces(
  { points, weights, rotation, camera = fromAbove }: FilterGlobe,
  id: string,
  markerSize: number,
): Data[] {
  const about = { xaxis: `x${id}` as 'x', yaxis: `y${id}` as 'y', hoverinfo: 'skip' as const };
  const mesh = graticule(camera);
  const frames = points.map(([beta, alpha, gamma = 0]) => rotationZYZ(alpha, beta, gamma));
  const seen = frames.map((frame) => seenAt(moved(column(frame, 2), rotation), camera));
  const strokes = points.flatMap(([, , gamma], i) => {
    if (gamma === undefined) return [];
    const [from, along] = [column(frames[i], 2), column(frames[i], 0)];
    const tip = from.map((value, k) => value + 0.11 * along[k]) as unknown as Vector;
    return [seen[i], seenAt(moved(tip, rotation), camera), { u: null, v: null }];
  });
  const fill = weights ? Array.from(weights) : points.map(() => 1);
  const largest = Math.max(...fill.map(Math.abs));
  return [
    { type: 'scatter', mode: 'lines', x: mesh.u, y: mesh.v, line: { color: 'rgba(110, 110, 110, 0.45)', width: 0.8 }, ...about },
    { type: 'scatter', mode: 'lines', x: strokes.map(({ u }) => u), y: strokes.map(({ v }) => v), line: { color: '#D55E00', width: 1.5 }, ...about },
    {
      type: 'scatter',
      mode: 'markers',
      x: seen.map(({ u, inSight }) => (inSight ? u : null)),
      y: seen.map(({ v }) => v),
      marker: {
        size: strokes.length > 0 ? 4 : markerSize,
        color: fill,
        cmin: -largest,
        cmax: largest,
        colorscale: divergingScale,
        line: { color: ink, width: 0.8 },
      },
      ...about,
    },
  ]; // biome-ignore format: one trace a line
}

function moved(p: Vector, rotation: Rotation | undefined): Vector {
  if (!rotation) return p;
  return [0, 1, 2].map(
    (i) => rotation[3 * i] * p[0] + rotation[3 * i + 1] * p[1] + rotation[3 * i + 2] * p[2],
  ) as unknown as Vector;
}

function column(r: Rotation, i: number): Vector {
  return [r[i], r[3 + i], r[6 + i]];
}
