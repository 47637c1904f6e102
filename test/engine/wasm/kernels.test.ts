import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { firstThatRuns, kernelsOn } from '../../../src/engine/wasm/kernels/kernels';
import { kernelBinaries } from '../../../src/engine/wasm/kernels/load';
import { repositoryRoot } from '../../../src/util/files';

/** Node 20 can be told to. */
setFlagsFromString('--experimental-wasm-relaxed-simd');
const hasRelaxedSimd = WebAssembly.validate(kernelBinaries('unshared')[0]);

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
  for (const { memory } of kernelsThatRun())
    assert.ok(new Uint8Array(memory.buffer).every((byte) => byte === 0));
});

test('of two binaries the first that this runtime understands is taken', () => {
  const [relaxed, plain] = kernelBinaries('unshared');
  const unknown = Uint8Array.from(plain, (byte, i) => (i === 4 ? 2 : byte)); // a version of WebAssembly to come
  assert.equal(firstThatRuns([unknown, plain]), plain);
  assert.equal(firstThatRuns([plain, unknown]), plain);
  assert.equal(firstThatRuns([relaxed, plain]), hasRelaxedSimd ? relaxed : plain);
});

test('with relaxed SIMD or without, kernels compute the same within its one rounding', () => {
  const SIZE = 61;
  const products = kernelsThatRun().map(({ memory, kernels }) => {
    const floats = new Float32Array(memory.buffer);
    const [a, b, c, panel] = [0, 1, 2, 3].map((i) => 4 * i * SIZE ** 2);
    for (let i = 0; i < 2 * SIZE ** 2; i++) floats[i] = Math.sin(i * i);
    kernels.sgemm(SIZE, SIZE, SIZE, 1, a, SIZE, 1, b, SIZE, 1, 0, c, SIZE, panel);
    return { isRelaxed: Boolean(kernels.isRelaxed()), product: floats.slice(c / 4, panel / 4) };
  });
  assert.deepEqual(
    products.map(({ isRelaxed }) => isRelaxed),
    hasRelaxedSimd ? [true, false, true, false] : [false, false],
  );
  for (const { product } of products)
    for (const [i, value] of product.entries()) assert.ok(Math.abs(value - products[0].product[i]) < 1e-5);
});

test('and so do the kernels of rings, both ways', () => {
  const [degrees, rings, azimuths, turns, inputs, outputs] = [4, 2, 5, 3, 2, 5];
  const width = inputs * outputs;
  const starts = [0, 1, 10, 35].map((coefficients) => coefficients * width); // (2 l + 1)^2 a degree
  const spectra = kernelsThatRun().map(({ memory, kernels }) => {
    const floats = new Float32Array(memory.buffer);
    const [wigner, table, sums, g, spectrum] = [0, 1, 2, 3, 4].map((i) => 4 * 10_000 * i);
    for (let i = 0; i < 40_000; i++) floats[i] = Math.sin(i * i);
    new Int32Array(memory.buffer, table).set(starts);
    const sizes = [
      table,
      degrees,
      degrees,
      degrees,
      rings,
      azimuths,
      turns,
      inputs,
      outputs,
      0,
      inputs,
    ] as const;
    kernels.spectrumFromRings(g, wigner, spectrum, ...sizes);
    const forward = floats.slice(spectrum / 4, spectrum / 4 + 84 * width);
    kernels.ringsFromSpectrum(spectrum, wigner, g, ...sizes, sums);
    return [...forward, ...floats.slice(g / 4, g / 4 + rings * azimuths * turns * 2 * width)];
  });
  assert.ok(spectra[0].some((value) => Math.abs(value) > 1));
  for (const values of spectra)
    for (const [i, value] of values.entries()) assert.ok(Math.abs(value - spectra[0][i]) < 1e-5, `${i}`);
});

/** Of all binaries that this runtime understands, each on a memory of its own. */
function kernelsThatRun() {
  return (['shared', 'unshared'] as const).flatMap((kind) =>
    kernelBinaries(kind)
      .filter((binary) => WebAssembly.validate(binary))
      .map((binary) => {
        const memory = new WebAssembly.Memory({ initial: 40, maximum: 65536, shared: kind === 'shared' });
        return { memory, kernels: kernelsOn(memory, new WebAssembly.Module(binary)) };
      }),
  );
}
