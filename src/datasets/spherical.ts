import { checkRotation, identity, inverse, multiply, type Rotation } from '../math/rotation';
import { checkInteger, checkKeys } from '../util/check';
import { digest } from '../util/files';
import { canvasMask, canvasSize, emptyCanvas, patchDigits } from './canvas';
import { checkImages, type ImageSet, imageSize } from './digits';
import { drawCells, drawDigits, drawRotation, releasedRotationIndex, rotationIndex } from './draws';
import { type Faults, faultsOf, type Mode } from './faults';
import { segmentationMask } from './mask';
import { Projector } from './projector';

/** A data set as a recipe: everything that decides its numbers. */
export interface SphericalRecipe {
  digits: ImageSet;
  bandwidth: number;
  /** samples; beyond the number of digits these are drawn again, with fresh rotations */
  images: number;
  /**
   * distinct rotations among them, 0 for none: images and rotations are separate axes. Default one per image or, with
   * the fault of rotations, one per 500
   */
  rotations?: number;
  seed: number;
  /** default 'corrected' */
  mode?: Mode;
  /** faults of the released generator to switch on or off, against the mode */
  faults?: Partial<Faults>;
  /** 1 to 4, default 1 */
  digitsPerSphere?: number;
  /** turns all spheres once more, before they are sampled; default not at all */
  turned?: Rotation;
}

/** Spheres with labels and masks, for training or test. */
export interface SphericalDataset {
  /** n in what follows */
  count: number;
  bandwidth: number;
  /** [n, 2b, 2b, 1], beta then alpha; 0..1, or 0..255 as released */
  inputs: Float32Array;
  /** [n], 0..9; empty if a sphere holds several digits */
  labels: Uint8Array;
  /** [n, 2b, 2b], 0 for background, label + 1 for digit */
  masks: Uint8Array;
}

const keys: Record<keyof SphericalRecipe, true> = {
  digits: true,
  bandwidth: true,
  images: true,
  rotations: true,
  seed: true,
  mode: true,
  faults: true,
  digitsPerSphere: true,
  turned: true,
};

/**
 * Digits on spheres, with labels and masks. Same recipe, same numbers; with one rotation each (or none), the
 * first n samples of a larger set are the smaller set.
 * @throws UsageError for a recipe that cannot be followed
 */
export function sphericalDataset(recipe: SphericalRecipe): SphericalDataset {
  const sampler = new SphereSampler(recipe);
  return sampler.take(Uint32Array.from({ length: sampler.count }, (_, i) => i));
}

/** The samples of a recipe, made when they are asked for: for sets that memory would not hold. */
export class SphereSampler {
  readonly count: number;
  readonly bandwidth: number;
  private readonly digits: ImageSet;
  private readonly each: number;
  private readonly seed: number;
  /** undefined: as released */
  private readonly rotations: number | undefined;
  private readonly faults: Faults;
  /** takes a point to where it was before the sphere was turned */
  private readonly back: Rotation | undefined;
  private readonly projector: Projector;
  /** which digits, [count * each] */
  private readonly drawn: Uint32Array;
  /** the distinct rotation that the projector is aimed at; -1: none, -2: not aimed yet */
  private aimedAt = -2;

  /** @throws UsageError for a recipe that cannot be followed */
  constructor(recipe: SphericalRecipe) {
    checkKeys('sphericalDataset', recipe, keys);
    this.bandwidth = checkInteger('sphericalDataset: bandwidth', recipe.bandwidth, 1);
    this.count = checkInteger('sphericalDataset: images', recipe.images, 1);
    this.each = checkInteger('sphericalDataset: digitsPerSphere', recipe.digitsPerSphere ?? 1, 1, 4);
    this.seed = checkInteger('sphericalDataset: seed', recipe.seed, 0);
    this.faults = faultsOf(recipe.mode, recipe.faults);
    const usual = this.faults.rotations ? undefined : this.count;
    this.rotations =
      recipe.rotations === undefined
        ? usual
        : checkInteger('sphericalDataset: rotations', recipe.rotations, 0, this.count);
    this.back = recipe.turned && inverse(checkRotation('sphericalDataset: turned', recipe.turned));
    checkImages('sphericalDataset', recipe.digits);
    this.digits = recipe.digits;
    this.drawn = drawDigits(recipe.digits.count, this.count * this.each, this.seed);
    this.projector = new Projector(this.bandwidth, this.each > 1 ? canvasSize : imageSize, this.faults);
  }

  /** Names the samples by recipe and digits: samplers of the same id make the same ones. */
  get id(): string {
    const { count, bandwidth, each, seed, rotations, faults } = this;
    const back = this.back && [...this.back];
    const digits = [this.digits.pixels, this.digits.labels].map((bytes) => digest('sha256', bytes));
    return digest(
      'sha256',
      JSON.stringify({ count, bandwidth, each, seed, rotations, faults, digits, back }),
    );
  }

  /**
   * @param samples indices, 0..count-1, in any order; shapes as in SphericalDataset with n of them
   * @throws UsageError for an index that is none
   */
  take(samples: ArrayLike<number>): SphericalDataset {
    for (let i = 0; i < samples.length; i++)
      checkInteger('SphereSampler.take: sample', samples[i], 0, this.count - 1);
    const { spheres, labels, masks } = this.each > 1 ? this.severalDigits(samples) : this.oneDigit(samples);
    const inputs = networkInputs(spheres, this.faults);
    return { count: samples.length, bandwidth: this.bandwidth, inputs, labels, masks };
  }

  private oneDigit(samples: ArrayLike<number>): Spheres {
    const { digits, drawn, projector, bandwidth } = this;
    const labels = Uint8Array.from(samples, (sample) => digits.labels[drawn[sample]]);
    const spheres = new Uint8Array(samples.length * projector.points);
    for (let i = 0; i < samples.length; i++) {
      this.aim(samples[i]);
      projector.project(digits.pixels, drawn[samples[i]], spheres, i);
    }
    return { spheres, labels, masks: segmentationMask(spheres, labels, bandwidth) };
  }

  private severalDigits(samples: ArrayLike<number>): Spheres {
    const { digits, drawn, projector, each, seed } = this;
    const { points, positions } = projector;
    const spheres = new Uint8Array(samples.length * points);
    const masks = new Uint8Array(spheres.length);
    const canvas = emptyCanvas();
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i];
      const chosen = drawn.subarray(sample * each, (sample + 1) * each);
      patchDigits(canvas, digits, chosen, drawCells(each, sample, seed));
      this.aim(sample);
      projector.project(canvas.pixels, 0, spheres, i);
      const [from, to] = [i * points, (i + 1) * points];
      canvasMask(spheres.subarray(from, to), positions, canvas.classes, masks.subarray(from, to));
    }
    return { spheres, labels: new Uint8Array(0), masks };
  }

  private aim(sample: number): void {
    const index = this.rotationOf(sample);
    if (index === this.aimedAt) return;
    this.aimedAt = index;
    const own = index < 0 ? identity : drawRotation(index, this.seed);
    this.projector.aim(this.back ? multiply(own, this.back) : own);
  }

  /** Its number; -1: none. */
  private rotationOf(sample: number): number {
    const { rotations, count } = this;
    if (rotations === undefined) return releasedRotationIndex(sample);
    return rotations === 0 ? -1 : rotationIndex(sample, count, rotations);
  }
}

/** Spheres [n, 2b, 2b] in bytes, before they become network inputs. */
interface Spheres {
  spheres: Uint8Array;
  labels: Uint8Array;
  masks: Uint8Array;
}

function networkInputs(spheres: Uint8Array, faults: Faults): Float32Array {
  const inputs = new Float32Array(spheres.length);
  const unit = faults.input ? 1 : 255;
  for (let k = 0; k < spheres.length; k++) inputs[k] = spheres[k] / unit;
  return inputs;
}
