/**
 * Built-in handwritten digits, for work without MNIST: stroke skeletons written with a shaky pen.
 *
 * As in MNIST, a digit fits a box of 20 pixels and its centre of mass is the image's centre.
 */
import { checkInteger } from '../util/check';
import { Random } from '../util/random';
import { type ImageSet, imageSize } from './digits';
import { curve, type Polyline } from './pen';
import { skeletons } from './skeletons';
import { boxSize, type Pen, write } from './writing';

/**
 * Draws labelled digits, classes 0, 1, .. 9, 0, 1, ...; the first n of a larger set are the smaller set.
 * @param purpose sets of different purpose have nothing in common
 * @throws UsageError for a number or a seed that cannot be
 */
export function drawGlyphs(count: number, seed: number, purpose = 'train'): ImageSet {
  checkInteger('drawGlyphs: count', count, 0);
  checkInteger('drawGlyphs: seed', seed, 0);
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
  write(ink, strokes, pen, random.uniform(0.86, 1) * boxSize);
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
