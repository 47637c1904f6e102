import type { Place } from './arcball';
import { colorOf } from './colors';
import { type Disc, discOf } from './disc';
import { tiltPlace } from './tilts';

const size = 260;

/** Of what is wrong, and of what is not known yet. */
const wrong = colorOf('#d9d9d3');
const unknown = colorOf('#f4f4f1');

/**
 * A network's scores over all tilts, as a disc in which equal areas are equal shares of the tilts: each pixel has the
 * colour of the nearest tilt that is known. The current tilt is a dot.
 */
export class TiltMap {
  private readonly disc: Disc = discOf(size);
  private readonly color: readonly number[];
  private readonly picture: ImageData;
  private readonly context: CanvasRenderingContext2D;
  /** of each pixel: squared distance from the nearest tilt that is known, and that tilt's score */
  private readonly nearest: Float64Array;
  private readonly scores: Float64Array;
  private count = 0;
  private sum = 0;
  private dot: Place = [0, 0];
  /** an older survey is shown until the new one says more */
  private isStale = false;

  constructor(canvas: HTMLCanvasElement, color: string) {
    canvas.width = size;
    canvas.height = size;
    this.context = canvas.getContext('2d')!;
    this.picture = this.context.createImageData(size, size);
    this.color = colorOf(color);
    this.nearest = new Float64Array(this.disc.places.length);
    this.scores = new Float64Array(this.disc.places.length);
    this.clear();
  }

  /** Tilts whose scores are known. */
  get known(): number {
    return this.count;
  }

  /** The mean score, 0..1. */
  get mean(): number {
    return this.sum / this.count;
  }

  /** Forgets all scores. */
  clear(): void {
    this.forget();
    this.scores.fill(Number.NaN);
    this.isStale = false;
    this.paint();
  }

  /** Begins anew, and shows what was known, paler, until there is as much again. */
  renew(): void {
    this.forget();
    this.isStale = true;
    this.paint();
  }

  /** Takes in the scores of tilts number first, first + 1, ... */
  add(first: number, scores: readonly number[]): void {
    scores.forEach((score, k) => {
      const [x, y] = tiltPlace(first + k);
      this.count++;
      this.sum += score;
      this.nearest.forEach((known, i) => {
        const d = (this.disc.directions[3 * i] - x) ** 2 + (this.disc.directions[3 * i + 1] - y) ** 2;
        if (d >= known) return;
        this.nearest[i] = d;
        this.scores[i] = score;
      });
    });
    this.isStale = false;
    this.paint();
  }

  /** Moves the dot. */
  mark(place: Place): void {
    this.dot = place;
    this.drawPicture();
  }

  private forget(): void {
    this.nearest.fill(Number.POSITIVE_INFINITY);
    this.count = 0;
    this.sum = 0;
  }

  private paint(): void {
    const { disc, scores, color } = this;
    const { data } = this.picture;
    const strength = this.isStale ? 0.35 : 1;
    disc.places.forEach((place, i) => {
      const score = scores[i];
      const isKnown = !Number.isNaN(score);
      for (let c = 0; c < 3; c++) {
        const full = isKnown ? score * color[c] + (1 - score) * wrong[c] : unknown[c];
        data[4 * place + c] = strength * full + (1 - strength) * unknown[c];
      }
      data[4 * place + 3] = 255 * disc.cover[i];
    });
    this.drawPicture();
  }

  private drawPicture(): void {
    const { context, dot } = this;
    const half = size / 2;
    context.putImageData(this.picture, 0, 0);
    context.lineWidth = 1.5;
    context.strokeStyle = 'rgba(30, 30, 30, 0.45)';
    context.setLineDash([5, 5]);
    context.beginPath();
    context.arc(half, half, half * Math.SQRT1_2, 0, 2 * Math.PI);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    const inside = Math.min(1, (half - 10) / (half * Math.hypot(...dot))); // all of the dot is seen, also at the rim
    context.arc(half * (1 + inside * dot[0]), half * (1 - inside * dot[1]), 8, 0, 2 * Math.PI);
    context.fillStyle = 'white';
    context.fill();
    context.lineWidth = 4;
    context.strokeStyle = '#111';
    context.stroke();
  }
}
