import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadKernels } from '../../../src/engine/wasm/kernels/load';
import { repositoryRoot } from '../../../src/util/files';

test('the committed kernels.wasm is what its sources compile to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
  try {
    const fresh = join(folder, 'kernels.wasm');
    const kernels = join(repositoryRoot, 'src', 'engine', 'wasm', 'kernels');
    execFileSync(process.execPath, [join(kernels, 'build.cjs'), fresh], { stdio: 'pipe' });
    assert.ok(
      readFileSync(fresh).equals(readFileSync(join(kernels, 'kernels.wasm'))),
      'run npm run build:kernels',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the kernels hold no data: the low addresses belong to TensorFlow.js', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  loadKernels(memory);
  assert.ok(new Uint8Array(memory.buffer).every((byte) => byte === 0));
});
