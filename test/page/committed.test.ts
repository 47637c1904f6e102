import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { kernelBinaries } from '../../src/engine/wasm/kernels/load';
import { documentOf } from '../../src/page/document';
import type { Payload } from '../../src/page/payload';
import { repositoryRoot } from '../../src/util/files';

test('the page in figures/ is made of the sources and kernels as they are', async () => {
  const text = readFileSync(join(repositoryRoot, 'figures', 'turn-the-digit.html'), 'utf8');
  const payload: Payload = JSON.parse(/id="payload">(.*?)<\/script>/s.exec(text)![1]);
  const kernels = kernelBinaries('unshared').map((bytes) => Buffer.from(bytes).toString('base64'));
  assert.deepEqual(payload.wasm.kernels, kernels);
  assert.ok((await documentOf(payload)) === text, 'it is older: npm run page');
});
