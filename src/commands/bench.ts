import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '../util/files';
import type { Command } from './command';

export const command: Command = {
  name: 'bench',
  about: 'measure the speed of transforms, layers and networks',
  help: 'Runs bench/run.ts in a process of its own, so that nothing else is warm.',
  options: {},
  run: async () => {
    const script = join(repositoryRoot, 'bench', 'run.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      cwd: repositoryRoot,
      stdio: 'inherit',
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`bench/run.ts ended with exit code ${code}`);
  },
};
