import { nearestPoint } from '../../figures/parts/hemisphere';
import { classColors } from '../../figures/parts/theme';
import { colorOf } from './colors';
import { type Disc, discOf, pointsOf } from './disc';

const size = 220;
const colors = classColors.map(colorOf);
const through = 0.3;

/** A mask on the sphere, seen from the front; what is on the back shows through. */
export class MaskBall {
  private readonly disc: Disc = discOf(size);
  private readonly front: Int32Array;
  private readonly back: Int32Array;
  private readonly picture: ImageData;
  private readonly context: CanvasRenderingContext2D;

  /** @param side 2b: masks have side x side points */
  constructor(canvas: HTMLCanvasElement, side: number) {
    canvas.width = size;
    canvas.height = size;
    this.context = canvas.getContext('2d')!;
    this.picture = this.context.createImageData(size, size);
    this.front = nearestPoints(pointsOf(this.disc, 1), side);
    this.back = nearestPoints(pointsOf(this.disc, -1), side);
  }

  /** @param mask [2b, 2b], 0 for background, digit + 1 */
  draw(mask: Uint8Array): void {
    const { data } = this.picture;
    const glass = colors[0];
    this.disc.places.forEach((place, i) => {
      const [near, far] = [mask[this.front[i]], mask[this.back[i]]];
      const share = near > 0 ? 1 : far > 0 ? through : 0;
      const ink = colors[near > 0 ? near : far];
      for (let c = 0; c < 3; c++) data[4 * place + c] = share * ink[c] + (1 - share) * glass[c];
      data[4 * place + 3] = 255 * this.disc.cover[i];
    });
    this.context.putImageData(this.picture, 0, 0);
  }
}

/** The index of the grid's point next to each point [n, 3]. */
function nearestPoints(points: Float64Array, side: number): Int32Array {
  return Int32Array.from({ length: points.length / 3 }, (_, i) =>
    nearestPoint(points[3 * i], points[3 * i + 1], points[3 * i + 2], side),
  );
}
