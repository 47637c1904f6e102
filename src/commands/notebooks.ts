import { readdirSync, readFileSync } from 'node:fs';
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

const folder = join(repositoryRoot, 'notebooks');
const numberOf = (name: string) => name.split('-')[0];

/** @throws UsageError if there are none */
function allNotebooks(): string[] {
  const all = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));
  check(all.length > 0, `no notebooks in ${folder}`);
  return all.sort();
}

/** The folder of results that a notebook shows. A notebook whose text names this variable is one that shows results. */
const RESULTS = 'EQUISPHERE_RESULTS';

/** Numbers of the notebooks that show results; the others compute all that they show, or take it from data/networks. */
export function notebooksOfResults(): string[] {
  const showsResults = (name: string) => readFileSync(join(folder, name), 'utf8').includes(RESULTS);
  return allNotebooks().filter(showsResults).map(numberOf);
}

/** @returns the paths of the executed notebooks */
export async function runNotebooks(
  { only, output, results = publishedFolder }: NotebooksRequest,
  { status, signal }: Context,
): Promise<string[]> {
  const all = allNotebooks();
  for (const number of only ?? []) checkOneOf('notebook', number, all.map(numberOf));
  const { runNotebook }: typeof import('../notebook/run') = require('../notebook/run');
  makeWritable(output ?? folder);
  const written: string[] = [];
  for (const name of all) {
    if (only && !only.includes(numberOf(name))) continue;
    const path = join(output ?? folder, name);
    const { cells, seconds } = await runNotebook(join(folder, name), {
      output: path,
      environment: { [RESULTS]: results },
      signal,
      onCell: ({ cell, cells }) => status.update(`notebook ${name}: cell ${cell} of ${cells}`),
    });
    status.log(`notebook: ${name}, ${cells} cells in ${formatSeconds(seconds)}`);
    written.push(path);
  }
  return written;
}
