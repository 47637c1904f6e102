import type { Digits, ImageSet } from '../datasets/digits';
import { SphereSampler, type SphericalRecipe, sphericalDataset } from '../datasets/spherical';
import { splitDigits } from '../datasets/split';
import type { LabelledSpheres } from '../training/batches';
import type { TrainingData } from '../training/loop';
import { Random } from '../util/random';
import type { Experiment } from './experiment';

export interface TestSets {
  rotated: LabelledSpheres;
  unrotated: LabelledSpheres;
}

/** All experiments are tested on the same images in the same rotations. */
const TEST_SEED = 20220707;

/**
 * Training and validation sets; both unrotated, or both rotated. Rotated validation images have a rotation each,
 * however few the training set has; released ones share it as released.
 */
export function trainingSets(digits: Digits, e: Experiment): TrainingData {
  const split = splitDigits(digits.train);
  const common = { bandwidth: e.bandwidth, mode: e.fidelity };
  return {
    train: heldOrMade({
      ...common,
      digits: split.train,
      images: e.images,
      rotations: e.rotations === e.images ? undefined : e.rotations,
      seed: e.seed,
    }),
    validation: sphericalDataset({
      ...common,
      digits: split.validation,
      images: e.validationImages,
      rotations: e.rotations === 0 ? 0 : undefined,
      seed: Random.of(e.seed, 'validation').uint32(),
    }),
  };
}

/** Larger training sets are projected batch by batch, anew in each epoch: 5 ms for 32 at bandwidth 50. */
const MOST_BYTES = 2 ** 30;

/** Bytes of all spheres that an experiment holds in memory at once. */
export function heldBytes({ images, validationImages, testImages, bandwidth }: Experiment): number {
  const training = bytesOf(images, bandwidth);
  const rest = bytesOf(validationImages + 2 * testImages, bandwidth);
  return rest + (training > MOST_BYTES ? 0 : training);
}

/** For each pixel a float and a class. */
function bytesOf(images: number, bandwidth: number): number {
  return images * (2 * bandwidth) ** 2 * 5;
}

/** The same spheres either way. */
function heldOrMade(recipe: SphericalRecipe): TrainingData['train'] {
  const isLarge = bytesOf(recipe.images, recipe.bandwidth) > MOST_BYTES;
  return isLarge ? new SphereSampler(recipe) : sphericalDataset(recipe);
}

/** The test spheres, all rotated and all as they are; the same digits in both. */
export function testSets(digits: Digits, e: Experiment): TestSets {
  const sphere = (images: ImageSet, rotations?: number) =>
    sphericalDataset({
      digits: images,
      bandwidth: e.bandwidth,
      images: e.testImages,
      rotations,
      seed: TEST_SEED,
      mode: e.fidelity,
    });
  return { rotated: sphere(digits.test), unrotated: sphere(digits.test, 0) };
}
