import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { check, checkOneOf } from '../util/check';
import { makeWritable, repositoryRoot } from '../util/files';
import { Interrupted } from '../util/interrupted';
import { listOf, wordOf } from './arguments';
import type { Command, Values } from './command';
import { engineOf } from './engine';

export const command: Command = {
  name: 'bench',
  about: 'measure the speed of transforms, layers and networks',
  help: 'Runs bench/run.ts in a process of its own; `npm run bench -- --help` explains the rows.',
  options: {
    rows: { type: 'string', value: 'LIST', help: 'some of the rows, as in A,D (all)' },
    compare: { type: 'boolean', help: 'print what got slower, write nothing' },
    engine: { type: 'string', value: 'NAME', help: 'another engine than wasm' },
    gemm: { type: 'string', value: 'NAME', help: 'products by blas or by simd only (both)' },
    threads: { type: 'boolean', help: 'one thread against all, by turns' },
    growth: { type: 'boolean', help: 'time over bandwidth' },
    phases: { type: 'boolean', help: 'where the time goes' },
    late: { type: 'boolean', help: 'a real training: how much slower late steps are than early ones' },
  },
  run: async (values, { signal }) => {
    checkTogether(values);
    const words = wordsOf(values);
    const folder = join(repositoryRoot, 'bench');
    if (!values.compare) makeWritable(folder);
    const script = join(folder, 'run.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...words], {
      cwd: repositoryRoot,
      stdio: ['inherit', 'inherit', 'pipe'],
    });
    let complaints = '';
    child.stderr.on('data', (chunk) => {
      complaints += chunk;
    });
    signal.addEventListener('abort', () => child.kill());
    const [code] = await once(child, 'close');
    if (signal.aborted) throw new Interrupted();
    check(code !== 2, complaints.trim());
    if (code !== 0) throw failureOf(complaints.trim() || `bench/run.ts ended with exit code ${code}`);
  },
};

/** An error of the other process: where it arose is not to be seen from here. */
function failureOf(message: string): Error {
  return Object.assign(new Error(message), { stack: message });
}

/** Measurements of their own. */
const alone = ['growth', 'phases', 'late', 'threads'];

function checkTogether(values: Values): void {
  const [one, another] = alone.filter((name) => values[name]);
  check(!another, `--${one} and --${another}: expected one of them, got both`);
  const others = [...(one === 'threads' ? [] : ['rows']), 'compare', 'engine', 'gemm'];
  for (const other of others) check(!one || values[other] === undefined, `--${other}: not with --${one}`);
}

function wordsOf(values: Values): string[] {
  const flags = ['compare', ...alone].filter((name) => values[name]).map((name) => `--${name}`);
  const engine = engineOf(values);
  const gemm = wordOf(values.gemm);
  if (gemm !== undefined) checkOneOf('gemm', gemm, ['blas', 'simd']);
  return [
    ...(listOf('rows', values) ?? []),
    ...flags,
    ...(engine ? ['--engine', engine] : []),
    ...(gemm ? ['--gemm', gemm] : []),
  ];
}
