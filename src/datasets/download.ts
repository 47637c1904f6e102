import { join } from 'node:path';
import { UsageError } from '../util/check';
import { makeWritable, writeFileAtomic } from '../util/files';
import type { Archive, ArchiveFile } from './archives';
import { missingFiles, shortPath } from './folder';
import { get } from './http';
import { idxSize, isPacked, parseIdx } from './idx';

export interface DownloadOptions {
  /** addresses of folders, tried in turn */
  mirrors: readonly string[];
  clock?: Clock;
  log?: (line: string) => void;
}

/** Time, for tests to stop. */
export interface Clock {
  /** milliseconds */
  now(): number;
  /** calls `run` once, so many milliseconds from now. @returns what stops it */
  after(milliseconds: number, run: () => void): () => void;
}

const realClock: Clock = {
  now: Date.now,
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Milliseconds that a server may stay silent, and that pass before its speed is judged. */
const PATIENCE = 5000;

/** Bytes that packing may add to the smallest file. */
const HEAD = 1000;

/** Bytes in a second; the largest file is 26 MB. */
const LEAST_SPEED = 10_000;

/** No mirror has what is wanted; the reasons have been logged. */
export class NoMirror extends Error {
  override name = 'NoMirror';
}

/**
 * Downloads the files of a data set that a folder lacks. A file is put in place only when it is whole and
 * its checksum is right, so an interrupted download goes on with the next file.
 * @throws NoMirror if none serves a file; UsageError if the folder cannot be written
 */
export async function downloadArchive(
  folder: string,
  archive: Archive,
  options: DownloadOptions,
): Promise<void> {
  const mirrors = [...options.mirrors];
  writing(folder, () => makeWritable(folder));
  for (const file of missingFiles(folder, archive)) await downloadFile(folder, file, mirrors, options);
}

/** A mirror that fails is struck off the list: it would fail for the next file as well. */
async function downloadFile(
  folder: string,
  file: ArchiveFile,
  mirrors: string[],
  { clock = realClock, log = () => {} }: DownloadOptions,
): Promise<void> {
  while (mirrors.length > 0) {
    const url = `${mirrors[0].replace(/\/$/, '')}/${file.name}.gz`;
    let bytes: Uint8Array;
    try {
      bytes = await fetchBytes(url, idxSize(file), clock);
      parseIdx(bytes, file);
    } catch (error) {
      log(`${url}: ${(error as Error).message}`);
      mirrors.shift();
      continue;
    }
    const name = isPacked(bytes) ? `${file.name}.gz` : file.name; // some servers unpack on the way
    writing(folder, () => writeFileAtomic(join(folder, name), bytes));
    log(`${url}: ${(bytes.length / 1e6).toFixed(1)} MB, checksum right`);
    return;
  }
  throw new NoMirror(`no mirror serves ${file.name}.gz`);
}

/** @throws UsageError in place of an error of the file system: a full disk, a folder that is only to be read */
function writing(folder: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UsageError(
      `cannot download to ${shortPath(folder)} (${(error as Error).message}). Set EQUISPHERE_DATA to a folder that has ` +
        'the files, or ask for the built-in glyphs by name.',
    );
  }
}

/** @param most bytes of the file, unpacked. @throws Error that says what is wrong */
async function fetchBytes(url: string, most: number, clock: Clock): Promise<Uint8Array> {
  const started = clock.now();
  const silence = new AbortController();
  const wait = () => clock.after(PATIENCE, () => silence.abort());
  let stop = wait();
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of await get(url, silence.signal)) {
      stop();
      stop = wait();
      chunks.push(chunk);
      size += chunk.length;
      const milliseconds = clock.now() - started;
      if (size > most + HEAD) throw new Error(`more than the ${most} bytes of the file`);
      if (milliseconds > PATIENCE && size < (LEAST_SPEED * milliseconds) / 1000)
        throw new Error(`slower than ${LEAST_SPEED / 1000} kB/s`);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw silence.signal.aborted ? new Error(`no answer for ${PATIENCE / 1000} s`) : error;
  } finally {
    stop();
  }
}
