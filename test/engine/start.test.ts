import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import {
  type EngineReport,
  engineLabel,
  formatReasons,
  formatReport,
} from '../../src/engine/contract/report';
import { startEngine } from '../../src/engine/start';
import { wasmHeap } from '../../src/engine/wasm/memory/heap';
import { UsageError } from '../../src/util/check';
import { cLibrary } from '../../src/util/native_library';

const variables = ['EQUISPHERE_ENGINE', 'EQUISPHERE_GEMM', 'EQUISPHERE_BLAS', 'EQUISPHERE_THREADS'];
const atFirst = variables.map((name) => process.env[name]);

afterEach(() => {
  variables.forEach((name, i) => {
    if (atFirst[i] === undefined) delete process.env[name];
    else process.env[name] = atFirst[i];
  });
});

test('a backend that TensorFlow.js starts by itself serves the engine; its tensors stay', async () => {
  await tf.ready();
  assert.equal(tf.getBackend(), 'wasm');
  const x = tf.tensor1d([1, 2, 3]);
  await startEngine({ engine: 'wasm' });
  assert.deepEqual(Array.from(x.add(x).dataSync()), [2, 4, 6]);
});

test('the WASM engine starts, computes, and leaves no crash handlers', async () => {
  const report = await startEngine({ engine: 'wasm' });
  assert.equal(report.name, 'wasm');
  assert.equal(tf.getBackend(), 'wasm');
  assert.equal(report.threads, wasmHeap().gemm.threads);
  assert.ok(report.gflops! > 0);
  const handlers = process.listeners('uncaughtException').map(String);
  assert.ok(!handlers.some((source) => source.includes('ExitStatus')), 'Emscripten handler left');
});

test('asked again for the same, it returns the same report; options beat variables', async () => {
  const report = await startEngine({ engine: 'wasm', gemm: 'simd' });
  assert.match(report.gemm, /^WASM (relaxed )?SIMD$/);
  process.env.EQUISPHERE_ENGINE = 'wasm';
  process.env.EQUISPHERE_GEMM = 'simd';
  assert.equal(await startEngine(), report);
  process.env.EQUISPHERE_ENGINE = 'cpu';
  assert.equal(await startEngine({ engine: 'wasm' }), report);
  assert.equal((await startEngine()).backend, 'cpu');
});

test('what cannot be is said', async () => {
  assert.throws(() => startEngine({ engine: 'wsam' as never }), /unknown engine "wsam": did you mean "wasm"/);
  assert.throws(() => startEngine({ engines: 'wasm' } as never), /did you mean "engine"/);
  assert.throws(() => startEngine({ threads: 0 }), /threads/);
  assert.throws(() => startEngine({ threads: 1000 }), /threads: expected an integer from 1 to 64, got 1000/);
  process.env.EQUISPHERE_ENGINE = 'cuda';
  assert.throws(() => startEngine(), UsageError);
});

test('what is named as a BLAS and is none is an error, not another one, and none where none is asked for', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'no-blas-')), 'libopenblas.so');
  writeFileSync(path, 'no library');
  for (const name of [
    '/nowhere/libopenblas.so',
    'no-such-library',
    path,
    ...(cLibrary() ? [cLibrary()!.path] : []),
  ]) {
    process.env.EQUISPHERE_BLAS = name;
    for (const options of [{}, { engine: 'wasm' }, { engine: 'wasm', gemm: 'blas' }] as const)
      await assert.rejects(startEngine(options), (error: Error) => {
        assert.equal(error.name, 'UsageError');
        assert.ok(error.message.startsWith(`$EQUISPHERE_BLAS: ${name} is no BLAS: `), error.message);
        return true;
      });
  }
  assert.equal((await startEngine({ engine: 'wasm', gemm: 'simd' })).backend, 'wasm');
});

test('engines asked for at the same time start one after the other, and the last one runs', async () => {
  const options = { engine: 'wasm', gemm: 'simd' } as const;
  const reports = await Promise.all([
    startEngine({ ...options, threads: 3 }),
    startEngine({ ...options, threads: 1 }),
    startEngine({ ...options, threads: 2 }),
  ]);
  assert.deepEqual(
    reports.map(({ threads }) => threads),
    [3, 1, 2],
  );
  assert.equal(wasmHeap().width, 2);
});

test('the report in one line, and with its reasons', () => {
  const report: EngineReport = {
    name: 'wasm',
    backend: 'wasm',
    gemm: 'libopenblas.so.0',
    core: 'SkylakeX',
    gflops: 104,
    threads: 2,
    fillsMachine: false,
    device: 'Some Processor',
    reasons: { webgpu: 'no Vulkan', node: 'package not installed' },
  };
  assert.equal(
    formatReport(report),
    'wasm engine, libopenblas.so.0 (SkylakeX, 104 GFLOP/s a thread) on 2 threads (Some Processor)',
  );
  assert.equal(engineLabel(report), 'wasm, libopenblas.so.0 (SkylakeX) on 2 threads');
  const plain = { ...report, core: null, gflops: null, threads: 1 };
  assert.equal(formatReport(plain), 'wasm engine, libopenblas.so.0 on 1 thread (Some Processor)');
  assert.equal(engineLabel(plain), 'wasm, libopenblas.so.0 on 1 thread');
  const lines = formatReasons(report).split('\n');
  assert.deepEqual(lines.slice(1), ['  not webgpu: no Vulkan', '  not node: package not installed']);
});

test('the heap may grow between a product and the next', async () => {
  await startEngine({ engine: 'wasm' });
  const a = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const before = tf.matMul(a, a).dataSync();
  const size = wasmHeap().memory.buffer.byteLength;
  tf.zeros([Math.ceil(size / 4)]);
  assert.ok(wasmHeap().memory.buffer.byteLength > size);
  assert.deepEqual(tf.matMul(a, a).dataSync(), before);
});

test('a full heap is an error, and what is on it stays as it was', async () => {
  await startEngine({ engine: 'wasm' });
  const kept = tf.tensor1d([1, 2, 3]);
  assert.throws(() => wasmHeap().output([1.3e9]), /out of memory.*4 GB/);
  const block = wasmHeap().allocate(2 ** 31);
  assert.throws(() => wasmHeap().allocate(2 ** 31), /out of memory/);
  wasmHeap().free(block);
  assert.deepEqual(Array.from(kept.dataSync()), [1, 2, 3]);
});
