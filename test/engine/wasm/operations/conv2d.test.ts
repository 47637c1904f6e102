import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { compareWithCpu, normal } from '../../compare';

interface Case {
  image: [number, number, number, number];
  filter: [number, number, number, number];
  strides: [number, number];
  pad: 'valid' | 'same' | number;
}

const cases: Case[] = [
  { image: [2, 7, 9, 3], filter: [3, 3, 3, 5], strides: [1, 1], pad: 'valid' },
  { image: [3, 8, 7, 5], filter: [2, 3, 5, 4], strides: [2, 2], pad: 'valid' },
  { image: [2, 9, 9, 1], filter: [5, 5, 1, 3], strides: [1, 1], pad: 'same' },
  { image: [1, 6, 6, 4], filter: [3, 3, 4, 2], strides: [2, 1], pad: 'same' },
  { image: [5, 5, 5, 3], filter: [1, 1, 3, 7], strides: [1, 1], pad: 'valid' },
  { image: [2, 6, 5, 3], filter: [1, 1, 3, 2], strides: [2, 2], pad: 'valid' },
  { image: [3, 4, 5, 6], filter: [4, 5, 6, 7], strides: [1, 1], pad: 'valid' },
  { image: [2, 12, 11, 13], filter: [5, 3, 13, 6], strides: [1, 1], pad: 'valid' },
  { image: [2, 13, 12, 11], filter: [3, 3, 11, 9], strides: [2, 2], pad: 'valid' },
  { image: [2, 14, 9, 16], filter: [4, 2, 16, 3], strides: [3, 2], pad: 'valid' },
  { image: [2, 9, 9, 17], filter: [3, 2, 17, 5], strides: [2, 3], pad: 'same' },
  { image: [1, 8, 8, 12], filter: [3, 3, 12, 4], strides: [1, 1], pad: 2 },
  { image: [5, 5, 5, 13], filter: [3, 3, 13, 7], strides: [1, 1], pad: 'valid' }, // few pixels an image
  { image: [9, 5, 5, 13], filter: [3, 3, 13, 7], strides: [1, 1], pad: 'valid' },
  { image: [2, 70, 64, 9], filter: [5, 5, 9, 3], strides: [1, 1], pad: 'valid' }, // in strips
  { image: [3, 71, 64, 9], filter: [4, 5, 9, 3], strides: [2, 1], pad: 'same' },
  { image: [2, 3, 3, 20], filter: [2, 2, 20, 1], strides: [5, 5], pad: 'valid' },
];

for (const { image, filter, strides, pad } of cases) {
  const name = `[${image}] with [${filter}], strides ${strides}, padding ${pad}`;
  test(`conv2d and both gradients: ${name}`, async () => {
    await compareWithCpu(name, () => {
      const x = normal(image, 'x') as tf.Tensor4D;
      const f = normal(filter, 'f') as tf.Tensor4D;
      const convolve = (a: tf.Tensor4D, b: tf.Tensor4D) => tf.conv2d(a, b, strides, pad);
      const y = convolve(x, f);
      return [y, ...tf.grads(convolve as never)([x, f], normal(y.shape, 'dy'))];
    });
  });
}

test('fused convolution: bias and activation, one covered and one not', async () => {
  await compareWithCpu('fused', () => {
    const x = normal([2, 8, 8, 13], 'x') as tf.Tensor4D;
    const filter = normal([3, 3, 13, 6], 'f') as tf.Tensor4D;
    const bias = normal([6], 'b');
    const shared = { x, filter, strides: 1, pad: 'valid' } as const;
    return [
      tf.fused.conv2d({ ...shared, bias, activation: 'relu' }),
      tf.fused.conv2d({ ...shared, bias, activation: 'linear' }),
      tf.fused.conv2d({ ...shared, activation: 'relu' }),
      tf.fused.conv2d({ ...shared, bias, activation: 'elu' }),
    ];
  });
});

test('a dilated convolution goes to the kernel that ours replaces', async () => {
  await compareWithCpu('dilated', () => [
    tf.conv2d(
      normal([1, 9, 9, 3]) as tf.Tensor4D,
      normal([3, 3, 3, 2]) as tf.Tensor4D,
      1,
      'valid',
      'NHWC',
      2,
    ),
  ]);
});

test('an image larger than the patch buffer, and more images than fit in it', async () => {
  await compareWithCpu(
    'chunks',
    () => {
      const x = normal([7, 60, 60, 6], 'x') as tf.Tensor4D;
      const f = normal([5, 5, 6, 2], 'f') as tf.Tensor4D;
      const y = tf.conv2d(x, f, 1, 'valid');
      return [
        y,
        ...tf.grads(((a: tf.Tensor4D, b: tf.Tensor4D) => tf.conv2d(a, b, 1, 'valid')) as never)([x, f], y),
      ];
    },
    1e-5,
  );
});
