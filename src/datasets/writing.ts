import { imageSize } from './digits';
import { drawPiece, type Polyline } from './pen';

/** Pixels; MNIST's box. */
export const boxSize = 20;

/** The middle of the image; pixel centres lie at integers. */
const centre = (imageSize - 1) / 2;

export interface Pen {
  /** pixels */
  radius: number;
  /** width of the edge, pixels */
  soft: number;
  /** the radius swings by this share of itself along a stroke */
  pressure: number;
  /** of that swing, radians */
  phase: number;
}

function trace(ink: Float32Array, strokes: Polyline[], { radius, soft, pressure, phase }: Pen): void {
  strokes.forEach((stroke, number) => {
    const pieces = stroke.x.length - 1;
    for (let k = 0; k < pieces; k++) {
      const swing = Math.sin(phase + 2 * number + (5 * k) / pieces);
      drawPiece(ink, imageSize, stroke, k, radius * (1 + pressure * swing), soft);
    }
  });
}

/**
 * Writes a digit in the middle of an image, as MNIST has it: scaled to a box, its centre of mass in the middle.
 * @param ink [28, 28], 0..1, empty; written
 * @param strokes at any scale; moved to where they are written, in pixels
 * @param side of the box, in pixels, the pen's width included
 */
export function write(ink: Float32Array, strokes: Polyline[], pen: Pen, side: number): void {
  fit(strokes, side - 2 * pen.radius);
  trace(ink, strokes, pen);
  centreMass(strokes, ink);
  trace(ink.fill(0), strokes, pen);
}

/** Scales the digit so that its longer side is `side` pixels, in the middle of the image. Pixels from here on. */
function fit(strokes: Polyline[], side: number): void {
  const x = range(strokes, 'x');
  const y = range(strokes, 'y');
  const scale = side / Math.max(x.high - x.low, y.high - y.low);
  for (const stroke of strokes) {
    stroke.x = stroke.x.map((value) => centre + scale * (value - (x.low + x.high) / 2));
    stroke.y = stroke.y.map((value) => centre + scale * (value - (y.low + y.high) / 2));
  }
}

/** Moves the digit so that the centre of its ink comes to the middle of the image. */
function centreMass(strokes: Polyline[], ink: Float32Array): void {
  let [mass, mx, my] = [0, 0, 0];
  for (let row = 0, k = 0; row < imageSize; row++)
    for (let column = 0; column < imageSize; column++, k++) {
      mass += ink[k];
      mx += ink[k] * column;
      my += ink[k] * row;
    }
  for (const stroke of strokes) {
    stroke.x = stroke.x.map((value) => value + centre - mx / mass);
    stroke.y = stroke.y.map((value) => value + centre - my / mass);
  }
}

function range(strokes: Polyline[], axis: 'x' | 'y'): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const stroke of strokes)
    for (const value of stroke[axis]) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  return { low, high };
}
