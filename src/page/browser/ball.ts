import { imageSize } from '../../datasets/digits';
import { faultsOf } from '../../datasets/faults';
import { Rays } from '../../datasets/rays';
import { inverse } from '../../math/rotation';
import type { Color } from './colors';
import { type Disc, discOf, pointsOf } from './disc';
import { drawGraticule } from './graticule';
import { matrixOf, type Turn } from './turn';

/** How much of the ink on the back shows through the ball. */
const through = 0.26;

/** A glass ball with the image on it. What is on its back shows through. */
export class Ball {
  private readonly disc: Disc;
  private readonly front: Rays;
  private readonly back: Rays;
  private readonly glass: Float64Array;
  private readonly picture: ImageData;
  private readonly context: CanvasRenderingContext2D;

  /** @param size of its picture in pixels, square */
  constructor(
    canvas: HTMLCanvasElement,
    private readonly size: number,
  ) {
    canvas.width = size;
    canvas.height = size;
    this.context = canvas.getContext('2d')!;
    this.picture = this.context.createImageData(size, size);
    this.disc = discOf(size);
    this.glass = glassOf(this.disc);
    const faults = faultsOf('corrected');
    this.front = new Rays(pointsOf(this.disc, 1), imageSize, faults);
    this.back = new Rays(pointsOf(this.disc, -1), imageSize, faults);
  }

  /** @param pixels [28, 28], 0..255 @param ink its colour */
  draw(pixels: Uint8Array, turn: Turn, ink: Color): void {
    const { picture, disc, glass } = this;
    const rotation = inverse(matrixOf(turn)); // sphere(p) = image(rotation p)
    this.front.aim(rotation);
    this.back.aim(rotation);
    const [front, back] = [this.front.sample(pixels), this.back.sample(pixels)];
    const { data } = picture;
    disc.places.forEach((place, i) => {
      const clear = (1 - (through * back[i]) / 255) * (1 - front[i] / 255);
      for (let c = 0; c < 3; c++) data[4 * place + c] = clear * glass[3 * i + c] + (1 - clear) * ink[c];
      data[4 * place + 3] = 255 * disc.cover[i];
    });
    this.context.putImageData(picture, 0, 0);
    drawGraticule(this.context, this.size, turn);
  }
}

/** The colours of the empty ball, [n, 3]: light from the upper left, a darker rim. */
function glassOf({ directions, cover }: Disc): Float64Array {
  const colors = new Float64Array(directions.length);
  for (let i = 0; i < cover.length; i++) {
    const [u, v, w] = directions.subarray(3 * i, 3 * i + 3);
    const light = Math.max(0, -0.42 * u + 0.5 * v + 0.76 * w);
    const shade = 0.8 + 0.2 * light - 0.1 * (1 - w) ** 3;
    const shine = 26 * light ** 24;
    colors.set([246 * shade + shine, 249 * shade + shine, 253 * shade + shine], 3 * i);
  }
  return colors;
}
