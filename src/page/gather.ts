import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { bestOnValidation } from '../analysis/contestants';
import type { Digits, ImageSet } from '../datasets/digits';
import { tasks } from '../datasets/task';
import { datasetTitle } from '../datasets/title';
import { kernelBinaries } from '../engine/wasm/kernels/load';
import { gridSize } from '../models/network';
import { checkNetworks, readNetwork } from '../results/networks';
import { check } from '../util/check';
import { toFloat16 } from '../util/float16';
import type { PageImages, PageNetwork, Payload, Training } from './payload';

/** Images of each digit. */
const each = 5;

/** Where data sets come from, for the page's last line. */
const licences: Record<Digits['name'], string> = {
  mnist: 'MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, CC BY-SA 3.0',
  'fashion-mnist': 'FashionMNIST by Han Xiao, Kashif Rasul and Roland Vollgraf, © 2017 Zalando SE, MIT',
  glyphs: 'glyphs drawn by equisphere, MIT',
};

/**
 * Everything that the page holds.
 * @param networks folder of published networks
 * @throws UsageError if there is none
 */
export function gather(digits: Digits, networks?: string): Payload {
  const all = checkNetworks(networks).map((name) => readNetwork(name, networks));
  const chosen = tasks
    .flatMap((task) => choose(all.filter(({ card }) => card.experiment.task === task)))
    .map(pageNetwork);
  const bandwidths = new Set(chosen.map(bandwidthOf));
  check(
    bandwidths.size === 1,
    `the page shows networks on one grid, not on ${[...bandwidths].join(' and ')}`,
  );
  const missing: Payload['missing'] = {};
  for (const task of tasks) {
    const words = missingWords(chosen.filter((network) => network.task === task));
    if (words) missing[task] = words;
  }
  return {
    bandwidth: bandwidthOf(chosen[0]),
    networks: chosen,
    images: imagesOf(digits),
    missing,
    wasm: {
      tensorflow: readFileSync(
        require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'),
      ).toString('base64'),
      kernels: kernelBinaries('unshared').map((binary) => Buffer.from(binary).toString('base64')),
    },
  };
}

type Published = ReturnType<typeof readNetwork>;

/**
 * Of one task: the S2CNN, then CNNs of one architecture, unrotated and rotated. Of several architectures it is the one
 * that has both, then the one whose rotated training did best on validation spheres, as of several S2CNNs.
 */
function choose(networks: readonly Published[]): Published[] {
  const s2cnn = best(networks.filter(({ card }) => card.experiment.network.family === 's2cnn'));
  const cnns = networks.filter(({ card }) => card.experiment.network.family === 'cnn');
  const rotated = cnns.filter(({ card }) => card.experiment.rotations > 0);
  const unrotated = cnns.filter(({ card }) => card.experiment.rotations === 0);
  const hasBoth = rotated.filter((one) => unrotated.some((other) => isSameNetwork(one, other)));
  const cnn = best(hasBoth.length > 0 ? hasBoth : rotated) ?? best(unrotated);
  const twin = cnn && best(unrotated.filter((other) => isSameNetwork(cnn, other)));
  return [...new Set([s2cnn, twin, cnn])].filter((one): one is Published => one !== undefined);
}

function best(networks: readonly Published[]): Published | undefined {
  const row = bestOnValidation(networks.map(({ card }) => card.result));
  return networks.find(({ card }) => card.result === row);
}

function isSameNetwork(one: Published, other: Published): boolean {
  return isDeepStrictEqual(one.card.experiment.network, other.card.experiment.network);
}

function missingWords(networks: readonly PageNetwork[]): string {
  const has = (family: string, training?: Training) =>
    networks.some((n) => n.network.family === family && (!training || n.training === training));
  const absent = [
    ...(has('s2cnn') ? [] : ['the S2CNN']),
    ...(has('cnn', 'unrotated') ? [] : ['the CNN trained on unrotated digits']),
    ...(has('cnn', 'rotated') ? [] : ['the CNN trained on rotated digits']),
  ];
  if (absent.length === 0) return '';
  const list = absent.length < 2 ? absent[0] : `${absent.slice(0, -1).join(', ')} and ${absent.at(-1)}`;
  return `Not trained yet, and so not shown: ${list}.`;
}

function pageNetwork({ card, weights }: Published): PageNetwork {
  const { name, experiment, result } = card;
  const halves = weights.map(toFloat16);
  return {
    name,
    task: experiment.task,
    training: experiment.rotations > 0 ? 'rotated' : 'unrotated',
    images: experiment.images,
    scoreRotated: card.score,
    converged: result.converged,
    network: experiment.network,
    seed: experiment.seed,
    lengths: weights.map(({ length }) => length),
    weights: Buffer.concat(halves.map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength))).toString(
      'base64',
    ),
  };
}

function bandwidthOf({ network }: PageNetwork): number {
  return gridSize(network) / 2;
}

/** The first of each digit in the test set. */
function imagesOf({ name, test }: Digits): PageImages {
  const chosen = Array.from({ length: 10 }, (_, label) => firstOf(test, label)).flat();
  const area = test.size ** 2;
  const pixels = Buffer.concat(chosen.map((i) => test.pixels.subarray(i * area, (i + 1) * area)));
  return {
    title: datasetTitle(name),
    licence: licences[name],
    rule: `the first ${each} of each digit in the test set`,
    labels: chosen.map((i) => test.labels[i]),
    pixels: pixels.toString('base64'),
  };
}

function firstOf({ labels, count }: ImageSet, label: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
    .filter((i) => labels[i] === label)
    .slice(0, each);
}
