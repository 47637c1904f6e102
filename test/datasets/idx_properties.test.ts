import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { ArchiveFile } from '../../src/datasets/archives';
import { idxSize, parseIdx } from '../../src/datasets/idx';
import { digest } from '../../src/util/files';
import { holds } from '../properties';

/** Bytes of a file, and what is expected of it. */
interface Case {
  bytes: Uint8Array;
  file: ArchiveFile;
  values: Uint8Array;
}

const header = (...words: number[]) => {
  const bytes = Buffer.alloc(4 * words.length);
  for (const [i, word] of words.entries()) bytes.writeUInt32BE(word, 4 * i);
  return bytes;
};

const files: fc.Arbitrary<Case> = fc
  .tuple(fc.constantFrom('images', 'labels'), fc.nat(3), fc.boolean(), fc.integer({ min: 1, max: 255 }))
  .map(([kind, count, isPacked, step]) => {
    const values = Uint8Array.from(
      { length: kind === 'images' ? 784 * count : count },
      (_, i) => (step * i) % 251,
    );
    const head = kind === 'images' ? header(2051, count, 28, 28) : header(2049, count);
    const content = Buffer.concat([head, values]);
    const file = { name: kind, kind, count, md5: digest('md5', content) } as ArchiveFile;
    return { bytes: isPacked ? gzipSync(content) : content, file, values };
  });

/** One clear line, and none of the kinds that a slip of the program throws. */
function refuses(bytes: Uint8Array, file: ArchiveFile): void {
  assert.throws(
    () => parseIdx(bytes, file),
    ({ name, message }: Error) => name === 'Error' && message.length > 8 && !message.includes('\n'),
  );
}

test('what was written is read, packed or not', () => {
  holds(
    fc.property(files, ({ bytes, file, values }) => {
      assert.deepEqual([...parseIdx(bytes, file)], [...values]);
      assert.equal(idxSize(file), values.length + (file.kind === 'images' ? 16 : 8));
    }),
  );
});

test('random bytes are refused in one line, whatever they begin with', () => {
  const starts = [
    [],
    [0x1f, 0x8b],
    [0x1f, 0x8b, 8, 0],
    [0, 0, 8, 3],
    [0, 0, 8, 1],
    [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28],
  ];
  const bytes = fc
    .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 2000 }))
    .map(([start, rest]) => Uint8Array.from([...start, ...rest]));
  holds(
    fc.property(bytes, files, (random, { file }) => refuses(random, file)),
    500,
  );
});

test('a file with one bit flipped, cut short or with more at its end is refused, unless it still holds the same', () => {
  holds(
    fc.property(files, fc.nat(), fc.nat(7), ({ bytes, file, values }, place, bit) => {
      const at = place % bytes.length;
      const flipped = Uint8Array.from(bytes);
      flipped[at] ^= 1 << bit;
      refuses(bytes.subarray(0, at), file);
      if (bytes[0] !== 0x1f) {
        refuses(flipped, file);
        refuses(Uint8Array.from([...bytes, bit]), file);
      } else if (unpacks(flipped)) assert.deepEqual([...parseIdx(flipped, file)], [...values]);
      else refuses(flipped, file); // some bits of a gzip file say nothing of its content: a time, a system's name, padding
    }),
    300,
  );
});

function unpacks(bytes: Uint8Array): boolean {
  try {
    gunzipSync(bytes);
    return true;
  } catch {
    return false;
  }
}
