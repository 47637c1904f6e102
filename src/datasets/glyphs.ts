/**
 * Built-in handwritten digits, for work without MNIST: stroke skeletons written with a shaky pen.
 *
 * As in MNIST, a digit fits a box of 20 pixels and its centre of mass is the image's centre.
 */
import { checkInteger } from '../util/check';
import { Random } from '../util/random';
import { type ImageSet, imageSize } from './digits';
import { curve, drawPiece, type Polyline } from './pen';
import { skeletons } from './skeletons';

/** Pixels; MNIST's box. */
const boxSize = 20;

/** The middle of the image; pixel centres lie at integers. */
const centre = (imageSize - 1) / 2;

/**
 * Draws labelled digits, classes 0, 1, .. 9, 0, 1, ...; the first n of a larger set are the smaller set.
 * @param purpose sets of different purpose have nothing in common
 */
export function drawGlyphs(count: number, seed: number, purpose = 'train'): ImageSet {
  checkInteger('glyphs', count, 0);
  const area = imageSize * imageSize;
  const pixels = new Uint8Array(count * area);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const ink = new Float32Array(area);
  for (let i = 0; i < count; i++) {
    drawGlyph(ink.fill(0), labels[i], Random.of(seed, 'glyph', purpose, i));
    for (let k = 0; k < area; k++) pixels[i * area + k] = Math.round(255 * ink[k]);
  }
  return { count, size: imageSize, pixels, labels };
}

function drawGlyph(ink: Float32Array, digit: number, random: Random): void {
  const ways = skeletons[digit];
  const strokes = ways[random.integer(ways.length)].map((points) =>
    curve(
      points.map(({ x, y, sharp }) => ({
        x: x + 0.042 * random.normal(),
        y: y + 0.036 * random.normal(),
        sharp,
      })),
    ),
  );
  const pen: Pen = {
    radius: Math.min(2.1, Math.max(0.7, 1.35 + 0.4 * random.normal())),
    soft: random.uniform(1.1, 1.8),
    pressure: random.uniform(0, 0.25),
    phase: random.uniform(0, 2 * Math.PI),
  };
  shake(strokes, random);
  fit(strokes, random.uniform(0.86, 1) * boxSize - 2 * pen.radius);
  trace(ink, strokes, pen);
  centreMass(strokes, ink);
  trace(ink.fill(0), strokes, pen);
}

interface Pen {
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

/** Bends the digit smoothly, then widens, slants and turns it. */
function shake(strokes: Polyline[], random: Random): void {
  const bends = [0, 1].map(() => ({
    size: 0.07 * random.normal(),
    kx: random.uniform(-4, 4),
    ky: random.uniform(-4, 4),
    phase: random.uniform(0, 2 * Math.PI),
  }));
  const width = random.uniform(0.5, 1.1);
  const slant = 0.16 + 0.25 * random.normal();
  const turn = 0.16 * random.normal();
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (const { x, y } of strokes)
    for (let k = 0; k < x.length; k++) {
      const [bx, by] = bends.map((b) => b.size * Math.sin(b.kx * x[k] + b.ky * y[k] + b.phase));
      const px = width * (x[k] - 0.5 + bx) - slant * (y[k] - 0.5);
      const py = y[k] - 0.5 + by;
      x[k] = cos * px - sin * py;
      y[k] = sin * px + cos * py;
    }
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
