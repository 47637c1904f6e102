import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { check } from './check';

/** The repository's root: the folder that holds package.json. */
export const repositoryRoot = join(__dirname, '..', '..');

/** What a user's own runs make; out of version control. */
export const outFolder = join(repositoryRoot, 'out');

/** In it, what experiments keep that cells of notebooks ask for. */
export const cellsFolder = join(outFolder, 'cells');

/** Writes a file so that a reader sees the old content or the new one, never half of it. */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  makeFolder(dirname(path));
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    namingFile(path, () => writeFileSync(temporary, content));
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes to a file. @throws what `write` throws; an error that does not name the file, as of a full disk, names it */
export function namingFile<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (isOfSystem(error as Error) && !(error as NodeJS.ErrnoException).path)
      (error as Error).message += ` '${path}'`;
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

/** Whether a folder is there. */
export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Makes a folder and its parents unless they are there. @throws UsageError if a file is in the way or the place takes no folders, or the system's error */
export function makeFolder(folder: string): void {
  try {
    makeEach(folder);
  } catch (error) {
    checkWritable(folder); // says more than Node's ENOENT for a parent on a read-only file system
    throw error;
  }
}

/**
 * Node's own recursive mkdir takes every ENOENT for a missing parent: in /proc, which is there and lets nobody make
 * anything, it goes round for ever.
 */
function makeEach(folder: string): void {
  if (isFolder(folder)) return;
  makeEach(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (isFolder(folder)) return; // another process was quicker
    const { code } = error as NodeJS.ErrnoException;
    check(code !== 'ENOENT', `${dirname(folder)}: no folder can be made in it`);
    throw error;
  }
}

/** As makeFolder. @throws the system's error, too, if nothing can be written there */
export function makeWritable(folder: string): void {
  makeFolder(folder);
  checkWritable(folder);
}

/** Makes nothing. @throws UsageError if a file is in the way of a folder, or the system's error if nothing can be written there */
export function checkWritable(folder: string): void {
  const there = nearestThere(folder);
  check(isFolder(there), () => `${there}: expected a folder, found a file`);
  accessSync(there, constants.W_OK | constants.X_OK);
}

function nearestThere(folder: string): string {
  return existsSync(folder) ? folder : nearestThere(dirname(folder));
}
