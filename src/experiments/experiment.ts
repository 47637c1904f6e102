import { type DatasetName, datasetNames } from '../datasets/digits';
import { classCount, type Task, tasks } from '../datasets/task';
import { canonicalNetwork, checkNetwork, gridSize, type Network } from '../models/network';
import { modelNames, networkOf } from '../models/presets';
import { type Schedule, schedules } from '../training/learning_rate';
import {
  check,
  checkInteger,
  checkKeys,
  checkName,
  checkOneOf,
  checkPositive,
  UsageError,
} from '../util/check';
import { digest } from '../util/files';
import { canonicalFidelity, faultsIn, rotationsOfEach } from './fidelity';

/** One training and its tests, as data: everything that its numbers depend on, besides code and engine. */
export interface Experiment {
  /** names for people; what they stand for is in the other fields */
  tier: string;
  model: string;
  task: Task;
  network: Network;
  dataset: DatasetName;
  bandwidth: number;
  /** training images */
  images: number;
  /** distinct rotations among them; 0: unrotated */
  rotations: number;
  /** 1 to 4 */
  digitsPerSphere: number;
  /** the data generator: 'corrected', 'released', or names of single faults, as in 'sampling+grid' */
  fidelity: string;
  validationImages: number;
  /** 0: a trial, which never sees a test image */
  testImages: number;
  /** of the choice of images, their rotations, the initial weights and the shuffles; the test sets are always the same */
  seed: number;
  /** optimiser steps of the longest training allowed */
  steps: number;
  batchSize: number;
  learningRate: number;
  schedule: Schedule;
  /** steps until the learning rate is reached */
  warmup: number;
  /** steps between validations */
  validateEvery: number;
  /** validations without a better one after which training stops; 0: it does not */
  patience: number;
}

/** Fields at these values leave the id: an axis that is added later keeps the ids of all that do not use it. */
const defaults = {
  digitsPerSphere: 1,
  fidelity: 'corrected',
  warmup: 0,
  patience: 0,
} as const satisfies Partial<Experiment>;

/** What an experiment need not say. */
export type Axes = Pick<Experiment, keyof typeof defaults>;

/** Those of the axes that an object gives. */
export function axesOf(fields: Partial<Axes>): Partial<Axes> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key in defaults));
}

const counts = ['bandwidth', 'images', 'validationImages', 'steps', 'batchSize', 'validateEvery'] as const;
const countsOrZero = ['testImages', 'seed', 'patience'] as const;

/** What each field must be; those that are held against others come after them. */
const checks: Record<keyof Experiment, (e: Experiment) => unknown> = {
  ...integers(counts, 1),
  ...integers(countsOrZero, 0),
  tier: (e) => checkName('experiment: tier', e.tier),
  model: (e) => checkName('experiment: model', e.model),
  task: (e) => checkOneOf('task', e.task, tasks),
  network: checkFit,
  dataset: (e) => checkOneOf('data set', e.dataset, datasetNames),
  fidelity: (e) => canonicalFidelity(e.fidelity),
  rotations: checkRotations,
  digitsPerSphere: checkDigits,
  schedule: (e) => checkOneOf('schedule', e.schedule, schedules),
  warmup: (e) => checkInteger('experiment: warmup', e.warmup, 0, e.steps),
  learningRate: (e) => checkPositive('experiment: learningRate', e.learningRate),
};

/** Fields that may be left out. */
type Optional = keyof typeof defaults | 'network';

export type ExperimentFields = Omit<Experiment, Optional> & Partial<Pick<Experiment, Optional>>;

/**
 * Fills in defaults, looks the network up by the model's name unless it is given, checks and freezes.
 * @throws UsageError for an unknown or missing field, or a value that cannot be
 */
export function experiment(fields: ExperimentFields): Readonly<Experiment> {
  checkKeys('experiment', fields, Object.keys(checks));
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const named = { ...defaults, ...given } as ExperimentFields & typeof defaults;
  const { network: _, ...checksOfNamed } = checks;
  for (const [key, isRight] of Object.entries(checksOfNamed)) {
    check(key in named, `experiment: "${key}" is missing`);
    isRight(named as Experiment);
  }
  const network = canonicalNetwork(named.network ?? networkNamed(named));
  const e = structuredClone({ ...named, fidelity: canonicalFidelity(named.fidelity), network });
  checks.network(e);
  return deepFreeze(e);
}

/** The network that the model's name stands for, fitted to the data. */
function networkNamed({ model, task, bandwidth, fidelity = defaults.fidelity }: ExperimentFields): Network {
  return networkOf(model, { task, bandwidth, inputRange: faultsIn(fidelity).input ? 255 : 1 });
}

/**
 * How the network differs from the one that the model's name stands for today, as in `upsampling released`; else ''.
 * `another network` if the name has none for such data.
 */
export function variantOf(e: Experiment): string {
  if (!modelNames.includes(e.model)) return '';
  const today = networkNamedOrNone(e);
  if (!today) return 'another network';
  const [own, named] = [e.network, today] as unknown as Record<string, unknown>[];
  const keys = [...new Set([...Object.keys(own), ...Object.keys(named)])].sort();
  const different = keys.filter((key) => JSON.stringify(own[key]) !== JSON.stringify(named[key]));
  return different.map((key) => `${key} ${own[key] ?? 'by default'}`).join(', ');
}

function networkNamedOrNone(e: Experiment): Network | undefined {
  try {
    return networkNamed(e);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** First 12 hexadecimal digits of the SHA-256 of what the experiment is: its JSON without names and defaults. */
export function experimentId(e: Experiment): string {
  const { tier, model, ...content } = e;
  const kept = Object.entries(content).filter(
    ([key, value]) => defaults[key as keyof typeof defaults] !== value,
  );
  return digest('sha256', sortedJson(Object.fromEntries(kept))).slice(0, 12);
}

/** The same for experiments that differ in nothing but their seed. */
export function settingId(e: Experiment): string {
  return experimentId({ ...e, seed: 0 });
}

/** One line for people: `segmentation, cnn-1m, bandwidth 16, 60000 images of mnist, 60000 rotations, seed 1`. */
export function describeExperiment(e: Experiment): string {
  const { task, model, bandwidth, dataset, images, rotations, seed, digitsPerSphere, fidelity } = e;
  const parts = [
    task,
    model,
    `bandwidth ${bandwidth}`,
    `${images} images of ${dataset}`,
    rotations ? `${rotations} rotations` : 'unrotated',
  ];
  if (digitsPerSphere > 1) parts.push(`${digitsPerSphere} digits a sphere`);
  if (fidelity !== defaults.fidelity) parts.push(`fidelity ${fidelity}`);
  if (variantOf(e)) parts.push(variantOf(e));
  return [...parts, `seed ${seed}`].join(', ');
}

function checkFit({ network, task, bandwidth }: Experiment): void {
  checkNetwork(network);
  check(network.task === task, `experiment: network: not a network for ${task}`);
  const size = gridSize(network);
  check(
    size === 2 * bandwidth,
    `experiment: network: expected a grid of bandwidth ${bandwidth}, got ${size / 2}`,
  );
  const { channels = 1, classes } = network;
  check(channels === 1, `experiment: network: expected 1 channel, got ${channels}`);
  check(
    classes === classCount(task),
    `experiment: network: expected ${classCount(task)} classes, got ${classes}`,
  );
}

function integers<Key extends keyof Experiment>(keys: readonly Key[], low: number) {
  const entries = keys.map((key) => [
    key,
    (e: Experiment) => checkInteger(`experiment: ${key}`, e[key], low),
  ]);
  return Object.fromEntries(entries) as Record<Key, (e: Experiment) => unknown>;
}

/** The released generator leaves no choice: one rotation for 500 images. */
function checkRotations({ rotations, images, fidelity }: Experiment): void {
  checkInteger('experiment: rotations', rotations, 0, images);
  const released = rotationsOfEach(images, fidelity);
  check(
    rotations === 0 || rotations === released || !faultsIn(fidelity).rotations,
    () =>
      `experiment: with the fidelity "${fidelity}" ${images} images have ${released} rotations, not ${rotations}`,
  );
}

function checkDigits({ digitsPerSphere, task }: Experiment): void {
  checkInteger('experiment: digitsPerSphere', digitsPerSphere, 1, 4);
  check(
    digitsPerSphere === 1 || task === 'segmentation',
    'experiment: a sphere with several digits has no label to classify',
  );
}

function deepFreeze<T extends object>(value: T): Readonly<T> {
  for (const inner of Object.values(value)) if (inner && typeof inner === 'object') deepFreeze(inner);
  return Object.freeze(value);
}

/** JSON with the keys of every object in order. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
