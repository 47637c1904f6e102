import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wasmHeap } from '../../../src/engine/wasm/memory/heap';
import { startWasm } from '../../engine_for_tests';

test('transposition of matrices, in blocks and at their edges', async () => {
  await startWasm();
  const heap = wasmHeap();
  for (const [rows, columns] of [
    [1, 1],
    [3, 9],
    [4, 4],
    [9, 3],
    [13, 22],
    [64, 31],
  ]) {
    const x = heap.constant(Float32Array.from({ length: rows * columns }, (_, i) => i));
    const out = heap.constant(new Float32Array(rows * columns + 1).fill(-1));
    heap.kernels.transpose(x, rows, columns, out);
    const expected = Array.from(
      { length: rows * columns },
      (_, i) => (i % rows) * columns + Math.floor(i / rows),
    );
    const actual = [...heap.floats.slice(out >>> 2, (out >>> 2) + rows * columns + 1)];
    assert.deepEqual(actual, [...expected, -1], `${rows}x${columns}`);
  }
});
