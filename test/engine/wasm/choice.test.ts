import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { startEngine } from '../../../src/engine/start';
import { threadsAgree } from '../../../src/engine/wasm/agreement';
import { type Candidate, fastest } from '../../../src/engine/wasm/choice';
import { wasmHeap } from '../../../src/engine/wasm/memory/heap';
import { simdProvider } from '../../../src/engine/wasm/products/simd';
import { startThreads } from '../../../src/engine/wasm/threads/thread';

before(() => startEngine({ engine: 'wasm' }));

test('what all threads together compute decides between BLAS and SIMD', () => {
  const provider = simdProvider(wasmHeap().kernels);
  const candidate = (rate: number, threads: number): Candidate => ({ provider, rate, threads });
  const [good, bad, serial, simd] = [
    candidate(100, 2),
    candidate(17, 2),
    candidate(100, 1),
    candidate(20, 2),
  ];
  assert.equal(fastest([good, simd]), good);
  assert.equal(fastest([bad, simd]), simd);
  assert.equal(fastest([serial, simd]), serial);
  assert.equal(fastest([serial, candidate(20, 8)]).rate, 20);
});

test('threads whose products differ from one alone are found out', async () => {
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 3 });
  const heap = wasmHeap();
  assert.ok(threadsAgree(heap));
  const simd = simdProvider(heap.kernels);
  let lanes = 0;
  await heap.employ(
    {
      ...simd,
      bind: (lane, panel) => {
        const sgemm = simd.bind(lane, panel);
        const factor = lanes++ === 2 ? 1 + 1e-6 : 1; // the last of three computes with another last bit
        return (transA, transB, m, n, k, alpha, ...rest) =>
          sgemm(transA, transB, m, n, k, factor * alpha, ...rest);
      },
    },
    await startThreads(heap.memory, null, 2),
  );
  assert.ok(!threadsAgree(heap));
  await heap.employ(simd);
});
