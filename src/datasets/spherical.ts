import type { Rotation } from '../math/rotation';
import { check, checkInteger, checkKeys } from '../util/check';
import { canvasMask, canvasSize, emptyCanvas, patchDigits } from './canvas';
import { type ImageSet, imageSize } from './digits';
import { drawCells, drawDigits, drawRotations, releasedRotations } from './draws';
import { type Faults, faultsOf, type Mode } from './faults';
import { segmentationMask } from './mask';
import { Projector } from './projector';

/** A data set as a recipe: everything that decides its numbers. */
export interface SphericalRecipe {
  digits: ImageSet;
  bandwidth: number;
  /** samples; beyond the number of digits these are drawn again, with fresh rotations */
  images: number;
  /** distinct rotations among them, 0 for none: images and rotations are separate axes. Default one per image */
  rotations?: number;
  seed: number;
  /** default 'corrected' */
  mode?: Mode;
  /** faults of the released generator to switch on or off, against the mode */
  faults?: Partial<Faults>;
  /** 1 to 4, default 1 */
  digitsPerSphere?: number;
}

/** Samples for training or test. */
export interface SphericalDataset {
  count: number;
  bandwidth: number;
  /** [n, 2b, 2b, 1], beta then alpha; 0..1, or 0..255 as released */
  inputs: Float32Array;
  /** [n], 0..9; empty if a sphere holds several digits */
  labels: Uint8Array;
  /** [n, 2b, 2b], 0 for background, label + 1 for digit */
  masks: Uint8Array;
}

// biome-ignore format: one list
const keys: readonly (keyof SphericalRecipe)[] = [
  'digits', 'bandwidth', 'images', 'rotations', 'seed', 'mode', 'faults', 'digitsPerSphere',
];

/**
 * Digits on spheres, with labels and masks. Same recipe, same numbers; with one rotation each (or none), the
 * first n samples of a larger set are the smaller set.
 * @throws UsageError for a recipe that cannot be followed
 */
export function sphericalDataset(recipe: SphericalRecipe): SphericalDataset {
  checkKeys('sphericalDataset', recipe, keys);
  const bandwidth = checkInteger('bandwidth', recipe.bandwidth, 1);
  const count = checkInteger('images', recipe.images, 1);
  const each = checkInteger('digitsPerSphere', recipe.digitsPerSphere ?? 1, 1, 4);
  const seed = checkInteger('seed', recipe.seed, 0);
  const faults = faultsOf(recipe.mode, recipe.faults);
  const usual = faults.rotations ? releasedRotations(count) : count;
  const rotations = checkInteger('rotations', recipe.rotations ?? usual, 0, count);
  check(recipe.digits.count > 0, 'sphericalDataset: no digits to draw from');
  const draws: Draws = {
    digits: drawDigits(recipe.digits.count, count * each, seed),
    rotations: drawRotations(count, rotations, seed),
    cells: each > 1 ? Array.from({ length: count }, (_, i) => drawCells(each, i, seed)) : [],
  };
  const projector = new Projector(bandwidth, each > 1 ? canvasSize : imageSize, faults);
  const { spheres, labels, masks } =
    each > 1
      ? severalDigits(recipe.digits, draws, each, projector)
      : oneDigit(recipe.digits, draws, projector);
  return { count, bandwidth, inputs: networkInputs(spheres, faults), labels, masks };
}

interface Draws {
  /** [images * digitsPerSphere] */
  digits: Uint32Array;
  /** [images] */
  rotations: Rotation[];
  /** [images], each [digitsPerSphere]; empty for one digit per sphere */
  cells: Uint32Array[];
}

/** Spheres [n, 2b, 2b] in bytes, before they become network inputs. */
interface Spheres {
  spheres: Uint8Array;
  labels: Uint8Array;
  masks: Uint8Array;
}

function oneDigit(digits: ImageSet, draws: Draws, projector: Projector): Spheres {
  const labels = Uint8Array.from(draws.digits, (digit) => digits.labels[digit]);
  const spheres = new Uint8Array(labels.length * projector.points);
  draws.digits.forEach((digit, i) => {
    projector.aim(draws.rotations[i]);
    projector.project(digits.pixels, digit, spheres, i);
  });
  return { spheres, labels, masks: segmentationMask(spheres, labels, projector.bandwidth) };
}

function severalDigits(digits: ImageSet, draws: Draws, each: number, projector: Projector): Spheres {
  const { points, positions } = projector;
  const spheres = new Uint8Array(draws.cells.length * points);
  const masks = new Uint8Array(spheres.length);
  const canvas = emptyCanvas();
  draws.cells.forEach((cells, i) => {
    patchDigits(canvas, digits, draws.digits.subarray(i * each, (i + 1) * each), cells);
    projector.aim(draws.rotations[i]);
    projector.project(canvas.pixels, 0, spheres, i);
    const [from, to] = [i * points, (i + 1) * points];
    canvasMask(spheres.subarray(from, to), positions, canvas.classes, masks.subarray(from, to));
  });
  return { spheres, labels: new Uint8Array(0), masks };
}

function networkInputs(spheres: Uint8Array, faults: Faults): Float32Array {
  const inputs = new Float32Array(spheres.length);
  const unit = faults.input ? 1 : 255;
  for (let k = 0; k < spheres.length; k++) inputs[k] = spheres[k] / unit;
  return inputs;
}
