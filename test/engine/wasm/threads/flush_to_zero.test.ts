import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEngine } from '../../../../src/engine/start';
import { wasmHeap } from '../../../../src/engine/wasm/memory/heap';
import { flushToZero } from '../../../../src/engine/wasm/threads/flush_to_zero';

test('denormal numbers are zeros to every thread that computes', async (t) => {
  if (!flushToZero()) return t.skip('not known on this platform');
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 3 });
  const heap = wasmHeap();
  const values = heap.constant(new Float32Array(3).fill(3e-39)); // added up they are normal, read as zeros they are not
  const same = heap.constant(Float32Array.of(2e-38));
  heap.parallel(3, ({ kernels }, i) => {
    kernels.addBias(values + 4 * i, same, 1, 1, false);
  });
  assert.deepEqual(
    [...heap.floats.slice(values >>> 2, (values >>> 2) + 3)],
    new Array(3).fill(Math.fround(2e-38)),
  );
  const tiny = Float32Array.of(1e-20);
  tiny[0] *= 1e-20;
  assert.equal(tiny[0], 0, 'written as zero');
});
