import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedFigure } from '../figures/study_figures';
import type { WriteOptions } from '../figures/write';
import { measuredFolder } from '../results/measurements';
import { checkResultsFolder } from '../results/read';
import { check, checkName } from '../util/check';
import { makeWritable, repositoryRoot } from '../util/files';
import { listOf, wordOf } from './arguments';
import type { Command, Context } from './command';
import { publishedFolder, singleFolders } from './folders';
import { checkPagesWritable, updateTables } from './written_tables';

export const command: Command = {
  name: 'figures',
  about: 'draw all figures from the published results, or from others',
  help: [
    'Writes every figure as .svg, .png and .html, and what it plots as .csv. Nothing is trained. From the published',
    'results it also makes the tables of README.md and docs anew.',
  ].join('\n'),
  options: {
    results: { type: 'string', value: 'FOLDER', help: 'where the results are (data/published)' },
    figures: { type: 'string', value: 'FOLDER', help: 'where the figures go (figures)' },
    add: {
      type: 'string',
      value: 'LIST',
      help: 'names of single trainings (out/single) to draw beside the study',
    },
  },
  run: async (values, context) => {
    const results = wordOf(values.results) ?? publishedFolder;
    const folder = wordOf(values.figures) ?? join(repositoryRoot, 'figures');
    const added = (listOf('add', values) ?? []).map((name) => {
      const own = singleFolders(checkName('--add', name)).results;
      check(existsSync(own), `--add: no single training "${name}": there is no ${own}`);
      return { name, results: own };
    });
    checkResultsFolder(results);
    const measured = values.results ? undefined : measuredFolder;
    const withTables = !values.results && !values.figures && added.length === 0;
    if (withTables) checkPagesWritable();
    await writeAllFigures(results, folder, context, { added, measured });
    if (withTables) updateTables();
  },
};

export async function writeAllFigures(
  results: string,
  folder: string,
  { status, signal }: Context,
  more: Pick<WriteOptions, 'added' | 'measured'> = {},
): Promise<NamedFigure[]> {
  makeWritable(folder);
  status.log(`figures: from ${results} to ${folder}`);
  const { writeFigures }: typeof import('../figures/write') = require('../figures/write');
  const figures = await writeFigures({ results, folder, ...more, log: status.log, signal });
  status.log(`figures: ${figures.length} written`);
  return figures;
}
