import { join } from 'node:path';
import { makeWritable, repositoryRoot } from '../util/files';
import { wordOf } from './arguments';
import type { Command, Context, Values } from './command';
import { datasetOf, digitsOptions, getDigits } from './digits';

export const command: Command = {
  name: 'page',
  about: 'build the page on which one turns a digit and the networks answer',
  help: [
    'Writes turn-the-digit.html: one file with the published networks, some test images and the scripts, which opens from',
    'disk and needs no network. What is not published yet is left out, and the page says so.',
  ].join('\n'),
  options: {
    networks: { type: 'string', value: 'FOLDER', help: 'where the trained networks are (data/networks)' },
    figures: { type: 'string', value: 'FOLDER', help: 'where the page goes (figures)' },
    ...digitsOptions,
  },
  run: buildPage,
};

async function buildPage(values: Values, context: Context): Promise<void> {
  const folder = wordOf(values.figures) ?? join(repositoryRoot, 'figures');
  const networks = wordOf(values.networks);
  datasetOf(values);
  const { checkNetworks }: typeof import('../results/networks') = require('../results/networks');
  checkNetworks(networks);
  makeWritable(folder);
  const digits = await getDigits(values, context);
  const { writePage }: typeof import('../page/write') = require('../page/write');
  const { path, payload } = await writePage({
    digits,
    networks,
    folder,
    signal: context.signal,
  });
  const { log } = context.status;
  log(`page: ${payload.networks.map(({ name }) => name).join(', ')}`);
  for (const words of Object.values(payload.missing)) log(`page: ${words}`);
  log(`page: written to ${path}`);
}
