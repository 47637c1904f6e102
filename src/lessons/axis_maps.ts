import type { Annotation, Data, LayoutAxis } from 'plotly.js-dist';
import type { Figure } from '../figures/parts/figure';
import { textAt } from '../figures/parts/panels';
import { baseLayout, fontSizes, gridColor, ink, mutedInk, titleHeight } from '../figures/parts/theme';
import type { Rotation } from '../math/rotation';

/** Rotations drawn in one way. */
export interface Recipe {
  /** Lines parted by \n. */
  name: string;
  rotations: readonly Rotation[];
}

const names = ['x', 'y', 'z'];
const zones = { azimuths: 6, heights: 4 };

/**
 * By how much the fullest of 24 zones of equal area exceeds its share, for the images of the three axes: 0 where they
 * are uniform.
 * @returns of the x, y and z axis
 */
export function zoneExcess(rotations: readonly Rotation[]): [number, number, number] {
  return [0, 1, 2].map((axis) => {
    const counts = new Array(zones.azimuths * zones.heights).fill(0);
    for (const rotation of rotations) {
      const { azimuth, height } = imageOf(rotation, axis);
      const across = Math.min(zones.azimuths - 1, Math.floor(zones.azimuths * (azimuth / 360 + 0.5)));
      const up = Math.min(zones.heights - 1, Math.floor((zones.heights * (height + 1)) / 2));
      counts[up * zones.azimuths + across]++;
    }
    return (Math.max(...counts) * counts.length) / rotations.length - 1;
  }) as [number, number, number];
}

/**
 * Where rotations take the x, the y and the z axis: maps of the sphere on which equal areas are equal (Archimedes:
 * azimuth to the right, height upwards), one row for each recipe.
 */
export function axisMaps(recipes: readonly Recipe[], title: string, note: string): Figure {
  const [width, aside, edge, gap, side] = [640, 118, 14, 14, 118];
  const mapWidth = (width - aside - 2 * edge - 2 * gap) / 3;
  const top = titleHeight([note]) + 22;
  const height = top + recipes.length * (side + gap) + 8;
  const axes: Record<string, Partial<LayoutAxis>> = {};
  const data: Data[] = [];
  const annotations: Partial<Annotation>[] = names.map((name, axis) =>
    textAt(
      `image of the ${name} axis`,
      edge + aside + axis * (mapWidth + gap) + mapWidth / 2,
      top - 20,
      width,
      height,
    ),
  );
  recipes.forEach(({ name, rotations }, r) => {
    const font = { size: fontSizes.label, color: ink };
    const y = top + r * (side + gap);
    const about = { xanchor: 'left', yanchor: 'middle', align: 'left', font } as const;
    annotations.push(textAt(name.replaceAll('\n', '<br>'), edge, y + side / 2, width, height, about));
    names.forEach((_, axis) => {
      const id = data.length === 0 ? '' : String(data.length + 1);
      const left = edge + aside + axis * (mapWidth + gap);
      axes[`xaxis${id}`] = mapAxis([-180, 180], [left / width, (left + mapWidth) / width], `y${id}`);
      axes[`yaxis${id}`] = mapAxis([-1, 1], [1 - (y + side) / height, 1 - y / height], `x${id}`);
      const points = rotations.map((rotation) => imageOf(rotation, axis));
      data.push({
        type: 'scatter',
        mode: 'markers',
        x: points.map((point) => point.azimuth),
        y: points.map((point) => point.height),
        xaxis: `x${id}`,
        yaxis: `y${id}`,
        marker: { size: 3, color: '#4A90BE' },
        hoverinfo: 'skip',
      } as Data);
    });
  });
  const margin = { l: 0, r: 0, t: 0, b: 0 };
  return {
    data,
    layout: { ...baseLayout({ title, subtitle: [note], width, height, margin }), ...axes, annotations },
    alt: `${title}. ${recipes.map(described).join(' ')}`,
  };
}

function described({ name, rotations }: Recipe): string {
  const excess = zoneExcess(rotations).map((share, i) => `${names[i]} ${Math.round(100 * share)} %`);
  return `${name.replaceAll('\n', ' ')}: the fullest zone exceeds its share by ${excess.join(', ')}.`;
}

function imageOf(rotation: Rotation, axis: number): { azimuth: number; height: number } {
  const [x, y, z] = [rotation[axis], rotation[3 + axis], rotation[6 + axis]];
  return { azimuth: (180 * Math.atan2(y, x)) / Math.PI, height: z };
}

function mapAxis(range: [number, number], domain: number[], anchor: string): Partial<LayoutAxis> {
  return {
    range,
    domain: domain as [number, number],
    anchor: anchor as 'x',
    showticklabels: false,
    ticks: '',
    gridcolor: gridColor,
    nticks: 5,
    zeroline: false,
    showline: true,
    mirror: true,
    linecolor: mutedInk,
    fixedrange: true,
  };
}
