/** Answers to the exercises of 06-training-with-and-without-rotations, as they stand in it. */
import type { LayersModel } from '@tensorflow/tfjs';
import * as es from '../../src/index';

/** How many points of a sphere's grid are digit, on average. */
export function digitPoints({ masks, count }: es.SphericalDataset): number {
  return masks.filter((label) => label > 0).length / count;
}

/** The learning rate of a step, from 0: up to the given rate in the warm-up, then along half a cosine to 0. */
export function warmedUpRate(step: number, steps: number, warmup: number, rate: number): number {
  if (step < warmup) return (rate * (step + 1)) / warmup;
  return (rate * (1 + Math.cos((Math.PI * (step - warmup)) / (steps - warmup)))) / 2;
}

/** Trains for some seconds. @returns the steps that were made */
export async function stepsIn(
  seconds: number,
  model: LayersModel,
  data: { train: es.SphericalDataset; validation: es.SphericalDataset },
): Promise<number> {
  let steps = 0;
  const signal = AbortSignal.timeout(1000 * seconds);
  const onProgress = ({ step }: es.TrainProgress) => {
    steps = step;
  };
  try {
    await es.train(model, data, { task: 'classification', steps: 1_000_000, seed: 1, signal, onProgress });
  } catch (error) {
    if ((error as Error).name !== 'Interrupted') throw error;
  }
  return steps;
}

/** The training spheres that a network had seen when its validation first had a score; undefined if it never had. */
export function spheresTo(validations: readonly es.ValidationRow[], score: number): number | undefined {
  return validations.find(({ validationScore }) => validationScore >= score)?.spheres;
}

/** How much of each digit a network reads, in percent. */
export function readByDigit(confusion: readonly ArrayLike<number>[]): number[] {
  return confusion.map((row, digit) => {
    const all = confusion.reduce((sum, answers) => sum + answers[digit], 0);
    return (100 * row[digit]) / all;
  });
}

/** The share of spheres for which two networks give the same answer, in percent. */
export function agreement(one: Uint8Array, other: Uint8Array): number {
  return (100 * one.filter((answer, i) => answer === other[i]).length) / one.length;
}

/** How many spheres there are of each distinct rotation, if each has as many. */
export function spheresPerRotation(images: number, rotations: number): number {
  return rotations === 0 ? images : images / rotations;
}

/** On how many spheres a network sees no digit at all. */
export function blindSpheres(predictions: Uint8Array, count: number): number {
  const points = predictions.length / count;
  const spheres = Array.from({ length: count }, (_, i) => predictions.subarray(i * points, (i + 1) * points));
  return spheres.filter((sphere) => sphere.every((label) => label === 0)).length;
}
