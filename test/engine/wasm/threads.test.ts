import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../../src/engine/start';
import { wasmHeap } from '../../../src/engine/wasm/memory/heap';
import { simdProvider } from '../../../src/engine/wasm/products/simd';
import type { Lane } from '../../../src/engine/wasm/threads/lane';
import { startThreads } from '../../../src/engine/wasm/threads/thread';
import { biased, rectifiedSum } from '../../../src/layers/rectify';
import { SO3Conv } from '../../../src/layers/so3_conv';
import { cnn } from '../../../src/models/cnn';
import { buildModel } from '../../../src/models/presets';
import { lossAndGradients } from '../../../src/training/gradients';
import { crossEntropy } from '../../../src/training/losses';
import { repositoryRoot } from '../../../src/util/files';
import { assertClose } from '../../close';
import { normal, providers, starts } from '../compare';

async function onThreads(gemm: 'blas' | 'simd', threads: number, compute: () => tf.Tensor[]) {
  await startEngine({ engine: 'wasm', gemm, threads });
  assert.equal(wasmHeap().width, threads);
  return tf.tidy(() => compute().map((t) => Float32Array.from(t.dataSync())));
}

/** Loss and gradients of a network at a batch. */
function atBatch(model: tf.LayersModel, batch: number): tf.Tensor[] {
  const labels = normal([batch, 12, 12], 'labels').mul(3).abs().minimum(10).toInt();
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const { value, grads } = lossAndGradients(model, normal([batch, 12, 12, 1]), labels, weights);
  return [value, ...weights.map(({ name }) => grads[name])];
}

const s2cnn = () => buildModel('s2cnn-quick', { task: 'segmentation', bandwidth: 6, seed: 3 });

/** Its convolutions gather whole patches, rows of patches (45 floats), and nothing (skips). */
const smallCnn = () =>
  cnn({
    task: 'segmentation',
    size: 12,
    features: [6, 9, 14],
    kernelSizes: [3, 5, 3],
    strides: [1, 1, 2],
    classes: 11,
    skips: true,
  });

const cases: [string, () => tf.Tensor[]][] = [
  [
    'large products, long and wide',
    () => [
      tf.matMul(normal([300, 170]), normal([170, 90])),
      tf.matMul(normal([40, 170]), normal([170, 900])),
      tf.matMul(normal([170, 301]), normal([130, 170]), true, true),
    ],
  ],
  [
    'large maps: sums, biases, ReLU, resizing, cross-entropy',
    () => {
      const shape = [7, 31, 29, 5];
      const [a, b, dy] = [normal(shape, 'a'), normal(shape, 'b'), normal(shape, 'dy')] as tf.Tensor4D[];
      const bias = normal([5]) as tf.Tensor1D;
      const grown = (x: tf.Tensor) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [40, 37]) as tf.Tensor;
      const labels = tf.range(0, 7 * 31 * 29, 1, 'int32').mod(tf.scalar(5, 'int32')) as tf.Tensor;
      const loss = (x: tf.Tensor) => crossEntropy(x.reshape([-1, 5]), labels, [1, 2, 3, 4, 5]);
      return [
        tf.add(a, b),
        tf.add(a, bias),
        ...tf.grads(rectifiedSum as never)([a, b], dy),
        ...tf.grads(biased as never)([a, bias], dy),
        tf.sum(a, [0, 1, 2]),
        grown(a),
        tf.grad(grown)(a),
        loss(a),
        tf.grad(loss)(a),
      ];
    },
  ],
  [
    'SO3Conv and its gradients',
    () => {
      const layer = new SO3Conv({ filters: 5, bandOut: 5, maxBeta: 0.3, activation: 'relu' });
      return [tf.grad((x: tf.Tensor) => (layer.apply(x) as tf.Tensor).square())(normal([3, 12, 12, 12, 3]))];
    },
  ],
  ['an S2CNN', () => atBatch(s2cnn(), 9)],
  ['a CNN', () => atBatch(smallCnn(), 5)],
  ['a CNN, one image', () => atBatch(smallCnn(), 1)],
];

for (const gemm of providers)
  for (const [name, compute] of cases)
    test(`${name}: ${gemm} on 1, 2 and 3 threads`, async (t) => {
      if (!(await starts(gemm))) return t.skip('no BLAS here');
      const expected = await onThreads(gemm, 1, compute);
      for (const threads of [2, 3])
        (await onThreads(gemm, threads, compute)).forEach((values, i) => {
          assertClose(values, expected[i], 2e-6, `output ${i} on ${threads} threads`);
        });
    });

test('calls run in their order, also when there are more of them than fit on the tape', async () => {
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 2 });
  const heap = wasmHeap();
  const [sums, one] = [heap.constant(new Float32Array(8)), heap.constant(Float32Array.of(1, 1, 1, 1))];
  const calls = 60000; // of 7 cells each
  heap.parallel(2, ({ kernels }, lane) => {
    for (let i = 0; i < calls; i++) kernels.addBias(sums + 16 * lane, one, 1, 4, false);
  });
  assert.deepEqual([...heap.floats.slice(sums >>> 2, (sums >>> 2) + 8)], new Array(8).fill(calls));
});

type Add = (place: number, times?: number) => void;

/** Sums, to which each item of some in steps adds ones at places. */
class SumsInSteps {
  private readonly heap = wasmHeap();
  private readonly one = this.heap.constant(Float32Array.of(1, 1, 1, 1));
  private readonly address: number;

  constructor(private readonly count: number) {
    this.address = this.heap.constant(new Float32Array(4 * count));
  }

  run(items: number, visit: (add: Add, i: number) => void): number[] {
    const { heap, one, address, count } = this;
    const sums = heap.floats.subarray(address >>> 2, (address >>> 2) + 4 * count).fill(0);
    heap.parallel(1, (alone) =>
      alone.inSteps(items, ({ kernels }, i) =>
        visit((place, times = 1) => {
          for (let k = 0; k < times; k++) kernels.addBias(address + 16 * place, one, 1, 4, false);
        }, i),
      ),
    );
    return [...sums].filter((_, i) => i % 4 === 0);
  }
}

test('items in steps: each runs once, also when they come round the end of the tape', async () => {
  for (const threads of [1, 2, 3]) {
    await startEngine({ engine: 'wasm', gemm: 'simd', threads });
    for (const items of [2, 7, 40]) {
      const sums = new SumsInSteps(2 * items);
      for (let round = 0; round < 80; round++) {
        const found = sums.run(items, (add, i) => {
          add(i, 200);
          add(2 * items - 1 - i, 3);
        });
        const expected = [...new Array(items).fill(200), ...new Array(items).fill(3)];
        assert.deepEqual(found, expected, `${items} on ${threads} threads, round ${round}`);
      }
    }
  }
});

test('items that are not in steps, and those that do not fit on the tape, are errors, and the next ones run', async () => {
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 2 });
  const items = 20;
  const sums = new SumsInSteps(items);
  const last = items - 1;
  const faults: [(add: Add, i: number) => void, RegExp][] = [
    [(add, i) => add(i === last ? 0 : i), /calls do not differ by equal steps/],
    [(add, i) => add(i, i === last ? 2 : 1), /calls do not differ by equal steps/],
    [(add, i) => add(i, 20000), /the calls of an item do not fit on the tape/],
  ];
  for (const [fault, message] of faults) {
    assert.throws(() => sums.run(items, fault), message);
    assert.deepEqual(
      sums.run(items, (add, i) => add(i)),
      new Array(items).fill(1),
    );
  }
});

test('items of falling work are dealt out: each once, and each lane gets as much', async () => {
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 3 });
  const heap = wasmHeap();
  const count = 20;
  const seen: number[] = [];
  const work = new Map<Lane, number>();
  heap.parallel(1, (alone) =>
    alone.deal(count, (lane, i) => {
      seen.push(i);
      work.set(lane, (work.get(lane) ?? 0) + count ** 2 - i ** 2);
    }),
  );
  assert.deepEqual(
    seen.sort((i, j) => i - j),
    Array.from({ length: count }, (_, i) => i),
  );
  const [least, most] = [Math.min(...work.values()), Math.max(...work.values())];
  assert.equal(work.size, 3);
  assert.ok(most < 1.05 * least, `${least} to ${most}`);
});

test('a scratch buffer that has become too small stays until the calls that use it have run', async () => {
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 2 });
  const heap = wasmHeap();
  const [size, larger] = [1000, 3000];
  const x = heap.constant(new Float32Array(larger).fill(1));
  const copy = heap.allocate(4 * size);
  let taken = 0;
  heap.parallel(2, (lane, i) => {
    if (i === 0) return;
    const small = lane.scratch('grows', size);
    lane.kernels.repeat(x, size, 1, small);
    lane.scratch('grows', larger);
    taken = heap.allocate(4 * size);
    heap.floats.fill(7, taken >>> 2, (taken >>> 2) + size);
    lane.kernels.repeat(small, size, 1, copy);
    assert.notEqual(taken, small);
  });
  assert.deepEqual(heap.floats.slice(copy >>> 2, (copy >>> 2) + size), new Float32Array(size).fill(1));
  for (const pointer of [copy, taken]) heap.free(pointer);
});

test('a call that fails on another thread is an error here, and the next ones run', async () => {
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 2 });
  const heap = wasmHeap();
  const outside = 2 ** 32 - 64;
  assert.throws(
    () => heap.parallel(2, ({ kernels }, lane) => kernels.clear(lane === 1 ? outside : 0, lane && 1024)),
    /a thread of the WASM engine failed: .*out of bounds/,
  );
  const values = heap.constant(Float32Array.of(5, 5, 5, 5));
  heap.parallel(2, ({ kernels }, lane) => kernels.clear(values + 8 * lane, 2));
  assert.deepEqual([...heap.floats.slice(values >>> 2, (values >>> 2) + 4)], [0, 0, 0, 0]);
});

test('where calls fail on several threads, all are waited for, and the next ones run', async () => {
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 3 });
  const heap = wasmHeap();
  const outside = 2 ** 32 - 64;
  assert.throws(
    () => heap.parallel(3, ({ kernels }, lane) => kernels.clear(lane ? outside : 0, lane && 1024)),
    /a thread of the WASM engine failed/,
  );
  const [sums, one] = [heap.constant(new Float32Array(4)), heap.constant(Float32Array.of(1, 1, 1, 1))];
  const calls = 10000;
  assert.throws(
    () =>
      heap.parallel(3, ({ kernels }, lane) => {
        if (lane === 1) kernels.clear(outside, 1024);
        else if (lane === 2) for (let i = 0; i < calls; i++) kernels.addBias(sums, one, 1, 4, false);
      }),
    /a thread of the WASM engine failed/,
  );
  assert.deepEqual([...heap.floats.slice(sums >>> 2, (sums >>> 2) + 4)], new Array(4).fill(calls));
});

test('a thread that cannot start is an error in one line, and the threads before work on', async () => {
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 2 });
  const heap = wasmHeap();
  const library = { library: 'no-such-library.so', declaration: 'void f()', setters: [] };
  await assert.rejects(startThreads(heap.memory, library, 2), /^Error: a thread cannot start: .*librar.*$/);
  assert.equal(heap.width, 2);
  const values = heap.constant(Float32Array.of(5, 5));
  heap.parallel(2, ({ kernels }, lane) => kernels.clear(values + 4 * lane, 1));
  assert.deepEqual([...heap.floats.slice(values >>> 2, (values >>> 2) + 2)], [0, 0]);
});

test('the engine started anew keeps its heap, and leaves nothing in it', async () => {
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 2 });
  const heap = wasmHeap();
  await startEngine({ engine: 'wasm', gemm: 'simd', threads: 1 });
  assert.equal(wasmHeap(), heap);
  const size = heap.memory.buffer.byteLength;
  for (let i = 0; i < 200; i++) await heap.employ(simdProvider(heap.kernels)); // with a panel of 1 MB
  assert.equal(heap.memory.buffer.byteLength, size);
});

/** Standard output of a script of stand_in/ in a process of its own, which must end. */
function outputOf(script: string): string {
  const path = join(__dirname, '..', 'stand_in', script);
  const options = { cwd: repositoryRoot, encoding: 'utf8', timeout: 60000 } as const;
  return execFileSync(process.execPath, ['--import', 'tsx', path], options);
}

test('a process with threads ends by itself', () => {
  assert.match(outputOf('three_threads.ts'), /on 3 threads/);
});

test('a WASM backend that was started before ours was loaded has no shared memory: an error that says so', () => {
  assert.match(
    outputOf('backend_before.ts'),
    /^engine wasm cannot start: TensorFlow.js had started its WASM/,
  );
});
