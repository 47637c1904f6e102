import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { check, checkOneOf } from '../util/check';
import { formatSeconds } from '../util/duration';
import { makeWritable, repositoryRoot } from '../util/files';
import { listOf } from './arguments';
import type { Command, Context } from './command';
import { publishedFolder } from './folders';

export const command: Command = {
  name: 'notebooks',
  about: 'run the notebooks on the tslab kernel and keep their outputs',
  help: 'Runs each notebook from top to bottom in a fresh kernel. A cell that fails ends the command.',
  options: {
    only: { type: 'string', value: 'LIST', help: 'some of them, by number, as in 01,03 (all)' },
  },
  run: async (values, context) => {
    await runNotebooks({ only: listOf('only', values) }, context);
  },
};

export interface NotebooksRequest {
  /** numbers of notebooks; default all */
  only?: readonly string[];
  /** folder of the executed copies; default: in place */
  output?: string;
  /** folder of the results that they show; default the published ones */
  results?: string;
}

/** @returns the paths of the executed notebooks */
export async function runNotebooks(
  { only, output, results = publishedFolder }: NotebooksRequest,
  { status, signal }: Context,
): Promise<string[]> {
  const folder = join(repositoryRoot, 'notebooks');
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb'))
    .sort();
  const numbers = all.map((name) => name.split('-')[0]);
  check(all.length > 0, `no notebooks in ${folder}`);
  for (const number of only ?? []) checkOneOf('notebook', number, numbers);
  const { runNotebook }: typeof import('../notebook/run') = require('../notebook/run');
  makeWritable(output ?? folder);
  const written: string[] = [];
  for (const [i, name] of all.entries()) {
    if (only && !only.includes(numbers[i])) continue;
    const path = join(output ?? folder, name);
    const { cells, seconds } = await runNotebook(join(folder, name), {
      output: path,
      environment: { EQUISPHERE_RESULTS: results },
      signal,
      onCell: ({ cell, cells }) => status.update(`notebook ${name}: cell ${cell} of ${cells}`),
    });
    status.log(`notebook: ${name}, ${cells} cells in ${formatSeconds(seconds)}`);
    written.push(path);
  }
  return written;
}
