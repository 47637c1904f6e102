import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { check, checkOneOf } from '../util/check';
import { formatSeconds } from '../util/duration';
import { repositoryRoot } from '../util/files';
import { listOf } from './arguments';
import type { Command, Context } from './command';

export const command: Command = {
  name: 'notebooks',
  about: 'run the notebooks on the tslab kernel and keep their outputs',
  help: 'Runs each notebook from top to bottom in a fresh kernel. A cell that fails ends the command.',
  options: {
    only: { type: 'string', value: 'LIST', help: 'some of them, by number, as in 01,03 (all)' },
  },
  run: (values, context) => runNotebooks(listOf(values.only) ?? [], context),
};

/** @param only numbers of notebooks; empty for all */
export async function runNotebooks(only: readonly string[], { status, signal }: Context): Promise<void> {
  const folder = join(repositoryRoot, 'notebooks');
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb'))
    .sort();
  const numbers = all.map((name) => name.split('-')[0]);
  check(all.length > 0, `no notebooks in ${folder}`);
  for (const number of only) checkOneOf('notebook', number, numbers);
  const { runNotebook }: typeof import('../notebook/run') = require('../notebook/run');
  for (const [i, name] of all.entries()) {
    if (only.length > 0 && !only.includes(numbers[i])) continue;
    const { cells, seconds } = await runNotebook(join(folder, name), {
      signal,
      onCell: ({ cell, cells }) => status.update(`notebook ${name}: cell ${cell} of ${cells}`),
    });
    status.log(`notebook: ${name}, ${cells} cells in ${formatSeconds(seconds)}`);
  }
}
