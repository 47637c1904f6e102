import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../../src/engine/start';
import { Random } from '../../../src/util/random';
import { assertClose } from '../../close';
import { normal } from '../compare';
import { outputs, startsWebgpu, useShadersOnly } from './here';

type Draw = (least: number, most: number) => number;

/** Compares WebGPU with the cpu backend on `rounds` random draws of sizes. */
async function compare(
  t: TestContext,
  rounds: number,
  make: (draw: Draw) => { what: string; compute: () => tf.Tensor[] },
): Promise<void> {
  if (!(await startsWebgpu(t))) return;
  useShadersOnly();
  for (let round = 0; round < rounds; round++) {
    const random = Random.of(1, t.name, round);
    const { what, compute } = make((least, most) => least + random.integer(most - least + 1));
    await startEngine({ engine: 'cpu' });
    const expected = await outputs(compute);
    await startEngine({ engine: 'webgpu' });
    const actual = await outputs(compute);
    expected.forEach(({ shape, values }, i) => {
      assert.deepEqual(actual[i].shape, shape, `${what}, output ${i}`);
      assertClose(actual[i].values, values, 1e-5, `${what}, output ${i}`);
    });
  }
}

/** Values of f at normal tensors of these shapes, and the gradients by all of them. */
function withGradients(f: (...x: tf.Tensor[]) => tf.Tensor, shapes: number[][]): tf.Tensor[] {
  const x = shapes.map((shape, i) => normal(shape, `x${i}`));
  const y = f(...x);
  return [y, ...tf.grads(f as never)(x, normal(y.shape, 'dy'))];
}

test('conv2d with both gradients', (t) =>
  compare(t, 12, (draw) => {
    const [height, width, kernel] = [draw(3, 9), draw(3, 9), draw(1, 3)];
    const [inputs, filters, strides] = [draw(1, 6), draw(1, 6), draw(1, 3)];
    const pad = draw(0, 1) ? 'valid' : 'same';
    const image = [draw(1, 3), height, width, inputs];
    const filter = [kernel, draw(1, 3), inputs, filters];
    return {
      what: `[${image}] with [${filter}], strides ${strides}, ${pad}`,
      compute: () =>
        withGradients((x, f) => tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, strides, pad), [image, filter]),
    };
  }));

test('conv2dTranspose with both gradients', (t) =>
  compare(t, 6, (draw) => {
    const [size, kernel, strides] = [draw(2, 5), draw(1, 4), draw(1, 3)];
    const [inputs, filters, batch] = [draw(1, 6), draw(1, 6), draw(1, 3)];
    const out = (size - 1) * strides + kernel;
    return {
      what: `${size} to ${out}, kernel ${kernel}, strides ${strides}, ${inputs} to ${filters} channels`,
      compute: () =>
        withGradients(
          (x, f) =>
            tf.conv2dTranspose(
              x as tf.Tensor4D,
              f as tf.Tensor4D,
              [batch, out, out, filters],
              strides,
              'valid',
            ),
          [
            [batch, size, size, inputs],
            [kernel, kernel, filters, inputs],
          ],
        ),
    };
  }));

test('fused convolution with bias', (t) =>
  compare(t, 4, (draw) => {
    const [inputs, filters, size] = [draw(1, 6), draw(1, 6), draw(4, 8)];
    return {
      what: `${size}, ${inputs} to ${filters} channels`,
      compute: () =>
        withGradients(
          (x, f, bias) =>
            tf.fused.conv2d({
              x: x as tf.Tensor4D,
              filter: f as tf.Tensor4D,
              bias,
              strides: 1,
              pad: 'valid',
            }),
          [[2, size, size, inputs], [3, 3, inputs, filters], [filters]],
        ),
    };
  }));

test('matMul: one product or a batch, each operand transposed or not; gradients', (t) =>
  compare(t, 16, (draw) => {
    const [m, k, n] = [draw(1, 40), draw(1, 40), draw(1, 40)];
    const batch = draw(0, 1) ? [draw(1, 5)] : [];
    const [transposeA, transposeB] = [draw(0, 1) === 1, draw(0, 1) === 1];
    const a = [...batch, ...(transposeA ? [k, m] : [m, k])];
    const b = [...batch, ...(transposeB ? [n, k] : [k, n])];
    return {
      what: `[${a}] [${b}], transposed: ${transposeA}, ${transposeB}`,
      compute: () => withGradients((x, y) => tf.matMul(x, y, transposeA, transposeB), [a, b]),
    };
  }));

test('matMul: one matrix times a batch, and the gradient by the batch', (t) =>
  compare(t, 6, (draw) => {
    const [m, k, n, batch] = [draw(1, 20), draw(1, 20), draw(1, 20), draw(2, 5)];
    return {
      what: `[1, ${m}, ${k}] [${batch}, ${k}, ${n}]`,
      compute: () =>
        [false, true].flatMap((transposed) => {
          const matrix = normal(transposed ? [1, k, m] : [1, m, k], 'matrix');
          return withGradients((x) => tf.matMul(matrix, x, transposed, false), [[batch, k, n]]);
        }),
    };
  }));

test('maxPool and its gradient, ties included', (t) =>
  compare(t, 6, (draw) => {
    const [size, window, stride] = [draw(4, 9), draw(1, 4), draw(1, 3)];
    const shape = [draw(1, 3), size, size, draw(1, 5)];
    const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, window, stride, 'valid');
    return {
      what: `[${shape}], window ${window}, stride ${stride}`,
      compute: () => {
        const ties = tf.round(normal(shape));
        const y = pool(ties);
        return [...withGradients(pool, [shape]), y, tf.grad(pool)(ties, normal(y.shape))];
      },
    };
  }));

test('nearest-neighbour resizing and its gradient', (t) =>
  compare(t, 8, (draw) => {
    const shape = [draw(1, 3), draw(1, 8), draw(1, 8), draw(1, 4)];
    const to: [number, number] = [draw(1, 16), draw(1, 16)];
    return {
      what: `[${shape}] to [${to}]`,
      compute: () =>
        withGradients((x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, to) as tf.Tensor, [shape]),
    };
  }));

test('unsortedSegmentSum and gather with its gradient', (t) =>
  compare(t, 6, (draw) => {
    const [rows, segments, width] = [draw(1, 9), draw(1, 6), draw(1, 5)];
    const ids = Array.from({ length: rows }, () => draw(0, segments - 1));
    const axis = draw(0, 2);
    const shape = [3, 4, 5].map((size, i) => (i === axis ? segments : size));
    return {
      what: `${rows} rows to ${segments} segments; gather along axis ${axis}`,
      compute: () => {
        const indices = tf.tensor1d(ids, 'int32');
        return [
          tf.unsortedSegmentSum(normal([rows, width]), indices, segments),
          tf.unsortedSegmentSum(normal([rows, width, 2]), indices, segments),
          ...withGradients((x) => tf.gather(x, indices, axis), [shape]),
        ];
      },
    };
  }));

test('layout: transpose, concat, split, slice, pad, reverse, with gradients', (t) =>
  compare(t, 6, (draw) => {
    const shape = [draw(2, 5), draw(2, 5), draw(2, 5), draw(2, 5)];
    const axis = draw(0, 3);
    const order = [0, 1, 2, 3].map((i) => (i + axis) % 4);
    return {
      what: `[${shape}], axis ${axis}`,
      compute: () =>
        [
          (x: tf.Tensor) => tf.transpose(x, order),
          (x: tf.Tensor) => tf.concat([x, x.neg(), x.square()], axis),
          (x: tf.Tensor) => {
            const [first, rest] = tf.split(x, [1, shape[axis] - 1], axis);
            return tf.concat([rest.mul(2), first], axis);
          },
          (x: tf.Tensor) => x.slice([1, 0, 1, 1], [-1, -1, 1, -1]),
          (x: tf.Tensor) =>
            tf.pad(
              x,
              order.map((i) => [i % 2, i % 3] as [number, number]),
            ),
          (x: tf.Tensor) => tf.reverse(x, [axis]),
        ].flatMap((f) => withGradients(f, [shape])),
    };
  }));

test('sums over any axes, largest value, its index, one-hot of integers', (t) =>
  compare(t, 4, (draw) => {
    const shape = [draw(1, 6), draw(1, 9), draw(1, 5)];
    return {
      what: `[${shape}]`,
      compute: () => {
        const x = normal(shape);
        const sums = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]].map((axes) => tf.sum(x, axes));
        const index = tf.argMax(x, -1);
        const hot = tf.oneHot(index.flatten(), shape[2]).cast('float32');
        return [...sums, tf.max(x, -1, true), index, hot];
      },
    };
  }));
