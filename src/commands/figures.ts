import { join } from 'node:path';
import { repositoryRoot } from '../util/files';
import { wordOf } from './arguments';
import type { Command, Context } from './command';
import { resultsFolder, resultsOption } from './folders';

export const command: Command = {
  name: 'figures',
  about: 'draw all figures from the results',
  help: 'Writes every figure as .svg, .png and .html, and what it plots as .csv. Nothing is trained.',
  options: {
    ...resultsOption,
    figures: { type: 'string', value: 'FOLDER', help: 'where the figures go (figures)' },
  },
  run: (values, context) => {
    const folder = wordOf(values.figures) ?? join(repositoryRoot, 'figures');
    return writeAllFigures(resultsFolder(values), folder, context);
  },
};

export async function writeAllFigures(results: string, folder: string, { status }: Context): Promise<void> {
  status.log(`figures: from ${results} to ${folder}`);
  const { writeFigures }: typeof import('../figures/write') = require('../figures/write');
  const names = await writeFigures({ results, folder, log: status.log });
  status.log(`figures: ${names.length} written`);
}
