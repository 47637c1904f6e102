import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UsageError } from '../util/check';
import { writeFileAtomic } from '../util/files';
import { fromFloat16, toFloat16 } from '../util/float16';
import { fromJson, toJson } from '../util/json';

const MAGIC = 'EQS2';
const CHECKSUM_END = 4 + 32;

/**
 * Writes a JSON head and arrays of numbers into one file, whole or not at all.
 *
 * Layout: the four letters EQS2, a SHA-256 of everything after it, the head's length (uint32, little-endian), the
 * head in UTF-8 with the lengths and the precision of the arrays, padding to 4, the arrays. Numbers of the head come
 * back as they were, NaN too.
 * @param precision float16 halves the file and rounds each number to three digits
 */
export function writeArrays(
  path: string,
  head: object,
  arrays: readonly Float32Array[],
  precision: Precision = 'float32',
): void {
  const text = toJson({ head, lengths: arrays.map((a) => a.length), precision });
  const size = Buffer.byteLength(text);
  const bytes = Buffer.alloc(4 + 4 * Math.ceil(size / 4), ' ');
  bytes.writeUInt32LE(bytes.length - 4);
  bytes.write(text, 4);
  const stored = precision === 'float16' ? arrays.map(toFloat16) : arrays;
  const parts = [bytes, ...stored.map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength))];
  writeFileAtomic(path, Buffer.concat([Buffer.from(MAGIC, 'latin1'), checksum(parts), ...parts]));
}

/** @throws UsageError if the file is not one of ours, or not whole */
export function readArrays(path: string): { head: unknown; arrays: Float32Array[] } {
  const file = readFileSync(path);
  if (file.length < CHECKSUM_END || file.toString('latin1', 0, 4) !== MAGIC)
    throw new UsageError(`${path}: not a file of weights, or one of another version`);
  const content = file.subarray(CHECKSUM_END);
  if (!checksum([content]).equals(file.subarray(4, CHECKSUM_END)))
    throw new UsageError(
      `${path}: damaged or cut short (the checksum does not fit); put a whole copy in its place`,
    );
  const bodyStart = 4 + content.readUInt32LE();
  const { head, lengths, precision } = fromJson(content.toString('utf8', 4, bodyStart)) as Header;
  const body = Uint8Array.from(content.subarray(bodyStart)).buffer;
  const floats = precision === 'float16' ? fromFloat16(new Uint16Array(body)) : new Float32Array(body);
  let offset = 0;
  const arrays = lengths.map((length) => {
    offset += length;
    return floats.slice(offset - length, offset);
  });
  return { head, arrays };
}

type Precision = 'float32' | 'float16';

interface Header {
  head: unknown;
  lengths: number[];
  precision: Precision;
}

function checksum(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
