import { test } from 'node:test';
import fc from 'fast-check';
import { azimuths, betas, quadratureWeights } from '../../src/math/grid';
import { s2MeanSquare, so3MeanSquare } from '../../src/math/norm';
import { inverse, multiply, type Rotation } from '../../src/math/rotation';
import { rotateS2, rotateS2Spectrum, rotateSO3Spectrum } from '../../src/math/spectral_rotation';
import {
  s2Analysis,
  s2SpectrumSize,
  s2Synthesis,
  so3Analysis,
  so3SpectrumSize,
  so3Synthesis,
} from '../../src/math/transform';
import { wignerByDegree } from '../../src/math/wigner';
import { assertClose } from '../close';
import { holds, normals, rotations } from '../properties';

const sphereBandwidth = fc.integer({ min: 1, max: 12 });
/** A transform on the group costs b^4. */
const groupBandwidth = fc.integer({ min: 1, max: 5 });

test('a spectrum on the sphere comes back from any grid that is fine enough, whatever its bandwidth', () => {
  holds(
    fc.property(sphereBandwidth, fc.nat(3), normals, (degrees, finer, normal) => {
      const spectrum = normal(s2SpectrumSize(degrees));
      const b = degrees + finer;
      assertClose(s2Analysis(s2Synthesis(spectrum, b), b, degrees), spectrum, 1e-12);
    }),
    100,
  );
});

test('and on the group', () => {
  holds(
    fc.property(groupBandwidth, fc.nat(1), normals, (degrees, finer, normal) => {
      const spectrum = normal(so3SpectrumSize(degrees));
      const b = degrees + finer;
      assertClose(so3Analysis(so3Synthesis(spectrum, degrees, b), b, degrees), spectrum, 1e-12);
    }),
    30,
  );
});

test('synthesis and analysis are linear', () => {
  const factor = fc.double({ min: -5, max: 5, noNaN: true });
  holds(
    fc.property(sphereBandwidth, factor, normals, (b, c, normal) => {
      const [x, y] = [normal(4 * b * b), normal(4 * b * b)];
      const sum = x.map((value, i) => c * value + y[i]);
      const [ofX, ofY] = [s2Analysis(x, b), s2Analysis(y, b)];
      const combined = ofX.map((value, i) => c * value + ofY[i]);
      assertClose([...s2Analysis(sum, b), 1], [...combined, 1], 1e-12);
      const grids = [s2Synthesis(ofX, b), s2Synthesis(ofY, b)];
      const added = grids[0].map((value, i) => c * value + grids[1][i]);
      assertClose([...s2Synthesis(combined, b), 1], [...added, 1], 1e-11);
    }),
    60,
  );
});

test('Parseval, on grids and for rotated spectra', () => {
  holds(
    fc.property(sphereBandwidth, rotations, normals, (b, r, normal) => {
      const spectrum = normal(s2SpectrumSize(b));
      const weights = quadratureWeights(b).map((w) => 2 * b * w);
      const onGrid = s2Synthesis(spectrum, b).reduce(
        (sum, value, i) => sum + weights[Math.floor(i / (2 * b))] * value ** 2,
        0,
      );
      assertClose([onGrid], [s2MeanSquare(spectrum)], 1e-12);
      assertClose([s2MeanSquare(rotateS2Spectrum(spectrum, r))], [s2MeanSquare(spectrum)], 1e-12);
    }),
    60,
  );
  holds(
    fc.property(groupBandwidth, rotations, normals, (b, r, normal) => {
      const spectrum = normal(so3SpectrumSize(b));
      assertClose([so3MeanSquare(rotateSO3Spectrum(spectrum, b, r))], [so3MeanSquare(spectrum)], 1e-12);
    }),
    60,
  );
});

test('a rotated spectrum is the signal at points rotated back', () => {
  holds(
    fc.property(fc.integer({ min: 1, max: 6 }), rotations, normals, (b, r, normal) => {
      const spectrum = normal(s2SpectrumSize(b));
      const expected: number[] = [];
      for (const beta of betas(b))
        for (const alpha of azimuths(b)) expected.push(valueAt(spectrum, image(inverse(r), beta, alpha)));
      assertClose(rotateS2(s2Synthesis(spectrum, b), b, r), expected, 1e-12);
    }),
    60,
  );
});

test('rotations of spectra compose as rotations do, on the sphere and on the group', () => {
  holds(
    fc.property(groupBandwidth, rotations, rotations, normals, (b, p, q, normal) => {
      const sphere = normal(s2SpectrumSize(b));
      const twice = rotateS2Spectrum(rotateS2Spectrum(sphere, q), p);
      assertClose(twice, rotateS2Spectrum(sphere, multiply(p, q)), 1e-12);
      const group = normal(so3SpectrumSize(b));
      const turned = rotateSO3Spectrum(rotateSO3Spectrum(group, b, q), b, p);
      assertClose(turned, rotateSO3Spectrum(group, b, multiply(p, q)), 1e-12);
    }),
    60,
  );
});

/** The point R x, x = (beta, alpha). */
function image(r: Rotation, beta: number, alpha: number): [beta: number, alpha: number] {
  const x = [Math.sin(beta) * Math.cos(alpha), Math.sin(beta) * Math.sin(alpha), Math.cos(beta)];
  const [u, v, w] = [0, 3, 6].map((row) => r[row] * x[0] + r[row + 1] * x[1] + r[row + 2] * x[2]);
  return [Math.atan2(Math.hypot(u, v), w), Math.atan2(v, u)];
}

/** The sum of the harmonics at one point; see transform.ts. */
function valueAt(spectrum: Float64Array, [beta, alpha]: [number, number]): number {
  const degrees = Math.sqrt(spectrum.length);
  let value = 0;
  for (let m = 0; m < degrees; m++)
    wignerByDegree(m, 0, degrees, [beta]).forEach(([d], step) => {
      const l = m + step;
      const [cosine, sine] = [spectrum[l * (l + 1) + m], m > 0 ? spectrum[l * (l + 1) - m] : 0];
      const wave = cosine * Math.cos(m * alpha) + sine * Math.sin(m * alpha);
      value += (m === 0 ? 1 : Math.SQRT2) * (2 * l + 1) * d * wave;
    });
  return value;
}
