import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Interrupted } from '../training/interrupted';
import { check } from '../util/check';
import { repositoryRoot } from '../util/files';
import { listOf, wordOf } from './arguments';
import type { Command, Values } from './command';

export const command: Command = {
  name: 'bench',
  about: 'measure the speed of transforms, layers and networks',
  help: 'Runs bench/run.ts in a process of its own; `npm run bench -- --help` explains the rows.',
  options: {
    rows: { type: 'string', value: 'LIST', help: 'some of the rows, as in A,D (all)' },
    compare: { type: 'boolean', help: 'print what got slower, write nothing' },
    engine: { type: 'string', value: 'NAME', help: 'another engine than wasm' },
    growth: { type: 'boolean', help: 'time over bandwidth' },
    phases: { type: 'boolean', help: 'where the time goes' },
  },
  run: async (values, { signal }) => {
    const script = join(repositoryRoot, 'bench', 'run.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...wordsOf(values)], {
      cwd: repositoryRoot,
      stdio: 'inherit',
    });
    signal.addEventListener('abort', () => child.kill());
    const [code] = await once(child, 'exit');
    if (signal.aborted) throw new Interrupted();
    check(code === 0, `bench/run.ts ended with exit code ${code}`);
  },
};

function wordsOf(values: Values): string[] {
  const flags = ['compare', 'growth', 'phases'].filter((name) => values[name]).map((name) => `--${name}`);
  const engine = wordOf(values.engine);
  return [...(listOf('rows', values) ?? []), ...flags, ...(engine ? ['--engine', engine] : [])];
}
