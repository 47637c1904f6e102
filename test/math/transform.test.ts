import { test } from 'node:test';
import { betas, quadratureWeights } from '../../src/math/grid';
import { anglesZYZ, inverse, multiply, randomRotation, rotationZYZ } from '../../src/math/rotation';
import { rotateS2, rotateSO3 } from '../../src/math/spectral_rotation';
import {
  s2Analysis,
  s2Synthesis,
  so3Analysis,
  so3SpectrumSize,
  so3Synthesis,
} from '../../src/math/transform';
import { Random } from '../../src/util/random';
import { assertClose } from '../close';
import { golden } from '../golden';
import { directSO3Analysis, directSO3Synthesis } from '../reference/so3_transform';

const random = Random.of(1, 'transform test');
const normal = (n: number) => Float64Array.from({ length: n }, () => random.normal());

test('quadrature weights agree with the golden values and sum to 1/(2b)^2', () => {
  const file = golden('quadrature');
  for (const b of [2, 4, 6, 8, 16, 50]) {
    const weights = quadratureWeights(b);
    assertClose(weights, file.array(`w_b${b}`), 2e-6);
    assertClose([weights.reduce((sum, w) => sum + w, 0)], [1 / (2 * b) ** 2], 1e-12);
  }
});

test('spectrum to grid and back, sphere and group', () => {
  for (const b of [4, 5]) {
    const sphere = normal(b * b);
    assertClose(s2Analysis(s2Synthesis(sphere, b), b), sphere, 1e-12);
  }
  const group = normal(so3SpectrumSize(3));
  assertClose(so3Analysis(so3Synthesis(group, 3, 3), 3), group, 1e-12);
});

test('the group transforms agree with direct sums', () => {
  const spectrum = normal(so3SpectrumSize(4));
  const x = directSO3Synthesis(spectrum, 4, 4);
  assertClose(so3Synthesis(spectrum, 4, 4), x, 1e-12);
  assertClose(so3Analysis(x, 4, 3), directSO3Analysis(x, 4, 3), 1e-12);
});

test('a spectral rotation takes values to the rotated points', () => {
  // f(x) = z: the rotated signal is the z-component of R^-1 x, on every grid point.
  const b = 4;
  const rotation = randomRotation(random);
  const f = (z: number) => z;
  const x = Float64Array.from({ length: 4 * b * b }, (_, i) =>
    f(Math.cos(betas(b)[Math.floor(i / (2 * b))])),
  );
  const expected = Float64Array.from({ length: 4 * b * b }, (_, i) => {
    const beta = betas(b)[Math.floor(i / (2 * b))];
    const alpha = (Math.PI * (i % (2 * b))) / b;
    const p = [Math.sin(beta) * Math.cos(alpha), Math.sin(beta) * Math.sin(alpha), Math.cos(beta)];
    return f(rotation[2] * p[0] + rotation[5] * p[1] + rotation[8] * p[2]);
  });
  assertClose(rotateS2(x, b, rotation), expected, 1e-12);
});

test('rotating by a grid step about the pole shifts the azimuth', () => {
  const b = 4;
  const x = s2Synthesis(normal(b * b), b);
  const shifted = Float64Array.from(x, (_, i) => x[i - (i % 8) + ((i + 7) % 8)]);
  assertClose(rotateS2(x, b, rotationZYZ(Math.PI / b, 0, 0)), shifted, 1e-12);
});

test('rotations compose on the group', () => {
  const b = 3;
  const x = so3Synthesis(normal(so3SpectrumSize(b)), b, b);
  const there = randomRotation(random);
  const [alpha, beta, gamma] = anglesZYZ(there);
  assertClose(rotateSO3(rotateSO3(x, b, there), b, rotationZYZ(-gamma, -beta, -alpha)), x, 1e-11);
});

test('a tilt that is almost none changes a rotated signal by about as little', () => {
  const b = 12;
  const random = Random.of(7, 'tilts');
  const x = s2Synthesis(
    Float64Array.from({ length: b * b }, () => random.normal()),
    b,
  );
  for (const tilt of [1e-8, 1e-10, 2e-12, 1e-14])
    for (const pole of [0, Math.PI])
      for (let k = 0; k < 10; k++) {
        const a = randomRotation(random);
        const near = rotationZYZ(0.3 * k, Math.abs(pole - tilt), 0.7 - 0.2 * k);
        const product = multiply(a, multiply(inverse(a), near));
        const turn = rotationZYZ(0.3 * k, pole, 0.7 - 0.2 * k);
        assertClose(
          rotateS2(x, b, product),
          rotateS2(x, b, turn),
          3 * b * tilt + 1e-12,
          `tilt ${tilt} from ${pole}`,
        );
      }
});
