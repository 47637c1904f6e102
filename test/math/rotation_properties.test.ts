import { test } from 'node:test';
import fc from 'fast-check';
import { anglesZYZ, identity, inverse, multiply, rotationZYZ } from '../../src/math/rotation';
import { assertClose } from '../close';
import { holds, rotations } from '../properties';

test('products associate, and the identity changes nothing', () => {
  holds(
    fc.property(rotations, rotations, rotations, (a, b, c) => {
      assertClose(multiply(multiply(a, b), c), multiply(a, multiply(b, c)), 1e-14);
      assertClose(multiply(a, identity), a, 0);
      assertClose(multiply(identity, a), a, 0);
    }),
  );
});

test('the inverse undoes a rotation from both sides, and products in reverse', () => {
  holds(
    fc.property(rotations, rotations, (a, b) => {
      assertClose(multiply(a, inverse(a)), identity, 1e-14);
      assertClose(multiply(inverse(a), a), identity, 1e-14);
      assertClose(inverse(multiply(a, b)), multiply(inverse(b), inverse(a)), 1e-14);
    }),
  );
});

test('angles give the rotation back, at the poles, beside them and after products', () => {
  holds(
    fc.property(rotations, rotations, (a, b) => {
      for (const r of [a, multiply(a, b), multiply(multiply(b, inverse(b)), a)])
        assertClose(rotationZYZ(...anglesZYZ(r)), r, 1e-14);
    }),
    1000,
  );
});

test('lengths and angles between points stay', () => {
  const point = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -1, max: 1, noNaN: true })));
  const image = (r: Float64Array, [x, y, z]: number[]) =>
    [0, 3, 6].map((row) => r[row] * x + r[row + 1] * y + r[row + 2] * z);
  const dot = (p: number[], q: number[]) => p.reduce((sum, value, i) => sum + value * q[i], 0);
  holds(
    fc.property(rotations, point, point, (r, p, q) => {
      assertClose([dot(image(r, p), image(r, q)), 1], [dot(p, q), 1], 1e-14);
    }),
  );
});
