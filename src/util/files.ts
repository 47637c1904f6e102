import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The repository's root: the folder that holds package.json. */
export const repositoryRoot = join(__dirname, '..', '..');

/** What a user's own runs make; out of version control. */
export const outFolder = join(repositoryRoot, 'out');

/** Writes a file so that a reader sees the old content or the new one, never half of it. */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Hexadecimal digest of a string or of bytes. */
export function digest(algorithm: 'md5' | 'sha256', content: string | Uint8Array): string {
  return createHash(algorithm).update(content).digest('hex');
}

/** Whether an error is the operating system's, as `EACCES: permission denied, mkdir '/x'`: its message says all. */
export function isOfSystem(error: Error): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && typeof syscall === 'string';
}

/** Makes a folder and its parents unless they are there. @throws the system's error if nothing can be written there */
export function makeWritable(folder: string): void {
  mkdirSync(folder, { recursive: true });
  accessSync(folder, constants.W_OK | constants.X_OK);
}
