import type { Annotation } from 'plotly.js-dist';
import type { Figure } from '../figures/parts/figure';
import { type Place, textAt } from '../figures/parts/panels';
import { baseLayout, fontSizes, ink, titleHeight } from '../figures/parts/theme';
import type { Camera } from './globe';
import { captionAt, drawPanels, type Kind, type Panel, signedLegend } from './picture_panels';

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

/** Two ways from the signal to the lower right corner, and the difference between what they arrive at. */
export function commutingSquare(square: Square, map: string, camera: Camera): Figure {
  const [width, side, across] = [600, 150, 60];
  const title = `Turn, then ${map}; or ${map}, then turn`;
  const top = titleHeight([]) + 26;
  const left = 20;
  const pitch = { x: side + across, y: side + 66 };
  const height = top + pitch.y + side + 62;
  const placeOf = (column: number, row: number): Place => ({
    left: left + column * pitch.x,
    top: top + row * pitch.y,
    width: side,
    height: side,
  });
  const difference = Float64Array.from(square.turnedOutput, (value, i) => value - square.outputOfTurned[i]);
  const [inputScale, scale] = [largestOf(square.signal), largestOf(square.output)];
  const corners: [string, ArrayLike<number>, number, number, number][] = [
    ['signal', square.signal, 0, 0, inputScale],
    ['output', square.output, 1, 0, scale],
    ['turned signal', square.turned, 0, 1, inputScale],
    ['output of the<br>turned signal', square.outputOfTurned, 1, 1, scale],
    ['turned output', square.turnedOutput, 2, 0, scale],
    ['difference of the<br>two, same colours', difference, 2, 1, scale],
  ];
  const panels = corners.map(([, values, column, row, largest]): Panel => {
    const kind: Kind = 'signed';
    return {
      place: placeOf(column, row),
      values,
      size: Math.sqrt(values.length),
      kind,
      view: camera,
      largest,
    };
  });
  const parts = drawPanels(panels, width, height);
  const captions = corners.map(([caption, , column, row]) => {
    const { left: x, top: y } = placeOf(column, row);
    return captionAt(caption, x + side / 2, y - 4 - 17 * caption.split('<br>').length, width, height);
  });
  const right = (row: number, text: string) => {
    const { left: x, top: y } = placeOf(0, row);
    return arrow([x + side + 6, y + side / 2, x + pitch.x - 6, y + side / 2], text, width, height);
  };
  const turn = placeOf(1, 0);
  const down = placeOf(0, 0);
  const middle = down.left + side / 2;
  const legend = signedLegend(['negative', 'positive'], (width - 200) / 2, height - 40, width, height);
  return {
    data: parts.data,
    layout: {
      ...baseLayout({ title, width, height, margin: { l: 0, r: 0, t: 0, b: 0 } }),
      ...parts.axes,
      shapes: [...parts.shapes, ...legend.shapes],
      annotations: [
        ...captions,
        ...legend.annotations,
        ...right(0, map),
        ...right(1, map),
        ...arrow(
          [turn.left + side + 6, top + side / 2, turn.left + pitch.x - 6, top + side / 2],
          'turn',
          width,
          height,
        ),
        ...arrow([middle, top + side + 4, middle, top + pitch.y - 24], 'turn', width, height, 24),
      ],
    },
    alt:
      `${title}: six spheres. Largest value of the output ${scale.toPrecision(3)}, ` +
      `largest difference ${largestOf(difference).toExponential(1)}.`,
  };
}

/** An arrow from (x0, y0) to (x1, y1) with a word beside its middle. */
function arrow(
  [x0, y0, x1, y1]: number[],
  text: string,
  width: number,
  height: number,
  aside = 0,
): Partial<Annotation>[] {
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
