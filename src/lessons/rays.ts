import type { Annotation, Data, Shape } from 'plotly.js-dist';
import type { Figure } from '../figures/parts/figure';
import { baseLayout, fontSizes, gridColor, hiddenAxis, ink, mutedInk } from '../figures/parts/theme';

/** Height of the point where the rays start; the sphere's top is at 2. */
const source = 2.001;
const halfImage = 1.5;
const [blue, vermilion] = ['#0072B2', '#B84F00'];

/**
 * A cut through the sphere that rests on the image, with the rays that carry the image to it.
 * @param degrees angles from the south pole of the points that get a ray
 */
export function rayDrawing(degrees: readonly number[]): Figure {
  const [width, height] = [600, 330];
  const feet = degrees.map((angle) => {
    const [x, z] = onSphere(angle);
    return { angle, x, z, foot: (x * source) / (source - z) };
  });
  const rays = feet.map(
    ({ x, z, foot }): Data => ({
      type: 'scatter',
      mode: 'lines+markers',
      x: [0, x, foot],
      y: [source, z, 0],
      line: { color: blue, width: 1.4 },
      marker: { color: blue, size: [0, 8, 6], symbol: ['circle', 'circle', 'circle-open'] },
      hoverinfo: 'skip',
    }),
  );
  const margin = { l: 10, r: 10, t: 50, b: 8 };
  return {
    data: rays,
    layout: {
      ...baseLayout({
        title: 'A ray takes a point of the sphere to a point of the image',
        width,
        height,
        margin,
      }),
      xaxis: { ...hiddenAxis, range: [-2.9, 2.9] },
      yaxis: { ...hiddenAxis, range: [-0.32, 2.3], scaleanchor: 'x' },
      shapes: [
        circle(),
        line([-2.6, 0, 2.6, 0], gridColor, 2),
        line([-halfImage, 0, halfImage, 0], vermilion, 6),
        equator(),
      ],
      annotations: [
        note('rays start here,<br>0.001 above the north pole', 0.1, 2.16, 'left', ink),
        note('image, 28 pixels', -0.75, -0.2, 'center', vermilion),
        note('plane', 2.6, 0.14, 'right', mutedInk),
        note('equator', 1.08, 1.06, 'left', mutedInk),
        ...feet
          .filter(({ x }) => x > 0.1)
          .map(({ angle, foot }) => note(`${angle}°`, foot, -0.2, 'center', blue)),
      ],
    },
    alt:
      'Cut through a sphere that rests on a plane. Rays from just above the north pole meet the sphere, then the plane: ' +
      feet.map(({ angle, foot }) => `${angle} degrees from the south pole at ${foot.toFixed(2)}`).join(', ') +
      '. The image reaches from -1.5 to 1.5.',
    rows: feet.map(({ angle, foot }) => ({
      'degrees from the south pole': angle,
      'place on the plane': foot,
    })),
  };
}

/** Right and height of the sphere's point at an angle from the south pole. */
function onSphere(degrees: number): [number, number] {
  const theta = (Math.PI * degrees) / 180;
  return [Math.sin(theta), 1 - Math.cos(theta)];
}

function circle(): Partial<Shape> {
  return { type: 'circle', x0: -1, x1: 1, y0: 0, y1: 2, line: { color: ink, width: 1.6 } };
}

function line([x0, y0, x1, y1]: number[], color: string, width: number): Partial<Shape> {
  return { type: 'line', x0, y0, x1, y1, line: { color, width }, layer: 'below' };
}

function equator(): Partial<Shape> {
  return { type: 'line', x0: -1, y0: 1, x1: 1, y1: 1, line: { color: mutedInk, width: 1, dash: 'dot' } };
}

function note(text: string, x: number, y: number, xanchor: 'left' | 'center' | 'right', color: string) {
  const font = { size: fontSizes.label, color };
  return {
    text,
    x,
    y,
    xanchor,
    yanchor: 'middle',
    align: 'left',
    showarrow: false,
    font,
  } as Partial<Annotation>;
}
