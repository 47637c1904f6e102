import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromFloat16, toFloat16 } from '../../src/util/float16';
import { Random } from '../../src/util/random';

test('half precision: known bits', () => {
  const known: [number, number][] = [
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [1 / 3, 0x3555],
    [1e6, 0x7c00],
    [Number.NEGATIVE_INFINITY, 0xfc00],
    [Number.NaN, 0x7e00],
  ];
  for (const [value, half] of known) assert.equal(toFloat16(Float32Array.of(value))[0], half, `${value}`);
});

test('half precision: all numbers come back, ties go to even, others to the nearest', () => {
  const all = Uint16Array.from({ length: 0x7c00 }, (_, i) => i);
  assert.deepEqual(toFloat16(fromFloat16(all)), all);
  const values = fromFloat16(all);
  const between = values.subarray(1).map((value, i) => (value + values[i]) / 2);
  toFloat16(between).forEach((half, i) => {
    assert.equal(half, i % 2 === 0 ? i : i + 1, `${between[i]}`);
  });
  const random = Random.of(1, 'float16');
  const normal = Float32Array.from({ length: 1000 }, () => random.normal());
  fromFloat16(toFloat16(normal)).forEach((value, i) => {
    assert.ok(Math.abs(value - normal[i]) <= Math.abs(normal[i]) * 2 ** -11 + 2 ** -25);
  });
});
