import { checkRotation, type Rotation } from '../math/rotation';
import { check, checkInteger, checkKeys } from '../util/check';
import { imageSize } from './digits';
import { type Faults, faultsOf, type Mode } from './faults';
import { Projector } from './projector';

export interface ProjectionOptions {
  /** the sphere gets 2b x 2b points */
  bandwidth: number;
  /** one for all images, or one each; default: the image around the south pole */
  rotation?: Rotation | readonly Rotation[];
  /** default 'corrected' */
  mode?: Mode;
  /** faults of the released generator to switch on or off, against the mode */
  faults?: Partial<Faults>;
}

/**
 * Projects images on the southern half of the sphere, which is then rotated: sphere(p) = image(rotation p).
 * @param images [n, 28, 28]
 * @returns [n, 2b, 2b], beta then alpha, each sphere rescaled to 0..255
 * @throws UsageError for images of another size, or a wrong number of rotations
 */
export function projectToSphere(images: Uint8Array, options: ProjectionOptions): Uint8Array {
  checkKeys('projectToSphere', options, { bandwidth: true, rotation: true, mode: true, faults: true });
  const bandwidth = checkInteger('projectToSphere: bandwidth', options.bandwidth, 1);
  const area = imageSize * imageSize;
  const count = images.length / area;
  check(
    Number.isInteger(count),
    () => `projectToSphere: expected images [n, ${imageSize}, ${imageSize}], got ${images.length} bytes`,
  );
  const rotationOf = rotations(options.rotation, count);
  const projector = new Projector(bandwidth, imageSize, faultsOf(options.mode, options.faults));
  const spheres = new Uint8Array(count * 4 * bandwidth * bandwidth);
  for (let i = 0; i < count; i++) {
    projector.aim(rotationOf(i));
    projector.project(images, i, spheres, i);
  }
  return spheres;
}

function rotations(given: ProjectionOptions['rotation'], count: number): (i: number) => Rotation | undefined {
  if (given === undefined) return () => undefined;
  const list: readonly Rotation[] = given instanceof Float64Array ? [given] : given;
  check(
    given instanceof Float64Array || list.length === count,
    () => `projectToSphere: expected ${count} rotations, one per image, got ${list.length}`,
  );
  for (const rotation of list) checkRotation('projectToSphere', rotation);
  return (i) => list[given instanceof Float64Array ? 0 : i];
}
