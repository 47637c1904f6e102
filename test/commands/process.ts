import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../src/util/files';

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface Started {
  child: ChildProcess;
  /** what it has said so far */
  said: { out: string; err: string };
  /** once all processes have ended that hold its output */
  ended: Promise<Outcome>;
}

/** Starts the real command line, as `npm run equisphere` does, in a process group of its own. */
export function start(...args: string[]): Started {
  const script = join(repositoryRoot, 'bin', 'equisphere.cjs');
  const child = spawn(process.execPath, [script, ...args], { cwd: tmpdir(), detached: true });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (code, signal) => resolve({ ...said, code, signal }));
  });
  return { child, said, ended };
}

export const run = (...args: string[]) => start(...args).ended;

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
