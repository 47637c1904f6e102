import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../../src/util/files';

/** Methods of a tensor that wait for its values: WebGPU has none of them. */
const waiting = /\.(dataSync|arraySync|bufferSync|bytesSync)\b/;

function filesBelow(folder: string): string[] {
  return readdirSync(join(repositoryRoot, folder), { recursive: true })
    .map((path) => join(folder, String(path)))
    .filter((path) => /\.(ts|cjs|ipynb)$/.test(path));
}

test('tensors are read by await data() only, outside tests', () => {
  const files = ['src', 'bench', 'notebooks', 'jupyter'].flatMap(filesBelow);
  assert.ok(files.includes(join('src', 'training', 'loop.ts')));
  const lines = files.flatMap((path) =>
    readFileSync(join(repositoryRoot, path), 'utf8')
      .split('\n')
      .flatMap((line, i) => (waiting.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
  assert.deepEqual(lines, []);
});
