import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wasmHeap } from '../../src/engine/wasm/memory/heap';
import { wignerByDegree } from '../../src/math/wigner';
import { table } from '../../src/transforms/tables';
import { startWasm } from '../engine_for_tests';

test('tables hold no denormal numbers, though Wigner functions near a pole are as small', async () => {
  await startWasm();
  const heap = wasmHeap();
  const values = Float32Array.from(
    wignerByDegree(30, 10, 40, Float64Array.of(0.01, 1)).flatMap((row) => [...row]),
  );
  assert.ok(values.some((value) => value !== 0 && Math.abs(value) < 1e-30));
  const address = table(heap, 'of this test', () => values);
  const held = heap.floats.slice(address >>> 2, (address >>> 2) + values.length);
  held.forEach((value, i) => {
    assert.equal(value, Math.abs(values[i]) < 1e-18 ? 0 : values[i]);
  });
});
