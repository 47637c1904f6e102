import { imageSize } from '../../datasets/digits';
import { faultsOf } from '../../datasets/faults';
import { Projector } from '../../datasets/projector';
import { inverse } from '../../math/rotation';
import { matrixOf, type Turn } from './turn';

/** Images on the networks' grid. */
export class Spheres {
  private readonly projector: Projector;

  constructor(bandwidth: number) {
    this.projector = new Projector(bandwidth, imageSize, faultsOf('corrected'));
  }

  /** A turned image on the grid: [turns, 2b, 2b], 0..255. */
  take(pixels: Uint8Array, turns: readonly Turn[]): Uint8Array {
    const { projector } = this;
    const spheres = new Uint8Array(turns.length * projector.points);
    turns.forEach((turn, i) => {
      projector.aim(inverse(matrixOf(turn))); // sphere(p) = image(rotation p)
      projector.project(pixels, 0, spheres, i);
    });
    return spheres;
  }
}
