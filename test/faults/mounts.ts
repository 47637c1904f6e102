import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../../src/util/files';
import type { Outcome } from '../commands/process';

/** Why no folder can be made full or read-only here; false if one can, out of the sight of all other processes. */
export const noMounts =
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status !== 0 &&
  'mounts of its own need root, and a system that has unshare';

/** Shell commands around one that is run. */
export interface Mounts {
  before: string;
  after?: string;
}

/** Runs the command line where these shell commands were done first. */
export function runMounted({ before, after = ':' }: Mounts, ...args: string[]): Promise<Outcome> {
  const words = [process.execPath, join(repositoryRoot, 'bin', 'equisphere.cjs'), ...args];
  const command = words.map((word) => `'${word}'`).join(' ');
  const shell = `set -e; ${before}; ${command} && code=0 || code=$?; ${after}; exit $code`;
  const child = spawn('unshare', ['-m', 'bash', '-c', shell]);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ ...said, code, signal }));
  });
}

/** Makes folders read-only. */
export const readOnly = (...folders: string[]): Mounts => ({
  before: folders.map((f) => `mount --bind '${f}' '${f}'; mount -o remount,ro,bind '${f}'`).join('; '),
});

/**
 * A folder is a disk of so many kilobytes.
 * @param kept what lies on it, before and after
 */
export const smallDisk = (folder: string, kilobytes: number, kept: string): Mounts => ({
  before: `mount -t tmpfs -o size=${kilobytes}k tmpfs '${folder}'; cp -r '${kept}/.' '${folder}'`,
  after: `rm -r '${kept}'; cp -r '${folder}' '${kept}'`,
});
