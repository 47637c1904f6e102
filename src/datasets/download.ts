import { join } from 'node:path';
import { writeFileAtomic } from '../util/files';
import type { Archive, ArchiveFile } from './archives';
import { missingFiles } from './folder';
import { parseIdx, unpack } from './idx';

export interface DownloadOptions {
  /** addresses of folders, tried in turn */
  mirrors: readonly string[];
  /** milliseconds a server may stay silent */
  patience?: number;
  log?: (line: string) => void;
}

/**
 * Downloads the files of a data set that a folder lacks. A file is put in place only when it is whole and
 * its checksum is right, so an interrupted download goes on with the next file.
 * @throws Error if no mirror serves a file; the reasons have been logged
 */
export async function downloadArchive(
  folder: string,
  archive: Archive,
  options: DownloadOptions,
): Promise<void> {
  const mirrors = [...options.mirrors];
  for (const file of missingFiles(folder, archive)) await downloadFile(folder, file, mirrors, options);
}

/** A mirror that fails is struck off the list: it would fail for the next file as well. */
async function downloadFile(
  folder: string,
  file: ArchiveFile,
  mirrors: string[],
  { patience = 5000, log = () => {} }: DownloadOptions,
): Promise<void> {
  while (mirrors.length > 0) {
    const url = `${mirrors[0].replace(/\/$/, '')}/${file.name}.gz`;
    let bytes: Uint8Array;
    try {
      bytes = await fetchBytes(url, patience);
      parseIdx(bytes, file);
    } catch (error) {
      log(`${url}: ${reason(error)}`);
      mirrors.shift();
      continue;
    }
    const packed = unpack(bytes) !== bytes; // some servers unpack on the way
    writeFileAtomic(join(folder, packed ? `${file.name}.gz` : file.name), bytes);
    log(`${url}: ${(bytes.length / 1e6).toFixed(1)} MB, checksum right`);
    return;
  }
  throw new Error(`no mirror serves ${file.name}.gz`);
}

async function fetchBytes(url: string, patience: number): Promise<Uint8Array> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error(`no answer for ${patience / 1000} s`)), patience);
  try {
    const response = await fetch(url, { signal: silence.signal });
    if (!response.ok || !response.body) throw new Error(`HTTP status ${response.status}`);
    const chunks: Uint8Array[] = [];
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      chunks.push(part.value);
      timer.refresh();
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
}

/** fetch hides the reason of a failure in `cause`. */
function reason(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
