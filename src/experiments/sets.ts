import type { Digits } from '../datasets/digits';
import {
  SphereSampler,
  type SphericalDataset,
  type SphericalRecipe,
  sphericalDataset,
} from '../datasets/spherical';
import { splitDigits } from '../datasets/split';
import type { Rotation } from '../math/rotation';
import type { TrainingData } from '../training/loop';
import { Random } from '../util/random';
import type { Experiment } from './experiment';
import { faultsIn } from './fidelity';

export interface TestSets {
  rotated: SphericalDataset;
  unrotated: SphericalDataset;
}

/** All experiments are tested on the same images in the same rotations. */
const TEST_SEED = 20220707;

/**
 * Training and validation sets; both unrotated, or both rotated. The validation digits are held out, never trained on;
 * rotated ones have a rotation each, however few the training set has.
 */
export function trainingSets(digits: Digits, e: Experiment): TrainingData {
  const train = { ...common(e), digits: splitDigits(digits.train).train, images: e.images, seed: e.seed };
  return {
    train: heldOrMade({ ...train, ...rotationsOf(e, e.rotations) }),
    validation: e.rotations === 0 ? validationSet(digits, e, 0) : rotatedValidationSet(digits, e),
  };
}

/** The validation spheres, each by a rotation of its own, whatever the experiment trains on. */
export function rotatedValidationSet(digits: Digits, e: Experiment): SphericalDataset {
  return validationSet(digits, e, e.validationImages);
}

/** The test spheres, all rotated and all as they are; the same digits in both. */
export function testSets(digits: Digits, e: Experiment): TestSets {
  const spheres = (rotations: number) => sphericalDataset(testRecipe(digits, e, rotations));
  return { rotated: spheres(e.testImages), unrotated: spheres(0) };
}

/** The rotated test spheres, all of them turned once more before they are sampled. */
export function turnedTestSpheres(digits: Digits, e: Experiment, turned: Rotation): SphereSampler {
  return new SphereSampler({ ...testRecipe(digits, e, e.testImages), turned });
}

function testRecipe(digits: Digits, e: Experiment, rotations: number): SphericalRecipe {
  return {
    ...common(e),
    digits: digits.test,
    images: e.testImages,
    ...rotationsOf(e, rotations),
    seed: TEST_SEED,
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

function validationSet(digits: Digits, e: Experiment, rotations: number): SphericalDataset {
  return sphericalDataset({
    ...common(e),
    digits: splitDigits(digits.train).validation,
    images: e.validationImages,
    ...rotationsOf(e, rotations),
    seed: Random.of(e.seed, 'validation').uint32(),
  });
}

/** What all sets of an experiment share. */
function common({ bandwidth, digitsPerSphere, fidelity }: Experiment) {
  return { bandwidth, digitsPerSphere, faults: faultsIn(fidelity) };
}

/** Where the released generator's rotations are asked for, how many there are is not. */
function rotationsOf({ fidelity }: Experiment, rotations: number): { rotations?: number } {
  return rotations > 0 && faultsIn(fidelity).rotations ? {} : { rotations };
}
