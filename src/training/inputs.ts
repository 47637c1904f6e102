/** What a network and its data must be like for a task: checked once, before any engine sees them. */
import type * as tf from '@tensorflow/tfjs';
import type { SphericalDataset } from '../datasets/spherical';
import { classCount, type Task } from '../datasets/task';
import { check, checkInteger, checkShape, UsageError } from '../util/check';
import { type SphereSource, targets } from './batches';
import { checkClasses } from './classes';

/**
 * @param allowed what the set may be; only training takes a source
 * @throws UsageError if the network cannot be trained or evaluated on such data
 */
export function checkInputs(
  who: string,
  model: tf.LayersModel,
  set: SphericalDataset | SphereSource,
  task: Task,
  allowed: 'spheres' | 'or a source' = 'spheres',
): void {
  const isModel = Array.isArray(model?.inputs) && Array.isArray(model.outputs);
  check(isModel, () => `${who}: expected a network, as from buildModel, got ${typeof model}`);
  checkIsSet(who, set);
  checkNetwork(who, model, set, task);
  if ('take' in set) checkSource(who, set, allowed);
  else checkSpheres(who, set, task);
}

function checkSource(who: string, { count }: SphereSource, allowed: string): void {
  check(
    allowed === 'or a source',
    () => `${who}: expected spheres as from sphericalDataset, got a source, which only training takes`,
  );
  checkInteger(`${who}: images`, count, 1);
}

function checkIsSet(who: string, set: SphericalDataset | SphereSource): void {
  check(
    set && ('take' in set || (set.inputs && set.labels && set.masks)),
    () => `${who}: expected spheres with labels and masks, as from sphericalDataset, got ${typeof set}`,
  );
}

/** @throws UsageError for sizes that do not agree, pixels that are not finite, and classes that are none */
export function checkSpheres(who: string, set: SphericalDataset, task: Task): void {
  const count = checkInteger(`${who}: images`, set.count, 1);
  const points = 4 * set.bandwidth ** 2;
  const perTarget = task === 'classification' ? 1 : points;
  const [name, found] = task === 'classification' ? ['labels', set.labels] : ['masks', set.masks];
  check(
    set.inputs.length === count * points,
    () => `${who}: expected ${count * points} pixels for ${count} images, got ${set.inputs.length}`,
  );
  check(
    found.length === count * perTarget,
    () =>
      `${who}: expected ${count * perTarget} ${name} for ${count} images, got ${found.length}${hint(set, task)}`,
  );
  checkFinite(who, set.inputs);
  checkClasses(`${who}: ${name}`, targets(set, task), classCount(task));
}

function hint({ labels }: SphericalDataset, task: Task): string {
  return task === 'classification' && labels.length === 0
    ? ' (several digits on a sphere have masks, but no label)'
    : '';
}

function checkFinite(who: string, pixels: Float32Array): void {
  for (let i = 0; i < pixels.length; i++)
    if (!Number.isFinite(pixels[i]))
      throw new UsageError(`${who}: expected finite pixels, got ${pixels[i]} at number ${i}`);
}

function checkNetwork(
  who: string,
  { inputs, outputs }: tf.LayersModel,
  { bandwidth }: { bandwidth: number },
  task: Task,
): void {
  const side = 2 * checkInteger(`${who}: bandwidth`, bandwidth, 1);
  const perPixel = task === 'classification' ? [] : [side, side];
  checkShape(`${who}: the network's input`, inputs[0].shape, ['batch', side, side, 1]);
  checkShape(`${who}: the network's logits for ${task}`, outputs[0].shape, [
    'batch',
    ...perPixel,
    classCount(task),
  ]);
}
