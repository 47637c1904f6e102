import { readFileSync } from 'node:fs';
import { digest, writeFileAtomic } from '../util/files';

const MAGIC = 'EQS1';

/**
 * Writes a JSON head and float32 arrays into one file, whole or not at all.
 *
 * Layout: the four letters EQS1, the head's length (uint32, little-endian), the head in UTF-8 with the lengths of the
 * arrays and a SHA-256 of their bytes, padding to 4, the arrays.
 */
export function writeArrays(path: string, head: object, arrays: readonly Float32Array[]): void {
  const body = Buffer.concat(arrays.map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength)));
  const text = JSON.stringify({ head, lengths: arrays.map((a) => a.length), sha256: digest('sha256', body) });
  const bytes = Buffer.from(text.padEnd(Math.ceil(Buffer.byteLength(text) / 4) * 4 + 4));
  const start = Buffer.alloc(8);
  start.write(MAGIC, 'latin1');
  start.writeUInt32LE(bytes.length, 4);
  writeFileAtomic(path, Buffer.concat([start, bytes, body]));
}

/** @throws Error if the file is not one of ours, or not whole. */
export function readArrays(path: string): { head: unknown; arrays: Float32Array[] } {
  const file = readFileSync(path);
  if (file.length < 8 || file.toString('latin1', 0, 4) !== MAGIC)
    throw new Error(`${path}: not a file of weights`);
  const bodyStart = 8 + file.readUInt32LE(4);
  if (bodyStart > file.length) throw new Error(`${path}: cut short`);
  const { head, lengths, sha256 } = JSON.parse(file.toString('utf8', 8, bodyStart));
  const body = file.subarray(bodyStart);
  if (digest('sha256', body) !== sha256) throw new Error(`${path}: damaged (the checksum does not fit)`);
  const floats = new Float32Array(body.length / 4);
  new Uint8Array(floats.buffer).set(body);
  let offset = 0;
  const arrays = (lengths as number[]).map((length) => {
    offset += length;
    return floats.slice(offset - length, offset);
  });
  return { head, arrays };
}
