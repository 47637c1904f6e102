import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEngine } from '../../../../src/engine/start';
import { wasmHeap } from '../../../../src/engine/wasm/memory/heap';
import { cutProduct } from '../../../../src/engine/wasm/products/gemm';
import { Random } from '../../../../src/util/random';
import { assertClose } from '../../../close';
import { providers, starts } from '../../compare';

/** C = alpha op(A) op(B) + beta C, as written, in float64. */
function naive(
  [transA, transB]: [boolean, boolean],
  [m, n, k]: [number, number, number],
  [alpha, beta]: [number, number],
  [a, lda]: [Float32Array, number],
  [b, ldb]: [Float32Array, number],
  [c, ldc]: [Float32Array, number],
): Float32Array {
  const out = c.slice();
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++)
        sum += (transA ? a[p * lda + i] : a[i * lda + p]) * (transB ? b[j * ldb + p] : b[p * ldb + j]);
      out[i * ldc + j] = alpha * sum + (beta === 0 ? 0 : beta * c[i * ldc + j]);
    }
  return out;
}

const shapes: [number, number, number][] = [
  [1, 1, 1],
  [6, 8, 4],
  [5, 7, 3],
  [13, 17, 300],
  [97, 9, 2],
  [1, 33, 40],
  [33, 1, 40],
  [100, 40, 260],
  [70, 150, 200],
];

for (const gemm of providers)
  test(`sgemm by ${gemm}: transposes, alpha, beta, rows that lie further apart than they are long; divided among threads`, async (t) => {
    if (!(await starts(gemm))) return t.skip('no BLAS here');
    await startEngine({ engine: 'wasm', gemm, threads: 3 });
    const heap = wasmHeap();
    const random = Random.of(1, gemm);
    for (const [m, n, k] of shapes)
      for (const transA of [false, true])
        for (const transB of [false, true])
          for (const [alpha, beta, gap] of [
            [1, 0, 0],
            [1, 1, 0],
            [-0.5, 0.25, 3],
          ]) {
            const [lda, ldb, ldc] = [(transA ? m : k) + gap, (transB ? k : n) + gap, n + gap];
            const lengths = [(transA ? k : m) * lda, (transB ? n : k) * ldb, m * ldc];
            const [a, b, c] = lengths.map((l) => Float32Array.from({ length: l }, () => random.normal()));
            const [pa, pb, pc] = [a, b, c].map((values) => heap.constant(values));
            heap.gemm.sgemm(transA, transB, m, n, k, alpha, pa, lda, pb, ldb, beta, pc, ldc);
            const actual = heap.floats.slice(pc >>> 2, (pc >>> 2) + c.length);
            const expected = naive([transA, transB], [m, n, k], [alpha, beta], [a, lda], [b, ldb], [c, ldc]);
            assertClose(actual, expected, 3e-6, `${m}x${n}x${k} ${transA} ${transB} ${alpha} ${beta}`);
            for (const pointer of [pa, pb, pc]) heap.free(pointer);
          }
  });

test('a product in pieces along its longest side: a little too large ones, and thin ones', async () => {
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 1 });
  const heap = wasmHeap();
  let calls = 0;
  const cut = cutProduct((...args) => {
    calls++;
    heap.mainLane.sgemm(...args);
  });
  const random = Random.of(1, 'pieces');
  const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
  for (const [m, n, k, pieces] of [
    [161, 80, 90, 2],
    [80, 301, 90, 3],
    [80, 90, 301, 3],
    [100, 100, 100, 1],
    [150, 150, 150, 1],
    [8, 900, 700, 6],
    [700, 900, 8, 6],
    [700, 8, 900, 6],
  ])
    for (const [transA, transB] of [
      [false, false],
      [true, false],
      [false, true],
    ])
      for (const beta of [0, 0.5]) {
        const [lda, ldb, ldc] = [(transA ? m : k) + 1, (transB ? k : n) + 2, n + 3];
        const [a, b, c] = [draw((transA ? k : m) * lda), draw((transB ? n : k) * ldb), draw(m * ldc)];
        const [pa, pb, pc] = [a, b, c].map((values) => heap.constant(values));
        calls = 0;
        cut(transA, transB, m, n, k, 2, pa, lda, pb, ldb, beta, pc, ldc);
        const isThin = Math.min(m, n, k) === 8;
        assert.equal(calls, transB && !isThin ? 1 : pieces);
        const actual = heap.floats.slice(pc >>> 2, (pc >>> 2) + c.length);
        const expected = naive([transA, transB], [m, n, k], [2, beta], [a, lda], [b, ldb], [c, ldc]);
        assertClose(actual, expected, 3e-6, `${m}x${n}x${k} ${transA} ${transB} ${beta}`);
        for (const pointer of [pa, pb, pc]) heap.free(pointer);
      }
});

for (const gemm of providers)
  test(`sgemm by ${gemm}: with beta 0, what C held does not matter, not even NaN`, async (t) => {
    if (!(await starts(gemm))) return t.skip('no BLAS here');
    const heap = wasmHeap();
    const [a, b] = [heap.constant(Float32Array.of(1, 2)), heap.constant(Float32Array.of(3, 4))];
    const c = heap.constant(Float32Array.of(Number.NaN));
    heap.gemm.sgemm(false, false, 1, 1, 2, 1, a, 2, b, 1, 0, c, 1);
    assertClose([heap.floats[c >>> 2]], [11], 0);
  });
