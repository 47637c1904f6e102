import { isDeepStrictEqual } from 'node:util';
import type { DatasetName } from '../datasets/digits';
import { type Task, tasks } from '../datasets/task';
import type { Network } from '../models/network';
import { networkOf } from '../models/presets';
import { check, checkInteger, checkKeys, checkList, checkOneOf } from '../util/check';
import { axesOf, type Experiment, experiment, experimentId } from './experiment';
import { faultsIn, rotationsOfEach } from './fidelity';
import type { Series, Tier } from './tier';
import { modelsFor, modelsOf, partsOf, tierOf } from './tiers';

export interface GridChoice {
  dataset: DatasetName;
  /** parts of the tier; default: all of it */
  tasks?: readonly string[];
  models?: readonly string[];
  parts?: readonly string[];
  /** other seeds than the tier's */
  seeds?: readonly number[];
}

/**
 * The experiments of a tier, in the order in which they are of most use: wave by wave; in a wave all of one seed before
 * the next; and within it every series at its least data before any at its second. None stands there twice.
 *
 * Series with a data set of their own are left out where the built-in glyphs are asked for.
 * @throws UsageError for a task, model or part that the tier does not have
 */
export function gridOf(tier: Tier, choice: GridChoice): Experiment[] {
  checkKeys('gridOf', choice, { dataset: true, tasks: true, models: true, parts: true, seeds: true });
  check(tier?.series !== undefined, () => `gridOf: expected a tier, as from tierOf, got ${tier}`);
  const { dataset: _, ...lists } = choice;
  for (const [key, list] of Object.entries(lists)) if (list !== undefined) checkList(`gridOf: ${key}`, list);
  for (const task of choice.tasks ?? []) checkOneOf('task', task, tasks);
  for (const model of choice.models ?? [])
    checkOneOf(`model of the ${tier.name} tier`, model, modelsOf(tier));
  for (const part of choice.parts ?? []) checkOneOf(`part of the ${tier.name} tier`, part, partsOf(tier));
  const series = tier.series.filter((s) => isChosen(s, choice));
  check(series.length > 0, () => `the ${tier.name} tier has no experiments of ${wordsOf(choice)}`);
  const turns = series.flatMap((s) => {
    const seeds = choice.seeds ?? s.seeds ?? tier.seeds;
    return seeds.flatMap((seed) => s.images.map((images, rung) => ({ s, seed, images, rung })));
  });
  turns.sort((a, b) => a.s.wave - b.s.wave || a.seed - b.seed || a.rung - b.rung); // stable: series in their order
  const found = turns.map(({ s, seed, images }) => experimentOf(tier, s, images, choice.dataset, seed));
  return [...new Map(found.map((e) => [experimentId(e), e])).values()];
}

/** What decides an experiment besides a tier's own choices. */
export interface AmountChoice {
  task: Task;
  model: string;
  dataset: DatasetName;
  images: number;
  /** distinct ones; 0: unrotated */
  rotations: number;
  seed?: number;
}

/**
 * An experiment with a tier's recipe for a network, at any amount of data.
 * @throws UsageError for a model that the tier does not train for the task, or more rotations than images
 */
export function experimentAt(tier: Tier, choice: AmountChoice): Experiment {
  const { task, images, rotations, dataset, seed = tier.seeds[0] } = choice;
  const known = modelsFor(tier, task);
  const model = checkOneOf(`model of the ${tier.name} tier for ${task}`, choice.model, known);
  checkInteger('images', images, 1);
  checkInteger('rotations', rotations, 0, images);
  const { recipe, milliseconds } = tier.series.find((s) => s.task === task && s.model === model)!;
  const series: Series = {
    part: '',
    wave: 0,
    task,
    model,
    images: [images],
    rotations,
    recipe,
    milliseconds,
  };
  return experimentOf(tier, series, images, dataset, seed);
}

/** `segmentation, cnn-1m, E5 on glyphs` */
function wordsOf({ tasks = [], models = [], parts = [], dataset }: GridChoice): string {
  return `${[...tasks, ...models, ...parts].join(', ')} on ${dataset}`;
}

function isChosen({ task, model, part, dataset }: Series, choice: GridChoice): boolean {
  return (
    (choice.tasks ?? [task]).includes(task) &&
    (choice.models ?? [model]).includes(model) &&
    (choice.parts ?? [part]).includes(part) &&
    !(dataset && choice.dataset === 'glyphs')
  );
}

/** The tier's prior guess of how long an experiment takes, in seconds. */
export function expectedSeconds(e: Experiment): number {
  const tier = tierOf(e.tier);
  const isOf = (s: Series) =>
    s.model === e.model &&
    s.task === e.task &&
    isDeepStrictEqual(networkIn(s, s.bandwidth ?? tier.bandwidth), e.network);
  return ((tier.series.find(isOf)?.milliseconds ?? 10) * e.steps * e.batchSize) / 1000;
}

function experimentOf(
  tier: Tier,
  series: Series,
  images: number,
  dataset: DatasetName,
  seed: number,
): Experiment {
  const { task, model, bandwidth = tier.bandwidth } = series;
  const { validationImages, testImages } = tier;
  const { spheres, passes = Number.POSITIVE_INFINITY, validateEvery, ...recipe } = series.recipe;
  const stepsFor = (count: number) => Math.max(1, Math.ceil(count / recipe.batchSize));
  return experiment({
    tier: tier.name,
    task,
    model,
    network: networkIn(series, bandwidth),
    dataset: series.dataset ?? dataset,
    bandwidth,
    images,
    rotations: rotationsOf(series, images),
    ...axesOf(series),
    validationImages,
    testImages,
    seed,
    ...recipe,
    steps: stepsFor(Math.min(spheres, images * passes)),
    validateEvery: stepsFor(validateEvery),
  });
}

function networkIn({ task, model, variant, fidelity = 'corrected' }: Series, bandwidth: number): Network {
  const inputRange = faultsIn(fidelity).input ? 255 : 1;
  return { ...networkOf(model, { task, bandwidth, inputRange }), ...variant } as Network;
}

function rotationsOf({ rotations, fidelity = 'corrected' }: Series, images: number): number {
  return rotations === 'each' ? rotationsOfEach(images, fidelity) : Math.min(rotations, images);
}
