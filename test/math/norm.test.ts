import { test } from 'node:test';
import { quadratureWeights } from '../../src/math/grid';
import { s2MeanSquare, so3MeanSquare } from '../../src/math/norm';
import { s2Synthesis, so3SpectrumSize, so3Synthesis } from '../../src/math/transform';
import { Random } from '../../src/util/random';
import { assertClose } from '../close';

const random = Random.of(1, 'norm test');
const normal = (n: number) => Float64Array.from({ length: n }, () => random.normal());

test('Parseval: the mean square over the sphere is the sum over the grid with quadrature weights', () => {
  for (const b of [1, 4, 8]) {
    const spectrum = normal(b * b);
    const weights = quadratureWeights(b).map((w) => 2 * b * w);
    const sum = s2Synthesis(spectrum, b).reduce(
      (total, value, i) => total + weights[Math.floor(i / (2 * b))] * value ** 2,
      0,
    );
    assertClose([s2MeanSquare(spectrum)], [sum], 1e-12);
  }
});

test('Parseval: the mean square over the group is the sum over the grid with quadrature weights', () => {
  for (const b of [1, 3, 4]) {
    const spectrum = normal(so3SpectrumSize(b));
    const weights = quadratureWeights(b);
    const sum = so3Synthesis(spectrum, b, b).reduce(
      (total, value, i) => total + weights[Math.floor(i / (2 * b) ** 2)] * value ** 2,
      0,
    );
    assertClose([so3MeanSquare(spectrum)], [sum], 1e-12);
  }
});
