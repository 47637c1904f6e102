import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { ArchiveFile } from '../../src/datasets/archives';
import { parseIdx } from '../../src/datasets/idx';
import { digest } from '../../src/util/files';
import { idxImages, idxLabels } from './archive_files';

const images = idxImages(20);
const file: ArchiveFile = {
  name: 'train-images-idx3-ubyte',
  kind: 'images',
  count: 20,
  md5: digest('md5', images),
};

test('plain and packed files give the same values', () => {
  const values = parseIdx(images, file);
  assert.equal(values.length, 20 * 784);
  assert.deepEqual([...values.subarray(0, 4)], [0, 7, 14, 21]);
  assert.deepEqual(parseIdx(gzipSync(images), file), values);
  const labels = idxLabels(20);
  const values2 = parseIdx(labels, { ...file, kind: 'labels', md5: digest('md5', labels) });
  assert.deepEqual([...values2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('whatever is wrong is said', () => {
  const fails = (bytes: Uint8Array, message: RegExp) => assert.throws(() => parseIdx(bytes, file), message);
  const packed = gzipSync(images);
  const flipped = Buffer.from(images);
  flipped[500] ^= 1;
  const damaged = Buffer.from(packed);
  damaged.fill(0x55, 20, 60);
  fails(images.subarray(0, 5000), /cut short: 5000 of 15696 bytes/);
  fails(gzipSync(Buffer.alloc(2 ** 26 + 1)), /the gzip file holds more than 67108864 bytes/);
  fails(images.subarray(0, 7), /cut short: 7 bytes are less than an IDX header/);
  fails(new Uint8Array(0), /cut short: 0 bytes/);
  fails(packed.subarray(0, packed.length - 30), /the gzip file is cut short/);
  fails(damaged, /the gzip file is damaged/);
  fails(idxLabels(20000), /it holds labels, expected images: swapped/);
  fails(idxImages(20, 77), /not an IDX file of images \(magic number 77, expected 2051\)/);
  fails(idxImages(20, 2051, 32), /images of 32 x 28, expected 28 x 28/);
  fails(idxImages(10), /10 images, expected 20/);
  fails(Buffer.concat([images, Buffer.from('x')]), /15697 bytes, expected 15696/);
  fails(flipped, /the content is not the original's \(md5 [0-9a-f]{32}, not [0-9a-f]{32}\)/);
  fails(Buffer.from('<!DOCTYPE html><html>sign in</html>'), /not an IDX file/);
});
