import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { kernelsOn } from '../../../src/engine/wasm/kernels/kernels';
import { compiledKernels, unsharedKernels } from '../../../src/engine/wasm/kernels/load';
import { repositoryRoot } from '../../../src/util/files';

test('the committed binaries are what their sources compile to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
  try {
    const kernels = join(repositoryRoot, 'src', 'engine', 'wasm', 'kernels');
    execFileSync(process.execPath, [join(kernels, 'build.cjs'), folder], { stdio: 'pipe' });
    const names = readdirSync(kernels).filter((name) => name.endsWith('.wasm'));
    assert.deepEqual(names, readdirSync(folder));
    for (const name of names)
      assert.ok(
        readFileSync(join(folder, name)).equals(readFileSync(join(kernels, name))),
        `${name}: run npm run build:kernels`,
      );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the kernels hold no data: the low addresses belong to TensorFlow.js', () => {
  for (const [shared, kernels] of [
    [true, compiledKernels()],
    [false, new WebAssembly.Module(Uint8Array.from(unsharedKernels()))],
  ] as const) {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared });
    kernelsOn(memory, kernels);
    assert.ok(new Uint8Array(memory.buffer).every((byte) => byte === 0));
  }
});
