import { Spheres } from './spheres';
import type { Turn } from './turn';

/** The sphere as the networks get it: [2b, 2b] numbers, a row for each polar angle. */
export class GridPicture {
  private readonly spheres: Spheres;
  private readonly side: number;
  private readonly context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement, bandwidth: number) {
    this.side = 2 * bandwidth;
    this.spheres = new Spheres(bandwidth);
    canvas.width = this.side;
    canvas.height = this.side;
    this.context = canvas.getContext('2d')!;
  }

  draw(pixels: Uint8Array, turn: Turn): void {
    paintInk(this.context, this.spheres.take(pixels, [turn]), this.side);
  }
}

/** Dark ink on white. @param values [side, side], 0..255 */
export function paintInk(context: CanvasRenderingContext2D, values: Uint8Array, side: number): void {
  const picture = context.createImageData(side, side);
  for (let i = 0; i < values.length; i++) {
    const light = 255 - 0.87 * values[i];
    picture.data.set([light, light, light, 255], 4 * i);
  }
  context.putImageData(picture, 0, 0);
}
