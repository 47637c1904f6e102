/**
 * IDX files: a big-endian header of 32-bit words, then one byte per value.
 *
 *   images: 2051, count, rows, columns, pixels row by row        labels: 2049, count, labels
 */
import { gunzipSync } from 'node:zlib';
import { digest } from '../util/files';
import type { ArchiveFile } from './archives';
import { imageSize } from './digits';

/** Magic number, and the axes after the count. */
const layouts: Record<ArchiveFile['kind'], { magic: number; header: number[] }> = {
  images: { magic: 2051, header: [imageSize, imageSize] },
  labels: { magic: 2049, header: [] },
};

/** Bytes of a file, unpacked. */
export function idxSize({ kind, count }: ArchiveFile): number {
  const { header } = layouts[kind];
  return 4 * (2 + header.length) + header.reduce((product, side) => product * side, count);
}

/** Whether the bytes are a gzip file. */
export function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The values of an IDX file, packed or not, once everything about it has been checked.
 * @returns pixels [count, 28, 28] or labels [count]
 * @throws Error whose message says what is wrong, without the file's name
 */
export function parseIdx(bytes: Uint8Array, expected: ArchiveFile): Uint8Array {
  const content = isPacked(bytes) ? unpacked(bytes) : bytes;
  const values = checkedValues(content, expected);
  const md5 = digest('md5', content);
  if (md5 !== expected.md5)
    throw new Error(`the content is not the original's (md5 ${md5}, not ${expected.md5})`);
  return values;
}

/** More than any file of images; a small gzip file can hold gigabytes of zeros. */
const MOST_UNPACKED = 2 ** 26;

function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new Error(`the gzip file holds more than ${MOST_UNPACKED} bytes`);
    throw new Error(
      code === 'Z_BUF_ERROR' ? 'the gzip file is cut short' : `the gzip file is damaged (${message})`,
    );
  }
}

function checkedValues(content: Uint8Array, { kind, count }: ArchiveFile): Uint8Array {
  const { magic, header } = layouts[kind];
  const start = 4 * (2 + header.length);
  if (content.length < start)
    throw new Error(`cut short: ${content.length} bytes are less than an IDX header`);
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const found = view.getUint32(0);
  if (found !== magic) throw new Error(wrongMagic(found, kind));
  const shape = header.map((_, axis) => view.getUint32(8 + 4 * axis));
  if (shape.join() !== header.join())
    throw new Error(`images of ${shape.join(' x ')}, expected ${header.join(' x ')}`);
  const stored = view.getUint32(4);
  const size = start + stored * header.reduce((product, side) => product * side, 1);
  if (content.length < size) throw new Error(`cut short: ${content.length} of ${size} bytes`);
  if (content.length > size) throw new Error(`${content.length} bytes, expected ${size}`);
  if (stored !== count) throw new Error(`${stored} ${kind}, expected ${count}`);
  return content.subarray(start);
}

function wrongMagic(found: number, expected: ArchiveFile['kind']): string {
  for (const [kind, { magic }] of Object.entries(layouts))
    if (found === magic) return `it holds ${kind}, expected ${expected}: swapped with another file?`;
  return `not an IDX file of ${expected} (magic number ${found}, expected ${layouts[expected].magic})`;
}
