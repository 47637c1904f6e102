import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { UsageError } from '../util/check';
import { type Archive, type ArchiveFile, archiveFiles } from './archives';
import { type ImageSet, imageSize } from './digits';
import { parseIdx } from './idx';

/** The path of a file in a folder, packed or not, its name with a hyphen or a dot; undefined if it is not there. */
export function pathOf(folder: string, { name }: ArchiveFile): string | undefined {
  const dotted = name.replace('-idx', '.idx');
  return [`${name}.gz`, name, `${dotted}.gz`, dotted]
    .map((known) => join(folder, known))
    .find((path) => existsSync(path));
}

/** The files of a data set that a folder lacks. */
export function missingFiles(folder: string, archive: Archive): ArchiveFile[] {
  return archiveFiles(archive).filter((file) => !pathOf(folder, file));
}

/**
 * Reads the four files of a data set. None may be missing.
 * @throws UsageError that names the file, what is wrong with it and what to do
 */
export function readFolder(folder: string, archive: Archive): { train: ImageSet; test: ImageSet } {
  const read = (file: ArchiveFile) => readValues(folder, file);
  return {
    train: imageSet(read(archive.trainImages), read(archive.trainLabels)),
    test: imageSet(read(archive.testImages), read(archive.testLabels)),
  };
}

/** A path as the user would type it: relative inside the working directory, else absolute. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}

function readValues(folder: string, file: ArchiveFile): Uint8Array {
  const path = pathOf(folder, file) ?? join(folder, file.name);
  try {
    return parseIdx(readFileSync(path), file);
  } catch (error) {
    throw new UsageError(
      `${shortPath(path)}: ${(error as Error).message}. Delete it and run again, or put a whole copy in its place.`,
    );
  }
}

function imageSet(pixels: Uint8Array, labels: Uint8Array): ImageSet {
  return { count: labels.length, size: imageSize, pixels, labels };
}
