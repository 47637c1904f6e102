import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../src/engine/start';
import { wasmHeap } from '../../src/engine/wasm/memory/heap';
import { buildModel } from '../../src/models/presets';
import { train } from '../../src/training/loop';
import { syntheticSpheres } from './spheres';

const megabyte = 2 ** 20;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

for (const [model, bandwidth] of [
  ['s2cnn-quick', 6],
  ['cnn-quick-small', 7],
] as const)
  test(`${model}: 200 steps leave tensors, the engine's heap and resident memory as they are`, async () => {
    await startEngine({ engine: 'wasm' });
    const data = {
      train: syntheticSpheres(400, bandwidth, 1),
      validation: syntheticSpheres(8, bandwidth, 2),
    };
    const network = buildModel(model, { task: 'segmentation', bandwidth, seed: 1 });
    const seen: { tensors: number; bytes: number; heap: number; resident: number }[] = [];
    const onProgress = () => {
      if (seen.length % 50 === 49) collectGarbage();
      const { numTensors, numBytes } = tf.memory();
      const heap = wasmHeap().memory.buffer.byteLength;
      seen.push({ tensors: numTensors, bytes: numBytes, heap, resident: process.memoryUsage.rss() });
    };
    await train(network, data, { task: 'segmentation', epochs: 5, seed: 1, batchSize: 8, onProgress });
    const [middle, last] = [seen[125], seen[seen.length - 1]];
    assert.equal(seen.length, 250);
    assert.deepEqual(
      [last.tensors, last.bytes, last.heap],
      [middle.tensors, middle.bytes, middle.heap],
      'tensors, their bytes, the heap',
    );
    // V8 keeps some room and compiles code; a leak of one map a step would come to more.
    const grown = (last.resident - seen[49].resident) / megabyte;
    assert.ok(grown < 30, `resident memory grew by ${grown.toFixed(1)} MB over the last 200 steps`);
  });
