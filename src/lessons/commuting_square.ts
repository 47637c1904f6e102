import type { Annotation } from 'plotly.js-dist';
import type { Figure } from '../figures/parts/figure';
import { type Place, textAt } from '../figures/parts/panels';
import { baseLayout, fontSizes, ink, titleHeight } from '../figures/parts/theme';
import type { Camera } from './globe';
import { captionAt, drawPanels, type Panel, signedLegend } from './picture_panels';

/** The four corners of a square of maps, signals on the sphere [size, size]. */
export interface Square {
  signal: ArrayLike<number>;
  turned: ArrayLike<number>;
  output: ArrayLike<number>;
  /** The output of the turned signal. */
  outputOfTurned: ArrayLike<number>;
  /** The turned output: to be compared with the output of the turned signal. */
  turnedOutput: ArrayLike<number>;
}

/** A map, and where it stands. */
interface Corner {
  caption: string;
  values: ArrayLike<number>;
  place: Place;
  /** The value of the strongest colour. */
  largest: number;
}

const [width, side] = [600, 150];
const pitch = { x: side + 60, y: side + 66 };
const top = titleHeight([]) + 26;
const height = top + pitch.y + side + 62;

/** Two ways from the signal to the lower right corner, and the difference between what they arrive at. */
export function commutingSquare(square: Square, map: string, camera: Camera): Figure {
  const title = `Turn, then ${map}; or ${map}, then turn`;
  const difference = Float64Array.from(square.turnedOutput, (value, i) => value - square.outputOfTurned[i]);
  const corners = cornersOf(square, difference);
  const panels = corners.map(
    ({ values, place, largest }): Panel => ({
      place,
      values,
      size: Math.sqrt(values.length),
      kind: 'signed',
      view: camera,
      largest,
    }),
  );
  const parts = drawPanels(panels, width, height);
  const captions = corners.map(({ caption, place: { left, top: y } }) =>
    captionAt(caption, left + side / 2, y - 4 - 17 * caption.split('<br>').length, width, height),
  );
  const legend = signedLegend(['negative', 'positive'], (width - 200) / 2, height - 40, width, height);
  return {
    data: parts.data,
    layout: {
      ...baseLayout({ title, width, height, margin: { l: 0, r: 0, t: 0, b: 0 } }),
      ...parts.axes,
      shapes: [...parts.shapes, ...legend.shapes],
      annotations: [...captions, ...legend.annotations, ...arrows(map)],
    },
    alt:
      `${title}: six spheres. Largest value of the output ${largestOf(square.output).toPrecision(3)}, ` +
      `largest difference ${largestOf(difference).toExponential(1)}.`,
  };
}

function cornersOf(
  { signal, output, turned, outputOfTurned, turnedOutput }: Square,
  difference: ArrayLike<number>,
): Corner[] {
  const [inputs, outputs] = [largestOf(signal), largestOf(output)];
  return [
    { caption: 'signal', values: signal, place: placeOf(0, 0), largest: inputs },
    { caption: 'output', values: output, place: placeOf(1, 0), largest: outputs },
    { caption: 'turned signal', values: turned, place: placeOf(0, 1), largest: inputs },
    {
      caption: 'output of the<br>turned signal',
      values: outputOfTurned,
      place: placeOf(1, 1),
      largest: outputs,
    },
    { caption: 'turned output', values: turnedOutput, place: placeOf(2, 0), largest: outputs },
    {
      caption: 'difference of the<br>two, same colours',
      values: difference,
      place: placeOf(2, 1),
      largest: outputs,
    },
  ];
}

function placeOf(column: number, row: number): Place {
  return { left: 20 + column * pitch.x, top: top + row * pitch.y, width: side, height: side };
}

/** The map to the right, the rotation to the right and down. */
function arrows(map: string): Partial<Annotation>[] {
  const right = (column: number, row: number, text: string) => {
    const { left: x, top: y } = placeOf(column, row);
    return arrow([x + side + 6, y + side / 2, x + pitch.x - 6, y + side / 2], text);
  };
  const middle = placeOf(0, 0).left + side / 2;
  return [
    ...right(0, 0, map),
    ...right(0, 1, map),
    ...right(1, 0, 'turn'),
    ...arrow([middle, top + side + 4, middle, top + pitch.y - 24], 'turn', 24),
  ];
}

/** An arrow from (x0, y0) to (x1, y1) with a word beside its middle. */
function arrow([x0, y0, x1, y1]: number[], text: string, aside = 0): Partial<Annotation>[] {
  const font = { size: fontSizes.label, color: ink };
  const middle = [(x0 + x1) / 2 + aside, (y0 + y1) / 2 - (aside ? 9 : 22)];
  return [
    {
      text: '',
      showarrow: true,
      xref: 'paper',
      yref: 'paper',
      x: x1 / width,
      y: 1 - y1 / height,
      ax: x0 - x1,
      ay: y0 - y1,
      arrowhead: 2,
      arrowwidth: 1.5,
      arrowcolor: ink,
    },
    textAt(text, middle[0], middle[1], width, height, { font }),
  ];
}

function largestOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
}
