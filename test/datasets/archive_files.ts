import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Archive, type ArchiveFile, archiveFiles } from '../../src/datasets/archives';
import { digest } from '../../src/util/files';

const counts = { trainImages: 20, trainLabels: 20, testImages: 10, testLabels: 10 };

/** A small data set with the file names of the real ones, and the content of its files, unpacked. */
export function tinyArchive(): { archive: Archive; content: Map<string, Buffer> } {
  const content = new Map<string, Buffer>();
  const file = (key: keyof typeof counts): ArchiveFile => {
    const kind = key.endsWith('Images') ? 'images' : 'labels';
    const name = `${key.startsWith('train') ? 'train' : 't10k'}-${kind}-idx${kind === 'images' ? 3 : 1}-ubyte`;
    content.set(name, kind === 'images' ? idxImages(counts[key]) : idxLabels(counts[key]));
    return { name, kind, count: counts[key], md5: digest('md5', content.get(name) as Buffer) };
  };
  const archive = {
    title: 'Tiny',
    megabytes: 1,
    mirrors: [],
    trainImages: file('trainImages'),
    trainLabels: file('trainLabels'),
    testImages: file('testImages'),
    testLabels: file('testLabels'),
  };
  return { archive, content };
}

/** Images whose pixels all differ from their neighbours. */
export function idxImages(count: number, magic = 2051, rows = 28): Buffer {
  const pixels = Buffer.from(Uint8Array.from({ length: count * rows * 28 }, (_, i) => (7 * i) % 256));
  return Buffer.concat([words(magic, count, rows, 28), pixels]);
}

/** Labels 0, 1, .. 9, 0, ... */
export function idxLabels(count: number): Buffer {
  return Buffer.concat([
    words(2049, count),
    Buffer.from(Uint8Array.from({ length: count }, (_, i) => i % 10)),
  ]);
}

/** A new temporary folder. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'equisphere-datasets-'));
}

/** Writes files into a folder, packed. */
export function writePacked(folder: string, content: Map<string, Buffer>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of content) writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes));
}

/** The names of the files of an archive, as they are served. */
export function packedNames(archive: Archive): string[] {
  return archiveFiles(archive).map((file) => `${file.name}.gz`);
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
}
